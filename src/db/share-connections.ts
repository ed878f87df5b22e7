// A part of a database's connections, so that some are left for others.
import { FairPlaces } from '../base/fair-places.ts';
import type { Db } from './db.ts';

/**
 * Returns `db` for work that may have `most` of its connections at once; what is more waits here, in the order in which it came. So the
 * work that nobody waits for leaves connections to the requests that somebody waits for. The embedded database has one: with `most` 1 a
 * request waits for one transaction, and not for all that the work has in mind.
 */
export function shareConnections(db: Db, most: number): Db {
  const places = new FairPlaces(most);
  return {
    ...db,
    query: (sql, values) => places.use('', 1, () => db.query(sql, values)),
    transaction: (work, options) => places.use('', 1, () => db.transaction(work, options)),
  };
}
