// Resets of accounts, told to the parts of this process that hold something of an account in memory.

/** A reset that is done: its account, and what of it others may still speak of. */
interface AccountReset {
  readonly mainId: string;
  /** The names of its sender queues. */
  readonly queues: readonly string[];
}

/** A part that holds something of accounts in memory. */
interface ResetListener {
  /**
   * Starts nothing more for an account, and resolves once nothing is under way for it; the function that it resolves with lets the
   * part go on.
   */
  hold?(mainId: string): Promise<() => void>;
  /** Forgets what the account had, once it is gone from the database. */
  forget?(reset: AccountReset): void;
}

/** The parts that are told. */
export class AccountResets {
  readonly #listeners = new Set<ResetListener>();

  /** Calls `listener` at each reset, until the returned function is called. */
  on(listener: ResetListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Runs the reset of an account while every part holds still for it. The other accounts go on. */
  async run(mainId: string, reset: () => Promise<AccountReset>): Promise<void> {
    const listeners = [...this.#listeners];
    const releases = await Promise.all(listeners.map((listener) => listener.hold?.(mainId)));
    try {
      const done = await reset();
      for (const listener of listeners) listener.forget?.(done);
    } finally {
      for (const release of releases) release?.();
    }
  }
}
