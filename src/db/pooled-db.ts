// The one implementation of `Db`, on a pool of `pg` connections, whichever engine answers them.
import pg from 'pg';
import type { Db, Reader, Transaction } from './db.ts';
import { DatabaseUnavailable, translateFailure } from './unavailable.ts';

/** SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock. */
const retriable = new Set(['40001', '40P01']);
const maxAttempts = 3;

/**
 * A `Db` that queries through `pool`. Each distinct SQL text becomes a named prepared statement, which a connection
 * parses once; texts are constants of the program, so they are few. `close` ends the pool and what is below it.
 */
export function createPooledDb(pool: pg.Pool, engine: Db['engine'], close: () => Promise<void>): Db {
  const statementNames = new Map<string, string>();

  async function queryOn<Row extends object>(
    client: pg.PoolClient,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    let name = statementNames.get(sql);
    if (name === undefined) {
      name = `s${statementNames.size + 1}`;
      statementNames.set(sql, name);
    }
    try {
      const result = await client.query<Row>({ name, text: sql, values: [...values] });
      return result.rows;
    } catch (error) {
      throw translateFailure(error);
    }
  }

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw new DatabaseUnavailable(error);
    }
  }

  /** `begin` and `commit`; answers what the server says it did. */
  async function control(client: pg.PoolClient, command: string): Promise<string> {
    try {
      return (await client.query(command)).command;
    } catch (error) {
      throw translateFailure(error);
    }
  }

  async function attempt<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await connect();
    const tx = openTransaction(client, queryOn);
    try {
      await control(client, 'begin');
      const result = await work(tx.transaction);
      await tx.end();
      // A transaction in which a statement failed answers `commit` with a rollback and no error.
      if ((await control(client, 'commit')) !== 'COMMIT')
        throw new Error('The transaction was rolled back: a failed query was ignored in it.');
      client.release();
      for (const run of tx.committed) run();
      return result;
    } catch (error) {
      await tx.end();
      client.release(await rollBack(client));
      throw error;
    }
  }

  return {
    engine,
    async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      const client = await connect();
      try {
        const rows = await queryOn<Row>(client, sql, values);
        client.release();
        return rows;
      } catch (error) {
        // What the server refused leaves the connection sound; anything else does not.
        client.release(error instanceof pg.DatabaseError ? undefined : true);
        throw error;
      }
    },
    async transaction(work) {
      for (let number = 1; ; number++) {
        try {
          return await attempt(work);
        } catch (error) {
          const again = error instanceof pg.DatabaseError && retriable.has(error.code ?? '');
          if (!again || number === maxAttempts) throw error;
        }
      }
    },
    close,
  };
}

/** Rolls back on `client`; the answer is for `release()`: true when the connection must be thrown away. */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return false;
  } catch {
    // The connection is gone or not to be trusted, and the transaction with it: the caller is told the first error.
    return true;
  }
}

/**
 * A transaction on `client` whose queries run one after another, in the order asked (`pg` wants it so), and which
 * refuses queries once ended. `end` waits for those still under way.
 */
function openTransaction(
  client: pg.PoolClient,
  queryOn: <Row extends object>(
    client: pg.PoolClient,
    sql: string,
    values: readonly unknown[],
  ) => Promise<Row[]>,
): { transaction: Transaction; committed: readonly (() => void)[]; end: () => Promise<void> } {
  let ended = false;
  const committed: (() => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const query: Reader['query'] = (sql, values = []) => {
    if (ended) return Promise.reject(new Error('The transaction has ended: it cannot be queried any more.'));
    const rows = last.then(() => queryOn<never>(client, sql, values));
    last = rows.catch(() => undefined);
    return rows;
  };
  return {
    transaction: { inTransaction: true, query, afterCommit: (run) => void committed.push(run) },
    committed,
    async end() {
      ended = true;
      await last;
    },
  };
}
