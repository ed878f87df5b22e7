// The one implementation of `Db`, on a pool of `pg` connections, for both engines.
import pg from 'pg';
import { type ConnectionOptions, Connections } from './connections.ts';
import { type Db, type PlanOptions, RunAgain } from './db.ts';
import { hasCode } from './error-code.ts';
import { planningOnce } from './planning-once.ts';
import { PointReads } from './point-reads.ts';
import { answerTimeoutMs } from './postgres.ts';
import { attemptTransaction } from './transaction.ts';
import { DatabaseContended } from './unavailable.ts';

/** SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock. */
const retriable = ['40001', '40P01'];
const maxAttempts = 3;

/** Returns a `Db` that queries through `pool`. `close` ends the pool and the engine below it. */
export function createPooledDb(
  pool: pg.Pool,
  engine: Db['engine'],
  close: () => Promise<void>,
  {
    timeoutMs = engine === 'postgresql' ? answerTimeoutMs : undefined,
    sharing = 'sessions',
  }: Partial<ConnectionOptions> = {},
): Db {
  const connections = new Connections(pool, { timeoutMs, sharing });
  const db: Db = {
    engine,
    sharing,
    readOne: (load, key) => pointReads.one(load, key),
    query: (sql, values = [], options = {}) => queryAlone(connections, sql, values, options),
    async transaction(work, options = {}) {
      for (let number = 1; ; number++) {
        try {
          return await attemptTransaction(connections, work, options);
        } catch (error) {
          if (!(hasCode(error, ...retriable) || error instanceof RunAgain)) throw error;
          if (number === maxAttempts) throw new DatabaseContended(error);
        }
      }
    },
    close,
  };
  const pointReads = new PointReads(planningOnce(db));
  return db;
}

/** Runs one statement outside a transaction. */
async function queryAlone<Row extends object>(
  connections: Connections,
  sql: string,
  values: readonly unknown[],
  options: PlanOptions,
): Promise<Row[]> {
  // A pooler keeps the settings of a session for a transaction only.
  if (connections.sharing === 'transactions')
    return attemptTransaction(connections, (tx) => tx.query<Row>(sql, values), options);
  const client = await connections.connect(options.plansOnce);
  try {
    const rows = await connections.query<Row>(client, sql, values);
    client.release();
    return rows;
  } catch (error) {
    // An error of the server leaves the connection sound; anything else does not.
    client.release(error instanceof pg.DatabaseError ? undefined : true);
    throw error;
  }
}
