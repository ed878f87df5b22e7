// Deletes a subaccount and settles what it owned.
import { ApiError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import { deleteAccount, lockAccount, ownsPowerpacks } from './store.ts';

/**
 * Deletes a subaccount of `mainId`. Its numbers and applications return to the main account (foreign keys see to it).
 * Powerpacks go with it, so it must own none unless `cascade` is set.
 * @throws ApiError notFound, or conflict while it owns powerpacks.
 */
export function deleteSubaccount(db: Db, mainId: string, authId: string, cascade: boolean): Promise<void> {
  return db.transaction(async (tx) => {
    const account = await lockAccount(tx, authId);
    if (account?.mainId !== mainId) throw new ApiError('notFound', 'subaccount not found');
    if (!cascade && (await ownsPowerpacks(tx, authId))) {
      throw new ApiError('conflict', 'subaccount still owns powerpacks; delete them first or set cascade');
    }
    await deleteAccount(tx, authId);
  });
}
