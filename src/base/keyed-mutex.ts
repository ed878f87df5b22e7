// A mutex for each key: work on the same key runs one at a time, in the order of asking. Waiting uses no connection.
import type { Timers } from './timers.ts';

/** Thrown when the lock was not free in time. */
export class MutexTimeout extends Error {}

/** Runs work on the same key one at a time, in the order of asking. */
export class KeyedMutex {
  /** Key in use → those that wait for it, each called when it may begin. */
  readonly #taken = new Map<string, (() => void)[]>();

  /**
   * Runs `work` once all earlier work on `key` has ended.
   * @throws MutexTimeout when that takes longer than `waitMs` milliseconds.
   */
  async run<Result>(
    key: string,
    timers: Timers,
    waitMs: number,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.#lock(key, timers, waitMs);
    try {
      return await work();
    } finally {
      const next = this.#taken.get(key)?.shift();
      if (next === undefined) this.#taken.delete(key);
      else next();
    }
  }

  #lock(key: string, timers: Timers, waitMs: number): Promise<void> {
    const waiting = this.#taken.get(key);
    if (waiting === undefined) {
      this.#taken.set(key, []);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = () => {
        cancel();
        resolve();
      };
      const cancel = timers.at(new Date(timers.now().getTime() + waitMs), () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new MutexTimeout('the work that holds the lock did not end in time'));
      });
      waiting.push(begin);
    });
  }
}
