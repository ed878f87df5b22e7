// The one implementation of `Db`, on a pool of `pg` connections, whichever engine answers them.
import pg from 'pg';
import { type ArrayElement, arrayText } from './array-text.ts';
import { type Db, type Reader, RunAgain, type Transaction, type TransactionOptions } from './db.ts';
import type { Sharing } from './pooler.ts';
import { answerTimeoutMs, settingsFor } from './postgres.ts';
import { statementName } from './statement-name.ts';
import { DatabaseContended, DatabaseUnavailable, isReadOnly, translateFailure } from './unavailable.ts';

/** SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock. */
const retriable = ['40001', '40P01'];
const maxAttempts = 3;
/** SQLSTATE of whatever is asked in a transaction after a statement of it has failed. */
const alreadyFailed = '25P02';

/**
 * A plan that is made once knows nothing of the values and was perhaps made while a table was empty, when reading all of it looked
 * cheapest: so indexes are the only way.
 */
const planOnce = `
  set local plan_cache_mode = force_generic_plan;
  set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off`;

/** How a transaction begins, in one message to the server. */
function beginning({ plansOnce = false, lockWaitMs }: TransactionOptions, sharing: Sharing): string {
  return [
    'begin',
    ...(sharing === 'transactions' ? [settingsFor('transaction')] : []),
    ...(plansOnce ? [planOnce] : []),
    ...(lockWaitMs === undefined ? [] : [`set local lock_timeout = ${lockWaitMs}`]),
  ].join('; ');
}

export interface PooledDbOptions {
  /**
   * A server that has not answered after so long is taken for gone, and the connection to it thrown away: its own limits end what is
   * slow, and cannot be heard over a broken network. The embedded database has no network; where it is slow, that is all there is.
   */
  readonly timeoutMs?: number | undefined;
  /** Where a pooler hands connections on after each transaction, each transaction is given the settings of a session. */
  readonly sharing?: Sharing;
}

/**
 * A `Db` that queries through `pool`. Each distinct SQL text becomes a named prepared statement, which a connection
 * parses once; texts are constants of the program, so they are few. `close` ends the pool and what is below it.
 */
export function createPooledDb(
  pool: pg.Pool,
  engine: Db['engine'],
  close: () => Promise<void>,
  {
    timeoutMs = engine === 'postgresql' ? answerTimeoutMs : undefined,
    sharing = 'sessions',
  }: PooledDbOptions = {},
): Db {
  const statementNames = new Map<string, string>();

  async function queryOn<Row extends object>(
    client: pg.PoolClient,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    let name = statementNames.get(sql);
    if (name === undefined) {
      name = statementName(sql);
      statementNames.set(sql, name);
    }
    sendTogether(client);
    try {
      const question = { name, text: sql, values: values.map(encode), query_timeout: timeoutMs };
      const result = await client.query<Row>(question);
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

  /** `begin`, `commit` and `rollback`; answers what the server says it did. */
  async function control(client: pg.PoolClient, command: string): Promise<string> {
    sendTogether(client);
    try {
      const question = { text: command, query_timeout: timeoutMs };
      const answer: pg.QueryResult | pg.QueryResult[] = await client.query(question);
      return [answer].flat().at(-1)?.command ?? '';
    } catch (error) {
      throw translateFailure(error);
    }
  }

  /** Nothing is waited for that need not be: `begin` travels with the first query, `commit` with what was sent last. */
  async function attempt<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options: TransactionOptions,
  ): Promise<Result> {
    const client = await connect();
    const tx = openTransaction(client, queryOn);
    let result: Result;
    try {
      const begun = control(client, beginning(options, sharing));
      begun.catch(() => undefined);
      result = await work(tx.transaction);
      await begun;
      const committed = control(client, 'commit');
      committed.catch(() => undefined);
      await tx.end();
      // A transaction in which a statement failed answers `commit` with a rollback and no error.
      if ((await committed) !== 'COMMIT')
        throw new Error('The transaction was rolled back: a failed query was ignored in it.');
    } catch (thrown) {
      const error = await tx.end().then(
        () => thrown,
        // What was sent has failed, and what was asked after it was only told so.
        (failure: unknown) => (hasCode(thrown, alreadyFailed) ? failure : thrown),
      );
      client.release(await rollBack(client, error));
      throw error;
    }
    client.release();
    for (const run of tx.committed) run();
    return result;
  }

  /** Rolls back after `error`; the answer is for `release()`: true when the connection must be thrown away. */
  async function rollBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
    // Who has not answered will not answer this. The transaction ends with the connection.
    if (error instanceof DatabaseUnavailable && !(error.cause instanceof pg.DatabaseError)) return true;
    if (isReadOnly(error)) return true;
    try {
      await control(client, 'rollback');
      return false;
    } catch {
      // The connection is gone or not to be trusted, and the transaction with it: the caller is told the first error.
      return true;
    }
  }

  return {
    engine,
    sharing,
    async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      if (sharing === 'transactions') return attempt((tx) => tx.query<Row>(sql, values), {});
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
    async transaction(work, options = {}) {
      for (let number = 1; ; number++) {
        try {
          return await attempt(work, options);
        } catch (error) {
          if (!(hasCode(error, ...retriable) || error instanceof RunAgain)) throw error;
          if (number === maxAttempts) throw new DatabaseContended(error);
        }
      }
    },
    close,
  };
}

const encode = (value: unknown): unknown =>
  Array.isArray(value) ? arrayText(value as readonly ArrayElement[]) : value;

/** Lets queries that are asked in the same turn leave in one write: each one alone is a call of the system, or of the database's thread. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof pg.DatabaseError && codes.includes(error.code ?? '');
}

/**
 * A transaction on `client` whose queries run one after another, in the order asked, and which refuses queries once ended. `end`
 * waits for those still under way, and fails with the first of those that were sent without being waited for.
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
  const underWay = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  const query: Reader['query'] = (sql, values = []) => {
    if (ended) return Promise.reject(new Error('The transaction has ended: it cannot be queried any more.'));
    const rows = queryOn<never>(client, sql, values);
    const settled: Promise<unknown> = rows.catch(() => undefined);
    underWay.add(settled);
    void settled.then(() => underWay.delete(settled));
    return rows;
  };
  return {
    transaction: {
      inTransaction: true,
      query,
      send(sql, values) {
        query(sql, values).catch((error: unknown) => {
          failure ??= { error };
        });
      },
      afterCommit: (run) => void committed.push(run),
    },
    committed,
    async end() {
      ended = true;
      await Promise.all(underWay);
      if (failure !== undefined) throw failure.error;
    },
  };
}
