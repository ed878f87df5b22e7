// A carrier's report becomes a status; one that overtook our own bookkeeping is kept until its message is known.

import { reportRetryMs } from '../../base/backoff.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Timers } from '../../base/timers.ts';
import type { Tracer } from '../../base/tracer.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import { errorCodes } from '../error-codes.ts';
import { insertEvents, type MessageEvent } from './event-store.ts';
import { awaitParts, endAwaiting, notePartOutcomes, type PartOutcome } from './part-outcomes.ts';
import { recordStatuses, type StatusChange, type StatusParts } from './record-status.ts';
import { insertReports } from './report-store.ts';
import { type CarrierReport, findReported, type ReportedMessage } from './reported-message-store.ts';
import { settleReported } from './settle-taken.ts';
import { traceReports } from './trace-reports.ts';

/** The result of a report: its message was known, is looked for, was found later, or was never found. */
type ReportResult = 'matched' | 'waiting' | 'matched_late' | 'dropped';

export interface ReportParts extends StatusParts {
  readonly db: Db;
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
  /** Counts a report of a carrier. */
  readonly countReport: (carrier: string, result: ReportResult) => void;
}

/** The most reports that are written together: requests wait for as long as a batch keeps this process busy. */
const maxBatch = 100;
const batchesAtOnce = 2;
/** How long reports on the other parts of a message are waited for: some carriers report on the first one only. */
const awaitPartsMs = 3_600_000;

/** Makes the function that takes a carrier's report; it resolves once the report is durable. Reports that come together are written together. */
export function makeApplyReport(parts: ReportParts): (report: CarrierReport) => Promise<void> {
  const { db, timers, inFlight, notifier, newId, countReport } = parts;
  const write = batchWrites<CarrierReport, void>({
    batchesAtOnce,
    maxWeight: maxBatch,
    weigh: () => 1,
    // Its account is not known before its message is found.
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
        const isWaiting = new Set(unmatched);
        tx.afterCommit(() => {
          for (const report of reports)
            countReport(report.carrier, isWaiting.has(report) ? 'waiting' : 'matched');
          if (unmatched.length > 0) notifier.emit('reports');
        });
        return reports.map(() => undefined);
      }),
  });
  return (report) => inFlight.track(() => write(report));
}

/**
 * Applies the reports whose messages are known to have been submitted, and returns the others. A report on the whole message or on a part
 * that was not delivered decides; delivered parts count together. Of two decisions on one message the first counts.
 */
export async function applyReports<Report extends CarrierReport>(
  tx: Transaction,
  reports: readonly Report[],
  now: Date,
  parts: StatusParts & Pick<ReportParts, 'tracer'>,
): Promise<{ readonly unmatched: readonly Report[] }> {
  const found = await findReported(tx, reports);
  if (parts.tracer !== undefined) await traceReports(parts.tracer, tx, reports, found);
  const taken = await settleReported(tx, provenTaken(reports, found), now, parts);
  const changes = new Map<string, StatusChange>();
  const outcomes: (PartOutcome & { readonly at: Date })[] = [];
  const events: MessageEvent[] = [];
  const unmatched: Report[] = [];
  for (const [index, report] of reports.entries()) {
    const message = found[index];
    // The names of its first parts are known before the message is sent whole: its turn comes.
    if (message === undefined || (message.status === 'queued' && !taken.has(message.id))) {
      unmatched.push(report);
      continue;
    }
    const { id: messageId, part } = message;
    events.push(...eventsOf(messageId, report, part));
    if (report.outcome === 'progress') continue;
    const { carrier, outcome, at } = report;
    const isOnPart = part !== undefined && report.covers === 'part';
    if (isOnPart) outcomes.push({ messageId, carrier, name: part.name, outcome, at });
    if ((!isOnPart || outcome === 'undelivered') && !changes.has(messageId))
      changes.set(messageId, { messageId, at, ...statusOf(report) });
  }
  const counts = await notePartOutcomes(tx, outcomes);
  const awaited: string[] = [];
  for (const [messageId, { parts: total, delivered }] of counts) {
    if (changes.has(messageId)) continue;
    const moments = outcomes.filter((one) => one.messageId === messageId).map(({ at }) => at.getTime());
    if (delivered < total) awaited.push(messageId);
    else changes.set(messageId, { messageId, at: new Date(Math.max(...moments)), ...deliveredStatus });
  }
  await recordStatuses(tx, [...changes.values()], now, parts);
  insertEvents(tx, events);
  awaitParts(tx, awaited, new Date(now.getTime() + awaitPartsMs));
  if (awaited.length > 0) tx.afterCommit(() => parts.notifier.emit('reports'));
  endAwaiting(
    tx,
    [...counts.keys()].filter((messageId) => changes.has(messageId)),
  );
  return { unmatched };
}

/** Returns the messages without a known end that reports by our own reference prove to be with the carrier. */
const provenTaken = (
  reports: readonly CarrierReport[],
  found: readonly (ReportedMessage | undefined)[],
): ReportedMessage[] =>
  found.filter(
    (message, index): message is ReportedMessage =>
      message?.status === 'queued' && reports[index]?.reference !== undefined,
  );

/** Returns what the history keeps of a report: the carrier's own words, unless all is well. */
function eventsOf(messageId: string, report: CarrierReport, part: ReportedMessage['part']): MessageEvent[] {
  const { detail, outcome, at } = report;
  if (detail === undefined || outcome === 'delivered') return [];
  const said = part === undefined ? detail : `part ${part.number}: ${detail}`;
  return [{ messageId, at, event: 'report', detail: `the carrier said ${said}` }];
}

/** The status of what was delivered. */
export const deliveredStatus = { status: 'delivered', errorCode: errorCodes.delivered.code } as const;

function statusOf({ outcome, errorCode }: CarrierReport): Pick<StatusChange, 'status' | 'errorCode'> {
  return outcome === 'delivered'
    ? deliveredStatus
    : { status: 'undelivered', errorCode: errorCode ?? errorCodes.unknown.code };
}
