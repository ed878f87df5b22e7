// A semaphore that is fair between owners: a limited amount of work runs at once, and waiting owners take turns.
import { FairQueue } from './fair-queue.ts';

/** Runs a limited number of tasks at once. Waiting tasks start by owner in turn, by weight. */
export class FairSemaphore {
  readonly #waiting = new FairQueue<() => void>();
  readonly #running = new Map<string, number>();
  readonly #mostOfOne: number;
  #free: number;

  /**
   * @param slots how many tasks may run at once.
   * @param mostOfOne how many of them of one owner: by default all.
   */
  constructor(slots: number, mostOfOne = slots) {
    this.#free = slots;
    this.#mostOfOne = mostOfOne;
  }

  /** Runs a task once a slot is free. `weight` counts towards its owner's turn. */
  async run<Result>(owner: string, weight: number, task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0 && this.#mayRun(owner)) this.#begin(owner);
    else await this.#turnOf(owner, weight);
    try {
      return await task();
    } finally {
      this.#end(owner);
    }
  }

  /** Waits for a turn, and takes its slot. */
  #turnOf(owner: string, weight: number): Promise<void> {
    return new Promise((resolve) => {
      const start = () => {
        this.#begin(owner);
        resolve();
      };
      this.#waiting.add(owner, start, weight);
    });
  }

  #mayRun(owner: string): boolean {
    return (this.#running.get(owner) ?? 0) < this.#mostOfOne;
  }

  #begin(owner: string): void {
    this.#free -= 1;
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1);
  }

  /** Ends a task: its slot goes to the next one whose owner may run it. */
  #end(owner: string): void {
    this.#free += 1;
    const left = (this.#running.get(owner) ?? 0) - 1;
    if (left > 0) this.#running.set(owner, left);
    else this.#running.delete(owner);
    const [start] = this.#waiting.takeBatch(1, (waiting) => this.#mayRun(waiting));
    start?.();
  }
}
