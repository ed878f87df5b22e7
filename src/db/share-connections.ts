// Limits the database connections that a part of the server uses, so that some are left for the others.
import { FairSemaphore } from '../base/fair-semaphore.ts';
import type { Db } from './db.ts';

/**
 * Returns `db` limited to `most` connections at once; further work waits in the order of asking. So background work leaves
 * connections to requests. The embedded database has one connection: with `most` 1 a request waits for one transaction of the
 * background work, not for all.
 */
export function shareConnections(db: Db, most: number): Db {
  const semaphore = new FairSemaphore(most);
  return {
    ...db,
    query: (sql, values, options) => semaphore.run('', 1, () => db.query(sql, values, options)),
    readOne: (load, key) => semaphore.run('', 1, () => db.readOne(load, key)),
    transaction: (work, options) => semaphore.run('', 1, () => db.transaction(work, options)),
  };
}
