// What is kept only for a while, dropped every hour.
import { deleteOldIdempotencyKeys } from '../api/idempotency/idempotency-store.ts';
import type { Settings } from '../base/config.ts';
import { daysBefore } from '../base/days.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker } from '../base/worker.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { idempotencyStart } from '../http/idempotency-key.ts';
import { deleteExpiredMedia } from '../media/store.ts';
import { makeWebhookHandlers } from '../messages/inbound/apply-answer.ts';
import {
  deleteOldHours,
  deleteOldMessages,
  deleteOldNames,
  dropOldTexts,
} from '../messages/message-retention.ts';
import { deleteExpiredHolds } from '../numbers/held-store.ts';
import { holdStart } from '../numbers/rent-numbers.ts';
import { restoreStart } from '../powerpacks/deletion/delete-powerpack.ts';
import { purgeDeletedPowerpacks } from '../powerpacks/deletion/deleted-store.ts';
import type { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import { deleteOldStickySenders } from '../powerpacks/sticky/sticky-store.ts';
import { giveUpWebhooks } from '../webhooks/delivery/give-up-webhooks.ts';
import { deleteOldWebhooks } from '../webhooks/store.ts';

const hourMs = 3600 * 1000;
/** Rows that one statement may drop: nobody shall wait for it. */
const rows = 100;
/**
 * The same for the names that carriers gave: each statement passes by what those before it have dropped, so that few are better. Of a
 * million names in PostgreSQL, 65,000 went in 0.4 s this way instead of 5, at 6 ms a statement instead of 4.
 */
const nameRows = 1000;
/** For how long the log of calls is kept. It quotes messages, so no longer than texts. */
const webhookDays = 7;
/** After so many days a call that nobody came to make has failed: its log is there for a while. */
const overdueDays = 6;

export interface RetentionParts {
  readonly db: Db;
  /** What ages are measured by. */
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly settings: Settings;
  readonly pools: PoolCache;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
}

/**
 * Drops what is too old, now and every hour. What fails is logged and keeps nothing else from being dropped. The answer stops it, and
 * waits for what is under way.
 */
export function startRetention(parts: RetentionParts): () => Promise<void> {
  const { db, timers, inFlight, notifier, settings, logger } = parts;
  const handlers = makeWebhookHandlers(parts);
  let stopped = false;

  /** Each drops some of its kind, and answers how many: at least `rows` where there may be more. */
  const steps: Readonly<Record<string, (now: Date) => Promise<number>>> = {
    'held numbers': (now) => deleteExpiredHolds(db, holdStart(now, settings), rows),
    'deleted powerpacks': (now) => purgeDeletedPowerpacks(db, restoreStart(now, settings), rows),
    'sticky senders': (now) => deleteOldStickySenders(db, daysBefore(now, settings.stickyDays), rows),
    media: (now) => deleteExpiredMedia(db, now, rows),
    'idempotency keys': (now) => deleteOldIdempotencyKeys(db, idempotencyStart(now), rows),
    texts: (now) => dropOldTexts(db, now, rows),
    messages: (now) => deleteOldMessages(db, now, rows),
    "carriers' names": (now) => deleteOldNames(db, now, nameRows),
    'hours of sender queues': (now) => deleteOldHours(db, now, rows),
    calls: (now) => deleteOldWebhooks(db, daysBefore(now, webhookDays), rows),
    'overdue calls': giveUpOverdue,
  };

  async function giveUpOverdue(now: Date): Promise<number> {
    const calls = await giveUpWebhooks({ db, handlers, notifier }, now, daysBefore(now, overdueDays), rows);
    if (calls > 0) logger.warn({ calls }, `calls that nobody made for ${overdueDays} days are given up`);
    return calls;
  }

  async function tidy(): Promise<undefined> {
    const now = timers.now();
    for (const [what, dropSome] of Object.entries(steps)) {
      try {
        while (!stopped && (await dropSome(now)) >= rows);
      } catch (error) {
        logger.error({ err: error, what }, 'retention failed');
      }
    }
  }

  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs: hourMs,
    round: tidy,
    onError: (error) => logger.error({ err: error }, 'retention failed'),
  });
  return () => {
    stopped = true;
    return worker.stop();
  };
}
