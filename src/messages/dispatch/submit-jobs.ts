// Submitting: marks jobs, hands them to their carriers, and sees to it that what came of each is recorded.

import { type Timers, waitFor } from '../../base/timers.ts';
import type { Tracer } from '../../base/tracer.ts';
import type { Carrier, Submission, Taken } from '../../carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../carriers/submit-error.ts';
import type { Db } from '../../db/db.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import { mediaOfMessages } from '../../media/message-media-store.ts';
import { errorCodes } from '../error-codes.ts';
import { findSettled, type Mark, markJobs } from '../outbox/mark-store.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { CarrierRoom, ReservedRoom } from './carrier-room.ts';
import type { DueJob, HeldQueue } from './held-queue.ts';
import { failed, judgeFailure, maxUnknownAttempts, missedOutcome } from './judge-failure.ts';
import { makeRecordResult, type Outcome, type RecordResultParts } from './record-results.ts';
import { submissionOf } from './submission.ts';

/** A carrier that does not answer for so long has perhaps taken the message. Carriers give up earlier by themselves. */
const submitTimeoutMs = 30_000;

/** How long to wait before what came of a submission is written once more, milliseconds; a minute in all. */
const recordRetriesMs = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

const noMedia: Awaited<ReturnType<typeof mediaOfMessages>> = new Map();

export interface SubmitParts extends RecordResultParts {
  readonly db: Db;
  readonly room: Pick<CarrierRoom, 'pause' | 'endPause'>;
  /** Of send slots and reports. */
  readonly timers: Timers;
  /** The machine's own, which no simulation turns: the carrier's answer and the database are waited for by these. */
  readonly realTimers: Timers;
  readonly holder: string;
  /** How carriers reach this server, to fetch media; without a slash at the end. */
  readonly publicUrl: string;
  /** Told how late after its send slot each message went to the carrier, in milliseconds. */
  readonly countSubmission: (latenessMs: number) => void;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
}

/** A job that was taken out of its sender queue. */
export interface TakenJob extends DueJob {
  readonly queue: HeldQueue;
}

/** A job that has room at a carrier. */
interface LiveJob extends TakenJob {
  readonly passage: ReservedRoom;
}

/** Functions that are called as jobs go on. */
export interface Progress {
  /** The database has been asked whether the jobs may go, and has answered or failed: others may be taken. */
  readonly onMarked: () => void;
  /** Sender queues may go on. */
  readonly onEnd: () => void;
  /** Sender queues whose state in memory may be wrong now: they have to be leased anew. */
  readonly onLeaseLost: (queues: readonly HeldQueue[], error: unknown) => void;
}

/** Submits jobs; resolves once all of them have come to an end that is durable, or their sender queues are lost. */
export type Submit = (jobs: readonly TakenJob[], progress: Progress) => Promise<void>;

/** Makes the function that submits. */
export function makeSubmit(parts: SubmitParts): Submit {
  const { db, room, timers, realTimers, holder, publicUrl } = parts;
  const recordResult = makeRecordResult(parts);

  /** Records the result of a job, also where the database is away for a moment: a message that the carrier has taken must not be lost. */
  async function recordSurely(job: Job, outcome: Outcome): Promise<void> {
    for (const retryMs of recordRetriesMs) {
      try {
        return await recordResult({ job, outcome });
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
        await waitFor(realTimers, retryMs);
      }
    }
    await recordResult({ job, outcome });
  }

  /** Records how a job ended and lets its sender queue go on. */
  async function end({ queue, job }: TakenJob, outcome: Outcome): Promise<void> {
    await recordSurely(job, outcome);
    if (outcome.kind !== 'deferred') return queue.finished(job);
    const { dueAt, refusals, isOutcomeUnknown, unknownAttempts, carrier, taken } = outcome;
    const partsTaken = job.partsTaken + (taken?.parts.length ?? 0);
    const progress = { refusals, isOutcomeUnknown, unknownAttempts, carrier, partsTaken };
    queue.retry(job, { ...job, dueAt, attempts: job.attempts + 1, ...progress }, dueAt.getTime());
  }

  /** @param onGone called once what is behind the job in its sender queue has its turn. */
  async function submitOne(live: LiveJob, mediaUrls: readonly string[], onGone: () => void): Promise<void> {
    const { queue, job, passage } = live;
    const { carrier } = passage;
    let at = timers.now();
    let pacedUntil = at;
    let isOnWay = false;
    const onWay = () => {
      if (isOnWay) return;
      isOnWay = true;
      at = timers.now();
      pacedUntil = new Date(queue.submittedAt(job, at.getTime()));
      parts.countSubmission(Math.max(at.getTime() - job.dueAt.getTime(), 0));
      onGone();
    };
    passage.handOver();
    const span = parts.tracer?.start('submit message', 'client', job.trace, {
      'rucksack.message_uuid': job.messageId,
      'rucksack.carrier': carrier.name,
      'rucksack.attempt': job.attempts + 1,
    });
    const outcome = await call(carrier, submissionOf(job, mediaUrls), onWay).then(
      (taken): Outcome => {
        // What a carrier has taken has left, whether it said so or not.
        onWay();
        return { kind: 'sent', at, taken: { ...taken, carrier: carrier.name }, pacedUntil };
      },
      (error: unknown) => {
        const isRefusal = error instanceof SubmitError && deniesAll.has(error.failure);
        if (isRefusal) room.pause(carrier);
        return judgeFailure({ job, carrier: carrier.name, now: timers.now(), pacedUntil }, error);
      },
    );
    passage.answered();
    span?.end({ 'rucksack.outcome': outcome.kind }, 'reason' in outcome ? outcome.reason : undefined);
    if (outcome.kind === 'sent') room.endPause(carrier);
    await end(live, outcome);
  }

  /** Returns the carrier's answer, or the failure to answer in time. */
  function call(carrier: Carrier, submission: Submission, onWay: () => void): Promise<Taken> {
    return new Promise((resolve, reject) => {
      const deadline = new Date(realTimers.now().getTime() + submitTimeoutMs);
      const cancel = realTimers.at(deadline, () =>
        reject(new SubmitError('unanswered', `no answer within ${submitTimeoutMs / 1000} s`)),
      );
      carrier.submit(submission, onWay).then(resolve, reject).finally(cancel);
    });
  }

  async function submitMarked(
    live: LiveJob,
    mark: Mark | 'settled' | undefined,
    mediaUrls: readonly string[],
    onGone: () => void,
  ): Promise<void> {
    const { queue, job } = live;
    if (mark === undefined) throw new Error('The sender queue was taken over by another process.');
    // The carrier's answer to an attempt that had been given up has come meanwhile, or a request has cancelled it.
    if (mark === 'settled') {
      queue.withdrawn(job);
      return queue.finished(job);
    }
    const now = timers.now();
    if (job.unknownAttempts >= maxUnknownAttempts) {
      const reason = `${job.unknownAttempts} attempts have no known end`;
      queue.withdrawn(job);
      return end(live, failed(errorCodes.notDispatched.code, now, reason));
    }
    queue.departed(mark.departedUpTo);
    if (!mark.isOwn) {
      queue.withdrawn(job);
      return end(live, missedOutcome(job, 'departed', now));
    }
    if (mark.isOptedOut) {
      queue.withdrawn(job);
      return end(live, failed(errorCodes.blockedByStop.code, now, 'its destination has opted out'));
    }
    return submitOne(live, mediaUrls, onGone);
  }

  /** Stores the carriers of jobs as marks, and returns the marks; jobs that were settled without this process are `settled`. */
  async function markAll(live: readonly LiveJob[]): Promise<ReadonlyMap<string, Mark | 'settled'>> {
    const marks = await markJobs(
      db,
      holder,
      live.map(({ job, passage }) => ({ ...job, carrier: passage.carrier.name })),
      timers.now(),
    );
    const unmarked = live.flatMap(({ job }) => (marks.has(job.messageId) ? [] : [job]));
    if (unmarked.length === 0) return marks;
    const settled = await findSettled(db, holder, unmarked);
    return new Map<string, Mark | 'settled'>([
      ...marks,
      ...settled.map((messageId) => [messageId, 'settled'] as const),
    ]);
  }

  return async (jobs, { onMarked, onEnd, onLeaseLost }) => {
    const follow = (taken: TakenJob, work: Promise<void>) =>
      work.catch((error: unknown) => onLeaseLost([taken.queue], error)).then(onEnd);
    const ending = jobs.flatMap((taken) =>
      typeof taken.passage === 'string'
        ? [follow(taken, end(taken, missedOutcome(taken.job, taken.passage, timers.now())))]
        : [],
    );

    const live = jobs.filter((taken): taken is LiveJob => typeof taken.passage === 'object');
    const pictures = live.filter(({ job }) => job.service === 'mms').map(({ job }) => job.messageId);
    const [marks, media] = await Promise.all([
      markAll(live),
      pictures.length === 0 ? noMedia : mediaOfMessages(db, publicUrl, pictures),
    ])
      .catch((error: unknown) => {
        for (const { passage } of live) passage.end();
        throw error;
      })
      .finally(onMarked);
    const submitting = live.map((one) => {
      const { messageId } = one.job;
      const mediaUrls = (media.get(messageId) ?? []).map(({ url }) => url);
      const work = submitMarked(one, marks.get(messageId), mediaUrls, onEnd).finally(one.passage.end);
      return follow(one, work);
    });
    // These are on their way: the jobs behind them may go.
    onEnd();
    await Promise.all([...ending, ...submitting]);
  };
}

/** Failures after which a carrier takes no message at all until its operator or ours has acted. */
const deniesAll: ReadonlySet<SubmitFailure> = new Set(['misconfigured', 'noCredit']);
