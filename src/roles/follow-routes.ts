// Keeps the routes of a process that runs no carriers up to date: it chooses senders by them.
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker, type Worker } from '../base/worker.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { readRoutingVersion } from '../routing/route-store.ts';
import type { Routing } from '../routing/routing.ts';

/** How often changes are looked for without a wake-up. */
const lookEveryMs = 10_000;

interface FollowParts {
  readonly db: Db;
  readonly routing: Routing;
  readonly notifier: Notifier;
  readonly realTimers: Timers;
  readonly inFlight: InFlightTracker;
  readonly logger: Pick<Logger, 'error'>;
}

/** Starts reading the routes again whenever they have changed. */
export function startFollowingRoutes(parts: FollowParts): Worker {
  const { db, routing, notifier, realTimers, inFlight, logger } = parts;
  let known: number | undefined;
  const worker = startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'changes of routes were not read'),
    async round() {
      const version = await readRoutingVersion(db);
      if (version !== known) await routing.reload(db);
      known = version;
      return undefined;
    },
  });
  const stopListening = notifier.on('routing', () => worker.wake());
  return {
    ...worker,
    async stop() {
      stopListening();
      await worker.stop();
    },
  };
}
