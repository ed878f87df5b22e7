// Requests that have a transaction to themselves, with an `Idempotency-Key` or a `callback_url`: accounts take turns at them.
import { FairPlaces } from '../base/fair-places.ts';
import type { Db } from '../db/db.ts';

/** How many of them are in the database at once, in each process: each holds a connection until it ends. */
const placesAtOnce = { embedded: 1, postgresql: 4 };

const placesOf = new WeakMap<Db, FairPlaces>();

/**
 * Does the work of a request that has a transaction to itself, once its account has a place. A request that is inside a transaction
 * already has a place: the database that it is given is its own, and so are that one's places.
 */
export function inOwnTransaction<Result>(
  db: Db,
  accountId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const places = placesOf.get(db) ?? new FairPlaces(placesAtOnce[db.engine]);
  placesOf.set(db, places);
  return places.use(accountId, 1, work);
}
