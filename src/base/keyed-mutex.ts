// One at a time of those who want the same: the others wait, and hold nothing while they do.
import type { Timers } from './timers.ts';

/** Whoever had it did not end in time. */
export class MutexTimeout extends Error {}

/** Turns at what has a name, in the order in which they are asked for. */
export class KeyedMutex {
  /** What is taken → those who wait for it: each is called when its turn has come. */
  readonly #taken = new Map<string, (() => void)[]>();

  /**
   * Runs `work` once everybody who took `name` before has ended.
   * @throws TurnMissed when that takes longer than `waitMs` milliseconds.
   */
  async take<Result>(
    name: string,
    timers: Timers,
    waitMs: number,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.#turnAt(name, timers, waitMs);
    try {
      return await work();
    } finally {
      const next = this.#taken.get(name)?.shift();
      if (next === undefined) this.#taken.delete(name);
      else next();
    }
  }

  #turnAt(name: string, timers: Timers, waitMs: number): Promise<void> {
    const waiting = this.#taken.get(name);
    if (waiting === undefined) {
      this.#taken.set(name, []);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = () => {
        cancel();
        resolve();
      };
      const cancel = timers.at(new Date(timers.now().getTime() + waitMs), () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new MutexTimeout('whoever had it before did not end in time'));
      });
      waiting.push(begin);
    });
  }
}
