// Looks for what is wrong each minute, and keeps it as incidents: of one that lasts, the next look, in this process or another, goes on.
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker, type Worker } from '../base/worker.ts';
import type { Db } from '../db/db.ts';
import { findTroubles, type TroubleRules } from '../incidents/find-troubles.ts';
import { endIncidents, hasOpenIncidents, recordTroubles } from '../incidents/incident-store.ts';

const lookEveryMs = 60_000;
/** An incident that was not seen for so long is over: one look that misses it ends none. */
const overAfterMs = 150_000;

interface WatchIncidentsParts {
  readonly db: Db;
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly newId: () => string;
  readonly rules: () => TroubleRules;
  readonly logger: Pick<Logger, 'error'>;
}

/** Starts looking, now and each minute. */
export function startWatchingIncidents(parts: WatchIncidentsParts): Worker {
  const { db, timers, inFlight, newId, rules, logger } = parts;
  return startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'incidents were not looked for'),
    async round() {
      const now = timers.now();
      const troubles = await findTroubles(db, rules(), now);
      if (troubles.length === 0 && !(await hasOpenIncidents(db))) return undefined;
      await db.transaction(async (tx) => {
        await recordTroubles(tx, troubles, now, newId);
        await endIncidents(tx, new Date(now.getTime() - overAfterMs));
      });
      return undefined;
    },
  });
}
