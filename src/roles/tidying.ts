// What is kept only for a while, dropped every hour.
import { deleteOldIdempotencyKeys } from '../api/idempotency-store.ts';
import type { Activity } from '../base/activity.ts';
import type { Clock } from '../base/clock.ts';
import type { Settings } from '../base/config.ts';
import { daysBefore } from '../base/days.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import type { Db } from '../db/db.ts';
import { idempotencyStart } from '../http/idempotency-key.ts';
import { deleteExpiredMedia } from '../media/store.ts';
import {
  deleteOldHours,
  deleteOldMessages,
  deleteOldNames,
  dropOldTexts,
} from '../messages/tidy-messages.ts';
import { deleteExpiredHolds } from '../numbers/held-store.ts';
import { holdStart } from '../numbers/rent-numbers.ts';
import { restoreStart } from '../powerpacks/delete-powerpack.ts';
import { purgeDeletedPowerpacks } from '../powerpacks/deleted-store.ts';
import { deleteOldStickySenders } from '../powerpacks/sticky-store.ts';
import { startWorker } from '../queue/worker.ts';
import { deleteOldWebhooks } from '../webhooks/store.ts';

const hourMs = 3600 * 1000;
/** Rows that one statement may drop: nobody shall wait for it. */
const rows = 100;
/** For how long the log of calls is kept. It quotes messages, so no longer than texts. */
const webhookDays = 7;

export interface TidyingParts {
  readonly db: Db;
  /** By which things become old. */
  readonly clock: Clock;
  /** The machine's own, however the clock is turned. */
  readonly realTimers: Timers;
  readonly activity: Activity;
  readonly settings: Settings;
  readonly logger: Logger;
}

/** Drops what is too old, now and every hour. The answer stops it, and waits for what is under way. */
export function startTidying(parts: TidyingParts): () => Promise<void> {
  const { db, clock, settings } = parts;
  let stopped = false;
  const repeat = async (dropSome: () => Promise<number>) => {
    while (!stopped && (await dropSome()) === rows);
  };
  const worker = startWorker({
    timers: parts.realTimers,
    activity: parts.activity,
    lookEveryMs: hourMs,
    onError: (error) => parts.logger.error({ err: error }, 'tidying failed'),
    async round() {
      const now = clock();
      await repeat(() => deleteExpiredHolds(db, holdStart(now, settings), rows));
      await repeat(() => purgeDeletedPowerpacks(db, restoreStart(now, settings), rows));
      await repeat(() => deleteOldStickySenders(db, daysBefore(now, settings.stickyDays), rows));
      await repeat(() => deleteExpiredMedia(db, now, rows));
      await repeat(() => deleteOldIdempotencyKeys(db, idempotencyStart(now), rows));
      await repeat(() => dropOldTexts(db, now, rows));
      await repeat(() => deleteOldMessages(db, now, rows));
      await repeat(() => deleteOldNames(db, now, rows));
      await repeat(() => deleteOldHours(db, now, rows));
      await repeat(() => deleteOldWebhooks(db, daysBefore(now, webhookDays), rows));
      return undefined;
    },
  });
  return () => {
    stopped = true;
    return worker.stop();
  };
}
