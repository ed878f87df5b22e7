// Telling of lanes that are given up: one line for all that one failure has cost.
import type { Logger } from '../../base/logger.ts';

/** The most names of lanes in one line. */
const maxNames = 10;

/** Logs lanes that were lost: a failure of the database costs hundreds at once, and is one fault. */
export class LostLanes {
  readonly #logger: Logger;
  /** The names of lanes by what made them lost, for as long as more may come of it. */
  readonly #byError = new Map<unknown, Set<string>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Notes that a lane was lost. What one error has cost in the same moment is told together. */
  note(lane: string, error: unknown): void {
    const known = this.#byError.get(error);
    if (known !== undefined) return void known.add(lane);
    const names = new Set([lane]);
    this.#byError.set(error, names);
    setImmediate(() => {
      this.#byError.delete(error);
      const facts = { err: error, count: names.size, lanes: [...names].slice(0, maxNames) };
      this.#logger.error(facts, 'lanes are given up');
    });
  }
}
