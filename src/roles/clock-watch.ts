// Checks that this machine's clock agrees with the database server's, as the clocks of all its processes must.

import type { Clock } from '../base/clock.ts';
import { OperatorError } from '../base/errors.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker, type Worker } from '../base/worker.ts';
import type { Reader } from '../db/db.ts';

/** Leases of webhooks last half a minute by the clock of their holder: two processes may differ by twice this. */
const mostDriftMs = 10_000;
const tellDriftMs = 1000;
const lookEveryMs = 60_000;

/**
 * Returns how far, at least, the clock is ahead of the database's, in milliseconds; negative when it is behind. The duration of
 * the query does not count.
 */
export async function measureDrift(db: Reader, clock: Clock): Promise<number> {
  const asked = clock();
  const [row] = await db.query<{ at: Date }>('select clock_timestamp() as at');
  const answered = clock();
  if (row === undefined || (row.at >= asked && row.at <= answered)) return 0;
  return (row.at < asked ? asked : answered).getTime() - row.at.getTime();
}

/** @throws OperatorError where the clock is further from the database's than several processes allow. */
export async function requireSameTime(db: Reader, clock: Clock): Promise<void> {
  const driftMs = await measureDrift(db, clock);
  if (Math.abs(driftMs) <= mostDriftMs) return;
  throw new OperatorError(
    `The clock of this machine is ${inWords(driftMs)} that of the database server; ${mostDriftMs / 1000} s are the most.`,
  );
}

/** Starts a check that warns each minute while the clock is off. */
export function startClockWatch(
  db: Reader,
  timers: Timers,
  inFlight: InFlightTracker,
  logger: Pick<Logger, 'warn'>,
): Worker {
  return startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError: (error) =>
      logger.warn({ err: error }, 'the clock could not be compared with that of the database'),
    async round() {
      const driftMs = await measureDrift(db, timers.now);
      if (Math.abs(driftMs) > tellDriftMs) {
        logger.warn(
          { driftMs },
          `the clock of this machine is ${inWords(driftMs)} that of the database server`,
        );
      }
      return undefined;
    },
  });
}

const inWords = (driftMs: number): string =>
  `${(Math.abs(driftMs) / 1000).toFixed(1)} s ${driftMs > 0 ? 'ahead of' : 'behind'}`;
