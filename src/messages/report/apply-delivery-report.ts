// A carrier's report becomes a status; one that overtook our own bookkeeping waits for its message.

import { maxReportAttempts, reportRetryMs } from '../../base/backoff.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { DeliveryReport } from '../../carriers/carrier.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import { errorCodes } from '../error-codes.ts';
import { findCarrierMessages } from '../outbox/carrier-message-store.ts';
import { recordStatuses, type StatusChange, type TellParts } from './record-status.ts';
import {
  claimReports,
  deleteReports,
  insertReports,
  postponeReports,
  type WaitingReport,
} from './report-store.ts';

export interface ReportParts extends TellParts {
  readonly db: Db;
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly logger: Logger;
}

/** A report and the carrier that made it. */
export interface CarrierReport extends DeliveryReport {
  readonly carrier: string;
}

/** The most reports that are written together: requests wait for as long as a batch keeps this process busy. */
const maxBatch = 100;
const batchesAtOnce = 2;

/** Makes the function that takes a carrier's report; resolves once it is durable. Reports that come together are written together. */
export function makeApplyReport(parts: ReportParts): (report: CarrierReport) => Promise<void> {
  const { db, timers, inFlight, notifier, newId } = parts;
  const write = batchWrites<CarrierReport, void>({
    batchesAtOnce,
    maxWeight: maxBatch,
    weigh: () => 1,
    // Whose message it is about, nobody knows before it is looked up.
    ownerOf: ({ carrier }) => carrier,
    write: (reports) =>
      db.transaction(async (tx) => {
        const now = timers.now();
        const { unmatched } = await applyReports(tx, reports, now, parts);
        const nextAt = new Date(now.getTime() + reportRetryMs(1));
        insertReports(
          tx,
          unmatched.map((report) => ({ id: newId(), attempts: 1, nextAt, ...report })),
        );
        if (unmatched.length > 0) tx.afterCommit(() => notifier.emit('reports'));
        return reports.map(() => undefined);
      }),
  });
  return (report) => inFlight.track(() => write(report));
}

/** Applies the reports whose messages are known, and answers the others. Of two reports on one message the first counts. */
async function applyReports<Report extends CarrierReport>(
  tx: Transaction,
  reports: readonly Report[],
  now: Date,
  parts: TellParts,
): Promise<{ readonly unmatched: readonly Report[] }> {
  const messageIds = await findCarrierMessages(
    tx,
    reports.map(({ carrier, names }) => ({ carrier, name: names[0] ?? '' })),
  );
  const changes = new Map<string, StatusChange>();
  const unmatched: Report[] = [];
  for (const report of reports) {
    const messageId = messageIds.get(`${report.carrier} ${report.names[0] ?? ''}`);
    if (messageId === undefined) unmatched.push(report);
    else if (!changes.has(messageId)) {
      changes.set(messageId, { messageId, at: report.at, ...statusOf(report) });
    }
  }
  await recordStatuses(tx, [...changes.values()], now, parts);
  return { unmatched };
}

function statusOf({ outcome, errorCode }: DeliveryReport): Pick<StatusChange, 'status' | 'errorCode'> {
  return outcome === 'delivered'
    ? { status: 'delivered', errorCode: errorCodes.delivered.code }
    : { status: 'undelivered', errorCode: errorCode ?? errorCodes.unknown.code };
}

const leaseMs = 30_000;
const lookEveryMs = 1000;

/** Starts looking for the messages of reports that had none; a report that finds none in a minute or two is dropped. */
export function startMatching(parts: ReportParts): Worker {
  const { db, timers, inFlight, notifier, logger } = parts;
  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'matching reports failed'),
    async round() {
      const now = timers.now();
      const due = await claimReports(db, now, new Date(now.getTime() + leaseMs), maxBatch);
      if (due.reports.length === 0) return due.nextAt;
      await db.transaction(async (tx) => {
        const { unmatched } = await applyReports(tx, due.reports, now, parts);
        const given = unmatched.filter(({ attempts }) => attempts >= maxReportAttempts);
        const again = unmatched.filter(({ attempts }) => attempts < maxReportAttempts);
        for (const { carrier, names } of given) {
          logger.warn({ carrier, carrier_message_ids: names }, 'a report has no message');
        }
        const matched = due.reports.filter((report) => !unmatched.includes(report));
        deleteReports(tx, [...matched, ...given]);
        postponeReports(
          tx,
          again.map((report) => deferred(report, now)),
        );
      });
      return timers.now();
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

function deferred(report: WaitingReport, now: Date): WaitingReport {
  const attempts = report.attempts + 1;
  return { ...report, attempts, nextAt: new Date(now.getTime() + reportRetryMs(attempts)) };
}
