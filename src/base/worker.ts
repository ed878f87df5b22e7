// The loop of every background worker: look for work, do it, wait for the next moment or until somebody wakes it.
import type { InFlightTracker } from './in-flight.ts';
import type { Timers } from './timers.ts';

export interface Worker {
  /** Says that there may be work now. */
  wake(): void;
  /** Looks no more; resolves once the round under way has ended. */
  stop(): Promise<void>;
}

export interface WorkerParts {
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /**
   * Does one round of work. Answers when to look again; `undefined` leaves it to the regular look. It may be woken for nothing,
   * and must then find nothing to do.
   */
  readonly round: () => Promise<Date | undefined>;
  /** The longest time between two looks, in milliseconds: it finds what another process left. */
  readonly lookEveryMs: number;
  /** Told of a round that failed; the next regular look tries again. */
  readonly onError: (error: unknown) => void;
}

/** Starts the loop with a first round. */
export function startWorker(parts: WorkerParts): Worker {
  const { timers, inFlight, lookEveryMs } = parts;
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let cancelWait = () => {};

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

  /** A moment that there is a reason for is waited for by itself: regular looks may be skipped by whoever turns the time. */
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

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      cancelWait();
      await running;
    },
  };
}
