// Deletes a subaccount, and decides what happens to its belongings.
import { ApiError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import { deleteAccount, findPowerpacksOf, getAccount, lockToDelete } from './store.ts';

const notFound = () => new ApiError('notFound', 'subaccount not found');

/**
 * Deletes a subaccount of `mainId`. Foreign keys return its numbers and applications to the main account. Its powerpacks are
 * deleted for good, so it must own none unless `cascade` is set, and never a protected one.
 * @throws ApiError notFound, or conflict while it owns such powerpacks.
 */
export function deleteSubaccount(db: Db, mainId: string, authId: string, cascade: boolean): Promise<void> {
  return db.transaction(async (tx) => {
    if ((await getAccount(tx, authId))?.mainId !== mainId) throw notFound();
    await lockToDelete(tx, authId);
    const account = await getAccount(tx, authId);
    if (account?.mainId !== mainId) throw notFound();
    const powerpacks = await findPowerpacksOf(tx, authId);
    if (powerpacks === 'protected') {
      throw new ApiError(
        'conflict',
        'subaccount owns a protected powerpack; set its deletion_protection to false first',
      );
    }
    if (powerpacks === 'unprotected' && !cascade) {
      throw new ApiError('conflict', 'subaccount still owns powerpacks; delete them first or set cascade');
    }
    await deleteAccount(tx, authId);
  });
}
