// The interface of the database: read with a `Reader`, write in a transaction.

import type { Sharing } from './pooler.ts';

/**
 * Runs one SQL statement, which is a constant of the program: each distinct text is prepared once. Placeholders are `$1`, `$2`,
 * …; rows are plain objects keyed by column, int8 as number, timestamptz as Date, jsonb as its value, bytea as Buffer. A
 * JavaScript array is an SQL array; for jsonb write JSON text first.
 */
export interface Reader {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A transaction in progress, valid until the function that received it ends. */
export interface Transaction extends Reader {
  readonly inTransaction: true;
  /**
   * Sends a statement without waiting for its result: the commit follows at once, so that what it locks is locked for the time of the
   * commit alone. If it fails, so does the transaction, with its error.
   */
  send(sql: string, values?: readonly unknown[]): void;
  /** Calls `run` once this transaction is committed, and never if it is not. It must not throw. */
  afterCommit(run: () => void): void;
}

export interface PlanOptions {
  /**
   * True where the same statements run often and find their rows by keys: each connection plans them once (`ConnectionPlans`).
   * Planning a join of four tables was measured to take 1 ms on PostgreSQL and 8 ms embedded, running it a tenth of that.
   * `test/journeys/plans.test.ts` checks the plans.
   */
  readonly plansOnce?: boolean;
}

export interface TransactionOptions extends PlanOptions {
  /** How long each statement waits for a lock, in milliseconds, before the transaction fails (`isLockTimeout`); 30 s by default. */
  readonly lockWaitMs?: number;
}

/** Thrown by the work of a transaction that must run again from the start, because another one was quicker. */
export class RunAgain extends Error {}

/** Reads the rows of many keys in one query; keys without a row are absent from the map. It is a constant of the program. */
export type LoadMany<Row> = (reader: Reader, keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>;

export interface Db extends Reader {
  query<Row extends object>(sql: string, values?: readonly unknown[], options?: PlanOptions): Promise<Row[]>;
  /**
   * Returns the row of one key, or `undefined`. Calls with the same `load` that arrive while a query is under way are answered by
   * the next one (`read-batch.ts`), so a busy server sends one query for the reads of many clients.
   */
  readOne<Row>(load: LoadMany<Row>, key: string): Promise<Row | undefined>;
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A deadlock, a serialisation failure
   * or a `RunAgain` runs it again, so `work` must do nothing but database work. Queries issued together are sent together and
   * run in that order.
   * Inside `work` use only its transaction: the embedded database has a single connection.
   * @throws DatabaseContended when the third attempt would have to run again as well.
   */
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** The engine, for logs, `doctor` and the health page. */
  readonly engine: 'embedded' | 'postgresql';
  /** Whether each connection has a server connection for itself. Notifications do not pass a pooler in transaction mode. */
  readonly sharing: Sharing;
  /** Copies the embedded database to a data directory of its own (`EmbeddedDatabase.copyTo`); undefined where it has no files of ours. */
  readonly copyTo?: ((dataDir: string) => Promise<void>) | undefined;
  close(): Promise<void>;
}
