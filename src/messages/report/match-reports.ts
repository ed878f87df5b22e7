// The loop behind reports: looks for the messages of those that had none, and ends the waiting for parts that nothing is reported on.
import { maxReportAttempts, reportRetryMs } from '../../base/backoff.ts';
import type { Logger } from '../../base/logger.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { Transaction } from '../../db/db.ts';
import { applyReports, deliveredStatus, type ReportParts } from './apply-delivery-report.ts';
import { insertEvents } from './event-store.ts';
import { countParts, takeAwaited } from './part-outcomes.ts';
import { recordStatuses } from './record-status.ts';
import {
  claimReports,
  deleteReports,
  hasManyReports,
  nextReportWork,
  postponeReports,
  type WaitingReport,
} from './report-store.ts';
import { findUnknownAttempts } from './unknown-attempt-store.ts';

const leaseMs = 30_000;
/** The most reports or messages that one round looks at. */
const maxBatch = 100;
/** After so many attempts, two minutes, a report is kept only while few wait: others' reports may come without end. */
const quickAttempts = 7;

export interface MatchingParts extends ReportParts {
  readonly logger: Pick<Logger, 'error' | 'warn'>;
}

/** Starts looking for the messages of reports that had none; a report that finds none within a day is dropped. */
export function startMatching(parts: MatchingParts): Worker {
  const { db, timers, inFlight, notifier, logger } = parts;
  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs: notifier.lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'matching reports failed'),
    async round() {
      const now = timers.now();
      const nextAt = await nextReportWork(db);
      if (nextAt === undefined || nextAt > now) return nextAt;
      const worked = (await matchSome(parts, now)) + (await confirmSome(parts, now));
      // What is due and leased belongs to another process for now.
      return worked === 0 ? undefined : now;
    },
  });
  const stopListening = notifier.on('reports', worker.wake);
  return {
    ...worker,
    async stop() {
      stopListening();
      await worker.stop();
    },
  };
}

/** Applies some reports that are due, if their messages are known by now; returns how many it took. */
async function matchSome(parts: MatchingParts, now: Date): Promise<number> {
  const { db, logger, countReport } = parts;
  const due = await claimReports(db, now, new Date(now.getTime() + leaseMs), maxBatch);
  if (due.length === 0) return 0;
  await db.transaction(async (tx) => {
    const { unmatched: unnamed } = await applyReports(tx, due, now, parts);
    const unmatched = await noteOnUnknownAttempts(tx, unnamed);
    const isCrowded = unmatched.some(isSlow) && (await hasManyReports(tx));
    const dropped = unmatched.filter(
      (report) => report.attempts >= maxReportAttempts || (isCrowded && isSlow(report)),
    );
    const isUnmatched = new Set(unmatched);
    const matched = due.filter((report) => !isUnmatched.has(report));
    deleteReports(tx, [...matched, ...dropped]);
    const isDropped = new Set(dropped);
    const again = unmatched.filter((report) => !isDropped.has(report));
    postponeReports(
      tx,
      again.map((report) => postponed(report, now)),
    );
    tx.afterCommit(() => {
      for (const { carrier } of matched) countReport(carrier, 'matched_late');
      for (const { carrier, names, reference } of dropped) {
        countReport(carrier, 'dropped');
        logger.warn({ carrier, carrier_message_ids: names, reference }, 'a report has no message');
      }
    });
  });
  return due.length;
}

/**
 * Adds reports whose names have not become known within minutes to the history of the message that they are most likely about: the only
 * one of their sender and destination with an attempt whose end is not known. No status changes. Returns the other reports.
 */
async function noteOnUnknownAttempts(
  tx: Transaction,
  unmatched: readonly WaitingReport[],
): Promise<readonly WaitingReport[]> {
  const looked = unmatched.filter(({ attempts }) => attempts === quickAttempts);
  const found = await findUnknownAttempts(tx, looked);
  const messages = new Map(looked.map((report, index) => [report, found[index]]));
  const events = looked.flatMap((report) => {
    const messageId = messages.get(report);
    const detail = `a receipt for an attempt without a known end: ${report.detail ?? report.outcome}`;
    return messageId === undefined ? [] : [{ messageId, at: report.at, event: 'report' as const, detail }];
  });
  insertEvents(tx, events);
  return unmatched.filter((report) => messages.get(report) === undefined);
}

const isSlow = ({ attempts }: WaitingReport): boolean => attempts >= quickAttempts;

function postponed(report: WaitingReport, now: Date): WaitingReport {
  const attempts = report.attempts + 1;
  return { ...report, attempts, nextAt: new Date(now.getTime() + reportRetryMs(attempts)) };
}

/** Records messages as delivered whose parts were reported on in part only, and well; returns how many it took. */
async function confirmSome(parts: MatchingParts, now: Date): Promise<number> {
  return parts.db.transaction(async (tx) => {
    const messageIds = await takeAwaited(tx, now, maxBatch);
    if (messageIds.length === 0) return 0;
    const counts = await countParts(tx, messageIds);
    const changes = messageIds.map((messageId) => ({ messageId, at: now, ...deliveredStatus }));
    const changed = await recordStatuses(tx, changes, now, parts);
    const events = changed.map(({ id: messageId }) => {
      const { parts: total = 0, delivered = 0 } = counts.get(messageId) ?? {};
      const detail = `${delivered} of ${total} parts were confirmed, and nothing was said of the others`;
      return { messageId, at: now, event: 'report', detail } as const;
    });
    insertEvents(tx, events);
    return messageIds.length;
  });
}
