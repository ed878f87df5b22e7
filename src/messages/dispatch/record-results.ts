// Results of submissions, recorded together: statuses, the carrier's names, the outbox, the history.
import type { Timers } from '../../base/timers.ts';
import type { Taken } from '../../carriers/carrier.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import { type CarrierMessage, insertCarrierMessages, namesOf } from '../outbox/carrier-message-store.ts';
import { findLeaseLost } from '../outbox/mark-store.ts';
import {
  type DeferredJob,
  deferJobs,
  deleteJobs,
  type FinishedJob,
  type Job,
} from '../outbox/outbox-store.ts';
import { insertScheduled, type ScheduledMessage } from '../outbox/schedule-store.ts';
import { insertEvents, type MessageEvent } from '../report/event-store.ts';
import { recordStatuses, type StatusChange, type StatusParts } from '../report/record-status.ts';
import { noteUnknownAttempts, type UnknownAttempt } from '../report/unknown-attempt-store.ts';

/** Parts of a message and the carrier that has them. */
interface TakenBy extends Taken {
  readonly carrier: string;
}

/** How one attempt ended. */
export type Outcome =
  | {
      readonly kind: 'sent';
      readonly at: Date;
      readonly taken: TakenBy;
      /** Until when the number is busy with it. */
      readonly pacedUntil: Date;
    }
  | {
      readonly kind: 'failed';
      readonly at: Date;
      readonly errorCode: number;
      /** For the history. */
      readonly reason: string;
      /** Parts that were handed over all the same. */
      readonly taken: TakenBy | undefined;
      readonly pacedUntil: Date | undefined;
    }
  | {
      readonly kind: 'deferred';
      readonly at: Date;
      readonly dueAt: Date;
      /** How often it has been refused now for what may be its own fault. */
      readonly refusals: number;
      /** Whether the carrier may have taken it all the same. */
      readonly isOutcomeUnknown: boolean;
      /** How many attempts have no known end by now. */
      readonly unknownAttempts: number;
      readonly carrier: string;
      /** Parts that were handed over for certain in this attempt. */
      readonly taken: TakenBy | undefined;
      readonly pacedUntil: Date;
      readonly reason: string;
    }
  | {
      /** Quiet hours of its recipient have begun: it waits until they end. */
      readonly kind: 'postponed';
      readonly at: Date;
    };

export interface RecordResultParts extends StatusParts {
  readonly db: Db;
  readonly timers: Pick<Timers, 'now'>;
}

interface Ended {
  readonly job: Job;
  readonly outcome: Outcome;
}

/** The most ends that are written together: requests wait for as long as a batch keeps this process busy. */
const maxBatch = 100;
const batchesAtOnce = 2;

/** Makes the function that records how an attempt ended; resolves once that is durable. What ends together is written together. */
export function makeRecordResult(parts: RecordResultParts): (ended: Ended) => Promise<void> {
  const { db, timers } = parts;
  return batchWrites<Ended, void>({
    batchesAtOnce,
    maxWeight: maxBatch,
    weigh: () => 1,
    ownerOf: ({ job }) => job.accountId,
    write: (batch) =>
      db.transaction(async (tx) => {
        await recordResult(tx, batch, timers.now(), parts);
        return batch.map(() => undefined);
      }),
  });
}

async function recordResult(
  tx: Transaction,
  batch: readonly Ended[],
  now: Date,
  parts: StatusParts,
): Promise<void> {
  const changes: StatusChange[] = [];
  const finished: FinishedJob[] = [];
  const pacedUntil = new Map<string, Date>();
  const submitted: CarrierMessage[] = [];
  const deferred: DeferredJob[] = [];
  const events: MessageEvent[] = [];
  const unknown: UnknownAttempt[] = [];
  const postponed: ScheduledMessage[] = [];
  const unsent = batch.flatMap(({ job, outcome }) => (outcome.kind === 'sent' ? [] : [job]));
  const lost = await findLeaseLost(tx, unsent);

  for (const { job, outcome } of batch) {
    const { messageId, queue, position } = job;
    // The process that has leased its sender queue since records its result, and may have submitted it already.
    if (lost.has(messageId)) continue;
    if (job.isOutcomeUnknown) events.push({ messageId, at: outcome.at, ...eventOfUnknown(job, outcome) });
    const isUnknown = job.isOutcomeUnknown || (outcome.kind === 'deferred' && outcome.isOutcomeUnknown);
    if (isUnknown) unknown.push(...unknownAttempt(job, outcome));
    switch (outcome.kind) {
      case 'sent': {
        const { taken, at } = outcome;
        changes.push({ messageId, status: 'sent', at, carrier: taken.carrier });
        submitted.push(...namesOf(messageId, taken, at));
        finished.push({ queue, position, isUnsent: false });
        pacedUntil.set(queue, later(pacedUntil.get(queue), outcome.pacedUntil));
        break;
      }
      case 'failed':
        changes.push({ messageId, status: 'failed', errorCode: outcome.errorCode, at: outcome.at });
        events.push({ messageId, at: outcome.at, event: 'failed', detail: reasonOf(job, outcome) });
        submitted.push(...namesOf(messageId, outcome.taken, outcome.at));
        finished.push({ queue, position, isUnsent: outcome.pacedUntil === undefined });
        if (outcome.pacedUntil !== undefined)
          pacedUntil.set(queue, later(pacedUntil.get(queue), outcome.pacedUntil));
        break;
      case 'deferred': {
        const { dueAt, isOutcomeUnknown, unknownAttempts } = outcome;
        const partsTaken = takenSoFar(job, outcome.taken);
        deferred.push({ queue, position, dueAt, isOutcomeUnknown, unknownAttempts, partsTaken });
        pacedUntil.set(queue, later(pacedUntil.get(queue), outcome.pacedUntil));
        events.push({ messageId, at: outcome.at, event: 'deferred', detail: reasonOf(job, outcome) });
        submitted.push(...namesOf(messageId, outcome.taken, outcome.at));
        break;
      }
      case 'postponed':
        postponed.push({ messageId, accountId: job.accountId, sendAt: outcome.at, reason: 'quiet_hours' });
        finished.push({ queue, position, isUnsent: true });
        break;
      default:
        outcome satisfies never;
    }
  }
  await recordStatuses(tx, changes, now, parts);
  insertCarrierMessages(tx, submitted);
  insertEvents(tx, events);
  insertScheduled(tx, postponed);
  if (postponed.length > 0) tx.afterCommit(() => parts.notifier.emit('schedule'));
  noteUnknownAttempts(tx, unknown);
  deferJobs(tx, deferred, pacedUntil);
  deleteJobs(tx, finished, pacedUntil, now);
}

const takenSoFar = ({ partsTaken }: Job, taken: Taken | undefined): number =>
  partsTaken + (taken?.parts.length ?? 0);

/** Returns a reason with the parts that the carrier has in spite of it. */
function reasonOf(job: Job, { reason, taken }: Extract<Outcome, { kind: 'failed' | 'deferred' }>): string {
  const parts = takenSoFar(job, taken);
  if (parts === 0) return reason;
  const total = taken === undefined ? '' : ` of ${taken.totalParts}`;
  return `${reason} (partial: ${parts}${total} parts were taken)`;
}

/** Returns the event that the history keeps of an attempt before this one whose end is not known. */
function eventOfUnknown(job: Job, outcome: Outcome): Pick<MessageEvent, 'event' | 'detail'> {
  const wasSubmitted = outcome.kind !== 'failed' || outcome.pacedUntil !== undefined;
  return wasSubmitted
    ? {
        event: 'repeated',
        detail: `attempt ${job.attempts + 1}: the one before it has no known end, so the carrier may have taken the message twice`,
      }
    : { event: 'doubtful', detail: 'an attempt has no known end: the carrier may have taken the message' };
}

/** Returns the attempt whose end is not known, by the carrier that it went to. */
function unknownAttempt(job: Job, outcome: Outcome): readonly UnknownAttempt[] {
  const carrier = job.isOutcomeUnknown || outcome.kind !== 'deferred' ? job.carrier : outcome.carrier;
  const { messageId, sender, destination } = job;
  return carrier === undefined ? [] : [{ messageId, carrier, sender, destination, at: outcome.at }];
}

const later = (a: Date | undefined, b: Date): Date => (a === undefined || b > a ? b : a);
