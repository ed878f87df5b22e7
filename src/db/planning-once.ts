// The database for work whose statements run for every message or every request and find their rows by keys.
import type { Db } from './db.ts';

/** Returns `db` with every query and transaction planned once (`PlanOptions`). */
export function planningOnce(db: Db): Db {
  return {
    ...db,
    query: (sql, values) => db.query(sql, values, { plansOnce: true }),
    transaction: (work, options) => db.transaction(work, { ...options, plansOnce: true }),
  };
}
