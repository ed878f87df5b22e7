// Waiting for the earliest of many moments.
import type { Timers } from '../../base/timers.ts';

/** One timer for many moments: whoever looks at the earliest finds out when the next one is. */
export class EarliestMoment {
  readonly #timers: Timers;
  readonly #run: () => void;
  #at: Date | undefined;
  #cancel = () => {};
  #stopped = false;

  constructor(timers: Timers, run: () => void) {
    this.#timers = timers;
    this.#run = run;
  }

  /** Runs at `moment`, unless something earlier is waited for already. */
  wait(moment: Date): void {
    if (this.#stopped || (this.#at !== undefined && this.#at <= moment)) return;
    this.#cancel();
    this.#at = moment;
    this.#cancel = this.#timers.at(moment, () => {
      this.#at = undefined;
      this.#run();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }
}
