// Sets aside, or removes, members of pools whose drain is over.
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker, type Worker } from '../base/worker.ts';
import type { Db } from '../db/db.ts';
import { changesOf } from '../events/account-change.ts';
import type { Notifier } from '../events/notifier.ts';
import { endDrains } from '../powerpacks/pool/drain-store.ts';

const lookEveryMs = 60_000;
/** Members that one statement ends. */
const maxRows = 100;

interface EndDrainsParts {
  readonly db: Db;
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly logger: Pick<Logger, 'error'>;
}

/** Starts ending drains, each minute. */
export function startEndingDrains({ db, timers, inFlight, notifier, logger }: EndDrainsParts): Worker {
  return startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'drains were not ended'),
    async round() {
      const { members, accounts } = await endDrains(db, timers.now(), maxRows);
      for (const change of changesOf('powerpacks', accounts)) notifier.announce(change);
      return members === maxRows ? timers.now() : undefined;
    },
  });
}
