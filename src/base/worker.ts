// The loop of every background worker: look for work, do it, wait until the next time or until woken.
import type { InFlightTracker } from './in-flight.ts';
import type { Timers } from './timers.ts';

export interface Worker {
  /** Starts a round: there may be work now. */
  wake(): void;
  /** Starts a round at a moment, as well as when the rounds ask for it. Of several moments the earliest counts. */
  wakeAt(moment: Date): void;
  /** Ends the loop; resolves once the running round has ended. */
  stop(): Promise<void>;
}

export interface WorkerParts {
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /**
   * Does one round of work and returns when to look again; `undefined` leaves it to the regular look. It may be woken without
   * need and must then find nothing to do.
   */
  readonly round: () => Promise<Date | undefined>;
  /** The longest time between two looks, in milliseconds: finds work that another process left. */
  readonly lookEveryMs: number;
  /** Called with the error of a round that failed; the next regular look tries again. */
  readonly onError: (error: unknown) => void;
}

/** Starts the loop with a first round. */
export function startWorker(parts: WorkerParts): Worker {
  const { timers, inFlight, lookEveryMs } = parts;
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let cancelWait = () => {};
  let wakesAt: Date | undefined;
  let cancelWakeAt = () => {};

  async function oneRound(): Promise<Date | undefined> {
    try {
      return await inFlight.track(parts.round);
    } catch (error) {
      parts.onError(error);
      return undefined;
    }
  }

  async function run(): Promise<void> {
    let next: Date | undefined;
    do {
      wanted = false;
      next = await oneRound();
    } while (wanted && !stopped);
    running = undefined;
    if (stopped) return;
    cancelWait = waitFor(next);
  }

  /**
   * Waits for the next round: a due time is waited for by its own timer, because an advance of the clock may skip regular
   * looks.
   */
  function waitFor(next: Date | undefined): () => void {
    const look = new Date(timers.now().getTime() + lookEveryMs);
    const cancelNext = next === undefined ? () => {} : timers.at(next, wake);
    const cancelLook = next !== undefined && next <= look ? () => {} : timers.at(look, wake, true);
    return () => {
      cancelNext();
      cancelLook();
    };
  }

  function wake(): void {
    if (stopped) return;
    wanted = true;
    if (running !== undefined) return;
    cancelWait();
    running = inFlight.track(run);
  }

  function wakeAt(moment: Date): void {
    if (stopped || (wakesAt !== undefined && wakesAt <= moment)) return;
    cancelWakeAt();
    wakesAt = moment;
    cancelWakeAt = timers.at(moment, () => {
      wakesAt = undefined;
      wake();
    });
  }

  wake();
  return {
    wake,
    wakeAt,
    async stop() {
      stopped = true;
      cancelWait();
      cancelWakeAt();
      await running;
    },
  };
}
