// Waiting, in one place: whoever waits for a moment asks these timers, so that a test or a simulation can turn the time.
import { type Clock, systemClock } from './clock.ts';

export interface Timers {
  readonly now: Clock;
  /**
   * Calls `run` once `when` has come, at once if it is past. The answer cancels it. `isLook` marks a regular look for work:
   * whoever turns the time may skip over it, or a day would be 86,400 of them.
   */
  at(when: Date, run: () => void, isLook?: boolean): () => void;
}

/** The longest wait that Node's timers can count. */
const maxDelayMs = 2 ** 31 - 1;

/** The machine's own time. What still waits does not keep the process alive. */
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
