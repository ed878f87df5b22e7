// Requests that have a transaction of their own, with an `Idempotency-Key` or a `callback_url`: accounts take turns.
import { FairSemaphore } from '../base/fair-semaphore.ts';
import type { Db } from '../db/db.ts';

/** How many of them run at once in each process: each holds a database connection until it ends. */
const slots = { embedded: 1, postgresql: 4 };

const semaphores = new WeakMap<Db, FairSemaphore>();

/**
 * Runs a request that has a transaction of its own, once its account has a slot. A request that already is in a transaction
 * gets a semaphore of its own with that transaction's `db`, so it never waits for itself.
 */
export function inOwnTransaction<Result>(
  db: Db,
  accountId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const semaphore = semaphores.get(db) ?? new FairSemaphore(slots[db.engine]);
  semaphores.set(db, semaphore);
  return semaphore.run(accountId, 1, work);
}
