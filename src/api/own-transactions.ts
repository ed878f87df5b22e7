// Requests that have a transaction of their own: changes, which the audit log records, and those with an `Idempotency-Key` or a
// `callback_url`. Accounts take turns.
import { FairSemaphore } from '../base/fair-semaphore.ts';
import type { Db, Transaction, TransactionOptions } from '../db/db.ts';

/** How many of them run at once in each process, and of one account: each holds a database connection until it ends. */
const slots = { embedded: { all: 1, ofOne: 1 }, postgresql: { all: 4, ofOne: 3 } };

/** Runs such requests on one database. */
export class OwnTransactions {
  readonly #db: Db;
  readonly #semaphore: FairSemaphore;

  constructor(db: Db) {
    this.#db = db;
    const { all, ofOne } = slots[db.engine];
    this.#semaphore = new FairSemaphore(all, ofOne);
  }

  /**
   * Runs the work of a request in a transaction, once its account has a slot. On a `db` that is a part of such a transaction it
   * runs at once: that one has the slot, and `options` are its own.
   */
  run<Result>(
    db: Db,
    accountId: string,
    work: (tx: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result> {
    const transact = () => db.transaction(work, options);
    return db === this.#db ? this.#semaphore.run(accountId, 1, transact) : transact();
  }
}
