// Retention: deletes every hour what is stored for a limited time, and makes the partitions that are dropped later.
import { deleteOldIdempotencyKeys } from '../api/idempotency/idempotency-store.ts';
import { deleteOldEntries } from '../audit/audit-store.ts';
import { dropOldRequests, requestTable } from '../audit/requests/request-store.ts';
import type { Settings } from '../base/config.ts';
import { daysBefore } from '../base/days.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker } from '../base/worker.ts';
import type { Db } from '../db/db.ts';
import { addPartition } from '../db/partitions.ts';
import type { Notifier } from '../events/notifier.ts';
import { idempotencyStart } from '../http/idempotency-key.ts';
import { deleteOldIncidents } from '../incidents/incident-store.ts';
import { deleteExpiredMedia } from '../media/store.ts';
import { makeWebhookHandlers } from '../messages/inbound/apply-answer.ts';
import {
  deleteOldHours,
  deleteOldMessages,
  deleteOldNames,
  deleteOldPlaces,
  dropOldMessages,
  dropOldScheduled,
  dropOldTexts,
  messageTables,
} from '../messages/message-retention.ts';
import { deleteOldAttempts } from '../messages/report/unknown-attempt-store.ts';
import { deleteExpiredHolds } from '../numbers/held-store.ts';
import { holdStart } from '../numbers/rent-numbers.ts';
import { restoreStart } from '../powerpacks/deletion/delete-powerpack.ts';
import { purgeDeletedPowerpacks } from '../powerpacks/deletion/deleted-store.ts';
import { deleteOldChanges } from '../powerpacks/opt-outs/history-store.ts';
import type { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import { deleteOldStickySenders } from '../powerpacks/sticky/sticky-store.ts';
import { deleteOldMarks } from '../routing/inbound-mark-store.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';
import { giveUpWebhooks } from '../webhooks/delivery/give-up-webhooks.ts';
import { deleteOldWebhooks, dropOldWebhooks, webhookTable } from '../webhooks/store.ts';

const hourMs = 3600 * 1000;
/** Rows that one statement may delete, so that other transactions do not wait for long. */
const maxRows = 100;
/**
 * Rows of carriers' message ids: each statement skips over the rows that earlier ones have deleted, so few statements are
 * better. Of a million ids in PostgreSQL, 65,000 were deleted in 0.4 s this way instead of 5, at 6 ms a statement instead of 4.
 */
const maxIdRows = 1000;
/** Days that attempts without a known end are stored: reports without a message are kept for one. */
const attemptDays = 2;
/** Days that the history of opt-outs is kept: longer than the four years in which a message without consent can be sued for in the US. */
const optOutDays = 5 * 365;
/** Days that incidents are kept after their end: as long as the messages that they are about. */
const incidentDays = 90;
/** Days after which a webhook that was never sent has failed: its log stays for the days that are left. */
const overdueDays = 6;

interface RetentionParts {
  readonly db: Db;
  /** Ages are measured by this time. */
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly settings: Settings;
  readonly pools: PoolCache;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
}

/**
 * Starts deleting what is too old, now and every hour. A step that fails is logged and does not stop the others. The returned
 * function stops it, and waits for the running step.
 */
export function startRetention(parts: RetentionParts): () => Promise<void> {
  const { db, timers, inFlight, notifier, settings, logger } = parts;
  const handlers = makeWebhookHandlers(parts);
  let stopped = false;

  // A table that others hold stops none of the rest.
  const addSteps = Object.fromEntries(
    [...messageTables, webhookTable, requestTable].map((table) => [
      `next partition of ${table.name}`,
      async (now: Date) => Number(await addPartition(db, table, now)),
    ]),
  );
  const dropSteps = Object.fromEntries(
    messageTables.map((table) => [
      `old partitions of ${table.name}`,
      (now: Date) => dropOldMessages(db, table, now),
    ]),
  );

  /** Each step deletes rows, or makes or drops partitions, of its kind, and returns how many: at least `maxRows` where there may be more. */
  const steps: Readonly<Record<string, (now: Date) => Promise<number>>> = {
    ...addSteps,
    'held numbers': (now) => deleteExpiredHolds(db, holdStart(now, settings), maxRows),
    'deleted powerpacks': (now) => purgeDeletedPowerpacks(db, restoreStart(now, settings), maxRows),
    'sticky senders': (now) => deleteOldStickySenders(db, daysBefore(now, settings.stickyDays), maxRows),
    'history of opt-outs': (now) => deleteOldChanges(db, daysBefore(now, optOutDays), maxRows),
    'audit log': (now) => deleteOldEntries(db, daysBefore(now, settings.auditDays), maxRows),
    incidents: (now) => deleteOldIncidents(db, daysBefore(now, incidentDays), maxRows),
    media: (now) => deleteExpiredMedia(db, now, maxRows),
    'idempotency keys': (now) => deleteOldIdempotencyKeys(db, idempotencyStart(now), maxRows),
    texts: (now) => dropOldTexts(db, now, maxRows),
    ...dropSteps,
    'scheduled messages': (now) => dropOldScheduled(db, now, maxRows),
    messages: (now) => deleteOldMessages(db, now, maxRows),
    'media of messages': (now) => deleteOldPlaces(db, now, maxRows),
    'inbound marks': (now) => deleteOldMarks(db, now, maxRows),
    "carriers' message ids": (now) => deleteOldNames(db, now, maxIdRows),
    'attempts without a known end': (now) => deleteOldAttempts(db, daysBefore(now, attemptDays), maxRows),
    'sender hours': (now) => deleteOldHours(db, now, maxRows),
    'old partitions of webhook_calls': (now) => dropOldWebhooks(db, now),
    webhooks: (now) => deleteOldWebhooks(db, now, maxRows),
    'overdue webhooks': giveUpOverdue,
    'old partitions of logged_requests': (now) => dropOldRequests(db, now, settings.requestLogDays),
  };

  async function giveUpOverdue(now: Date): Promise<number> {
    const calls = await giveUpWebhooks(
      { db, handlers, notifier },
      now,
      daysBefore(now, overdueDays),
      maxRows,
    );
    if (calls > 0) logger.warn({ calls }, `webhooks that were not sent for ${overdueDays} days have failed`);
    return calls;
  }

  async function sweep(): Promise<undefined> {
    const now = timers.now();
    for (const [what, deleteSome] of Object.entries(steps)) {
      try {
        while (!stopped && (await deleteSome(now)) >= maxRows);
      } catch (error) {
        logger.error({ err: error, what }, 'retention failed');
      }
    }
  }

  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs: hourMs,
    round: sweep,
    onError: (error) => logger.error({ err: error }, 'retention failed'),
  });
  return () => {
    stopped = true;
    return worker.stop();
  };
}
