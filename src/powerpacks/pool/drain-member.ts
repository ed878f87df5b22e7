// Drains a member of a pool: it gets no new recipients, later sends nothing, and in the end is aside or gone. All of it can be undone before.
import { ApiError } from '../../base/errors.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { lockNumber } from '../../numbers/store.ts';
import { type Drain, type DrainState, findDrainState, saveDrain } from './drain-store.ts';
import { requireLockedPool } from './require-pool.ts';

/**
 * Stores that a number of a pool is drained from now on; or, where `drain` is undefined, that it sends as any other. Returns its state before.
 * @throws ApiError notFound for an unknown pool or a number that is not in it.
 */
export async function drainMember(
  db: Db,
  scope: Scope,
  poolUuid: string,
  number: string,
  drain: Drain | undefined,
): Promise<DrainState> {
  return db.transaction(async (tx) => {
    await Promise.all([requireLockedPool(tx, scope, poolUuid), lockNumber(tx, scope, number)]);
    // The lock of the number keeps it in the pool or out of it.
    const before = await findDrainState(tx, poolUuid, number);
    if (before === undefined) throw new ApiError('notFound', 'number not found in this pool');
    saveDrain(tx, poolUuid, number, drain);
    return before;
  });
}
