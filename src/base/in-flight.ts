// How much is under way in the background, so that a stop, and whoever turns the time, can wait until nothing is.

/** Counts what is under way. One is shared by all that a stop, or a turn of the time, has to wait for. */
export class InFlightTracker {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Counts `work` until it has ended, however it ends. */
  async track<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Resolves once nothing is under way, and nothing has begun in the same turn of the event loop. */
  async idle(): Promise<void> {
    do {
      if (this.#underWay > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#underWay > 0);
  }
}
