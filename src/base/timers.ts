// Timers: all waiting in the server uses them, so that a test or a simulation can advance the time.
import { type Clock, systemClock } from './clock.ts';

export interface Timers {
  readonly now: Clock;
  /**
   * Calls `run` at `when`, at once if that is past. Returns a function that cancels it. `isLook` marks a regular look for work,
   * which an advance of the clock may skip: a day would have 86,400 of them.
   */
  at(when: Date, run: () => void, isLook?: boolean): () => void;
}

/** The longest delay of Node's timers. */
const maxDelayMs = 2 ** 31 - 1;

/** Timers on the time of the machine. They do not keep the process alive. */
export const systemTimers: Timers = {
  now: systemClock,
  at(when, run) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const delayMs = when.getTime() - systemClock().getTime();
      timer = setTimeout(delayMs > maxDelayMs ? wait : run, Math.min(Math.max(delayMs, 0), maxDelayMs));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/** Waits for so many milliseconds of the timers. */
export const waitFor = (timers: Pick<Timers, 'now' | 'at'>, durationMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.at(new Date(timers.now().getTime() + durationMs), resolve);
  });

/** Returns the result of `work`, or what `late` returns or throws once `work` has taken so many milliseconds of the timers. */
export function within<Result>(
  timers: Pick<Timers, 'now' | 'at'>,
  durationMs: number,
  work: Promise<Result>,
  late: () => Result,
): Promise<Result> {
  let cancel = () => {};
  const limit = new Promise<void>((resolve) => {
    cancel = timers.at(new Date(timers.now().getTime() + durationMs), resolve);
  });
  return Promise.race([work, limit.then(late)]).finally(cancel);
}
