// A semaphore that is fair between owners: a limited amount of work runs at once, and waiting owners take turns.
import { FairQueue } from './fair-queue.ts';

/** Runs a limited number of tasks at once. Waiting tasks start by owner in turn, by weight. */
export class FairSemaphore {
  readonly #waiting = new FairQueue<() => void>();
  #free: number;

  /** @param slots how many tasks may run at once. */
  constructor(slots: number) {
    this.#free = slots;
  }

  /** Runs a task once a slot is free. `weight` counts towards its owner's turn. */
  async run<Result>(owner: string, weight: number, task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.add(owner, resolve, weight));
    try {
      return await task();
    } finally {
      const [next] = this.#waiting.takeBatch(1);
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
