// The one implementation of `Db`, on a pool of `pg` connections, for both engines.
import pg from 'pg';
import { type ArrayElement, arrayText } from './array-text.ts';
import { ConnectionPlans, planOnceInTransaction } from './connection-plans.ts';
import {
  type Db,
  type PlanOptions,
  type Reader,
  RunAgain,
  type Transaction,
  type TransactionOptions,
} from './db.ts';
import { planningOnce } from './planning-once.ts';
import { PointReads } from './point-reads.ts';
import type { Sharing } from './pooler.ts';
import { answerTimeoutMs, settingsFor } from './postgres.ts';
import { statementName } from './statement-name.ts';
import { DatabaseContended, DatabaseUnavailable, isReadOnly, translateFailure } from './unavailable.ts';

/** SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock. */
const retriable = ['40001', '40P01'];
const maxAttempts = 3;
/** SQLSTATE of every query in a transaction after one of its statements has failed. */
const alreadyFailed = '25P02';

/** Returns the statements that begin a transaction, in one message to the server. */
function beginning({ plansOnce = false, lockWaitMs }: TransactionOptions, sharing: Sharing): string {
  return [
    'begin',
    ...(sharing === 'transactions' ? [settingsFor('transaction')] : []),
    ...(sharing === 'transactions' && plansOnce ? [planOnceInTransaction] : []),
    ...(lockWaitMs === undefined ? [] : [`set local lock_timeout = ${lockWaitMs}`]),
  ].join('; ');
}

export interface PooledDbOptions {
  /**
   * How long to wait for an answer before the server counts as gone and the connection is destroyed: the server's own limits
   * end slow work, but its answer may be lost in a broken network. Not set for the embedded database, which has no network.
   */
  readonly timeoutMs?: number | undefined;
  /** With a pooler in transaction mode, each transaction sets the settings of a session. */
  readonly sharing?: Sharing;
}

/**
 * Returns a `Db` that queries through `pool`. Each distinct SQL text becomes a named prepared statement, parsed once for each
 * connection; texts are constants of the program, so they are few. `close` ends the pool and the engine below it.
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
  const plans = new ConnectionPlans<pg.PoolClient>();

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

  /** Returns a connection that plans as asked; the settings for it travel with the first query. */
  async function connect(plansOnce = false): Promise<pg.PoolClient> {
    const client = await pool.connect().catch((error: unknown) => {
      throw new DatabaseUnavailable(error);
    });
    const settings = sharing === 'sessions' ? plans.use(client, plansOnce) : undefined;
    // Only a lost connection makes this fail, and then the first query fails too.
    if (settings !== undefined) control(client, settings).catch(() => undefined);
    return client;
  }

  /** Runs `begin`, `commit` or `rollback`; returns the server's command tag. */
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

  /**
   * Runs one attempt of a transaction without needless waits: `begin` is sent with the first query, `commit` with the last
   * statement.
   */
  async function attempt<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options: TransactionOptions,
  ): Promise<Result> {
    const client = await connect(options.plansOnce);
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
        // A sent statement has failed; later queries only got "already failed".
        (failure: unknown) => (hasCode(thrown, alreadyFailed) ? failure : thrown),
      );
      client.release(await rollBack(client, error));
      throw error;
    }
    client.release();
    for (const run of tx.committed) run();
    return result;
  }

  /** Ends the transaction with a rollback after `error`; returns whether `release()` must destroy the connection. */
  async function rollBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
    // A server that has not answered will not answer this either. The transaction ends with the connection.
    if (error instanceof DatabaseUnavailable && !(error.cause instanceof pg.DatabaseError)) return true;
    if (isReadOnly(error)) return true;
    try {
      await control(client, 'rollback');
      return false;
    } catch {
      // The connection, and the transaction with it, is gone or not to be trusted: the caller gets the first error.
      return true;
    }
  }

  const db: Db = {
    engine,
    sharing,
    readOne: (load, key) => pointReads.one(load, key),
    async query<Row extends object>(
      sql: string,
      values: readonly unknown[] = [],
      options: PlanOptions = {},
    ): Promise<Row[]> {
      if (sharing === 'transactions') return attempt((tx) => tx.query<Row>(sql, values), options);
      const client = await connect(options.plansOnce);
      try {
        const rows = await queryOn<Row>(client, sql, values);
        client.release();
        return rows;
      } catch (error) {
        // An error of the server leaves the connection sound; anything else does not.
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
  const pointReads = new PointReads(planningOnce(db));
  return db;
}

const encode = (value: unknown): unknown =>
  Array.isArray(value) ? arrayText(value as readonly ArrayElement[]) : value;

/**
 * Sends queries that are issued in the same turn with one write: each one alone costs a system call, or a message to the
 * database's thread.
 */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof pg.DatabaseError && codes.includes(error.code ?? '');
}

/**
 * Makes a transaction on `client` whose queries run one after another, in the order asked, and which refuses queries once
 * ended. `end` waits for those still under way, and fails with the first error of those that were sent without being waited
 * for.
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
      send: (sql, values) =>
        void query(sql, values).catch((error: unknown) => {
          failure ??= { error };
        }),
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
