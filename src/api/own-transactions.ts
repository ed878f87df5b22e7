// Requests that have a transaction of their own, with an `Idempotency-Key` or a `callback_url`: accounts take turns.
import { FairSemaphore } from '../base/fair-semaphore.ts';
import type { Db, Transaction } from '../db/db.ts';

/** How many of them run at once in each process: each holds a database connection until it ends. */
const slots = { embedded: 1, postgresql: 4 };

/** Runs such requests on one database. */
export class OwnTransactions {
  readonly #db: Db;
  readonly #semaphore: FairSemaphore;

  constructor(db: Db) {
    this.#db = db;
    this.#semaphore = new FairSemaphore(slots[db.engine]);
  }

  /**
   * Runs the work of a request in a transaction, once its account has a slot. On a `db` that is a part of such a transaction it
   * runs at once: that one has the slot.
   */
  run<Result>(db: Db, accountId: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const transact = () => db.transaction(work);
    return db === this.#db ? this.#semaphore.run(accountId, 1, transact) : transact();
  }
}
