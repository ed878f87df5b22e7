// Gathers the results of calls for a moment, so that many are recorded in one transaction.
import type { Timers } from '../../base/timers.ts';

/** How long a result waits at most for those of the calls that are under way. */
export const gatherMs = 20;

/** Lets results wait for each other. A call has left its slot by then, so nothing but the record of it is later. */
export class ResultGathering {
  readonly #timers: Timers;
  readonly #most: number;
  #waiting: (() => void)[] = [];
  #cancel = () => {};

  /**
   * @param timers of the real time, even with a virtual clock: what is under way is waited for by these.
   * @param most so many results wait no longer.
   */
  constructor(timers: Timers, most: number) {
    this.#timers = timers;
    this.#most = most;
  }

  /** Waits until a result is to be recorded, together with all that wait; not at all if it is the last, because no call is under way. */
  wait(isLast: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (isLast || this.#waiting.length >= this.#most) this.#end();
      else if (this.#waiting.length === 1) {
        const until = new Date(this.#timers.now().getTime() + gatherMs);
        this.#cancel = this.#timers.at(until, () => this.#end());
      }
    });
  }

  #end(): void {
    this.#cancel();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
