// Logging of sender queues whose leases are lost: one line for all that one failure has cost.
import type { Logger } from '../../base/logger.ts';

/** The most names of sender queues in one line. */
const maxNames = 10;

/** Logs sender queues that were lost: a failure of the database costs hundreds at once, and is one fault. */
export class LostQueues {
  readonly #logger: Logger;
  /** The names of sender queues by what made them lost, for as long as more may come of it. */
  readonly #byError = new Map<unknown, Set<string>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Records that a sender queue was lost. Those that one error has cost in the same moment are logged together. */
  note(queue: string, error: unknown): void {
    const known = this.#byError.get(error);
    if (known !== undefined) return void known.add(queue);
    const names = new Set([queue]);
    this.#byError.set(error, names);
    setImmediate(() => {
      this.#byError.delete(error);
      const facts = { err: error, count: names.size, queues: [...names].slice(0, maxNames) };
      this.#logger.error(facts, 'sender queues are given up');
    });
  }
}
