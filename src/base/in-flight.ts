// Counts running background work, so that a stop, or an advance of the clock, can wait until none is left.

/** Counts running work. One tracker is shared by all that a stop, or an advance of the clock, has to wait for. */
export class InFlightTracker {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Runs `work`, and counts it until it has ended or failed. */
  async track<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Waits until nothing is running, and nothing has started in the same turn of the event loop. */
  async idle(): Promise<void> {
    do {
      if (this.#underWay > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#underWay > 0);
  }
}
