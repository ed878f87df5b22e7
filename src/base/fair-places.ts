// Places at which work is done, so many at once: owners that wait for one take turns.
import { FairQueue } from './fair-queue.ts';

/** Does so many works at once. Those that wait for a place get it by owner in turn, by weight. */
export class FairPlaces {
  readonly #waiting = new FairQueue<() => void>();
  #free: number;

  /** @param count how many works may be done at once. */
  constructor(count: number) {
    this.#free = count;
  }

  /** Does work once there is a place for it. `weight` is what it costs its owner's turn. */
  async use<Result>(owner: string, weight: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.add(owner, resolve, weight));
    try {
      return await work();
    } finally {
      const [next] = this.#waiting.takeBatch(1);
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
