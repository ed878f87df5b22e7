// Everybody's view of the database: read through a `Reader`, write through a transaction.

import type { Sharing } from './pooler.ts';

/**
 * Runs one SQL statement, which is a constant of the program: each distinct text is prepared and kept. Placeholders are
 * `$1`, `$2`, …; the rows come back as plain objects keyed by column, int8 as number, timestamptz as Date, jsonb as its
 * value, bytea as Buffer. A JavaScript array given as a value is an SQL array; for jsonb make it JSON text first.
 */
export interface Reader {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A transaction in progress. Held by the function that was given it, gone when that function ends. */
export interface Transaction extends Reader {
  readonly inTransaction: true;
  /**
   * Runs a statement whose rows nobody needs, without waiting for it: the commit goes out right behind it. If it fails, so does
   * the transaction, with its error.
   */
  send(sql: string, values?: readonly unknown[]): void;
  /** Calls `run` once this transaction is committed, and never if it is not. It must not throw. */
  afterCommit(run: () => void): void;
}

export interface TransactionOptions {
  /**
   * True where the same statements run all the time and find their rows by keys: each connection plans them once and not each
   * time. Planning a join of four tables was measured to take 1 ms on PostgreSQL and 8 ms embedded, running it a tenth of that.
   */
  readonly plansOnce?: boolean;
  /** How long each statement waits for a lock, in milliseconds, before the transaction fails (`isLockTimeout`); 30 s without. */
  readonly lockWaitMs?: number;
}

/** Thrown by the work of a transaction that has to be run again from the start: another one was quicker. */
export class RunAgain extends Error {}

export interface Db extends Reader {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A deadlock, a serialisation failure or
   * a `RunAgain` runs it again, so `work` must do nothing but database work. Queries that are asked at once travel together, in the
   * order asked.
   * Inside `work` use only the transaction it is given: the embedded database has a single connection.
   * @throws DatabaseContended when the third attempt had to be run again as well.
   */
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Which engine this is, for logs, `doctor` and the health page. */
  readonly engine: 'embedded' | 'postgresql';
  /** Whether each connection has one of the server's for itself; hints pass no pooler that hands them on after each transaction. */
  readonly sharing: Sharing;
  close(): Promise<void>;
}
