// Submitting: marks jobs, hands them to the carrier, and sees to it that what came of each is recorded.

import { submitRetryMs } from '../../base/backoff.ts';
import type { Timers } from '../../base/timers.ts';
import type { Carrier, Submission, Taken } from '../../carriers/carrier.ts';
import { SubmitError, submitFailures } from '../../carriers/submit-error.ts';
import type { Db } from '../../db/db.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import { mediaOfMessages } from '../../media/message-media-store.ts';
import { errorCodes } from '../error-codes.ts';
import { type Job, type Mark, markJobs } from '../outbox/outbox-store.ts';
import type { HeldQueue, Miss } from './held-queue.ts';
import { makeRecordResult, type Outcome, type RecordResultParts } from './record-results.ts';
import { submissionOf } from './submission.ts';

/** A carrier that does not answer for so long has perhaps taken the message. */
const submitTimeoutMs = 30_000;

/** How often a job is tried whose attempts keep having no known end. */
const maxUnknownAttempts = 5;
/** How often a job is refused for now, for what may be its own fault, before it has failed: its sender queue waits for a quarter of a minute. */
const maxRefusals = 5;
/** When a carrier says when to try again, it is believed within these bounds: neither in a loop, nor long after it is back. */
const minRetryMs = 1000;
const maxRetryMs = 300_000;
/** How long to wait before what came of a submission is written once more, milliseconds; a minute in all. */
const recordRetriesMs = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

const noMedia: Awaited<ReturnType<typeof mediaOfMessages>> = new Map();

export interface SubmitParts extends RecordResultParts {
  readonly db: Db;
  readonly carrier: Carrier;
  /** Of send slots and reports. */
  readonly timers: Timers;
  /** The machine's own, which no simulation turns: the carrier's answer and the database are waited for by these. */
  readonly realTimers: Timers;
  readonly holder: string;
  /** How carriers reach this server, to fetch media; without a slash at the end. */
  readonly publicUrl: string;
  /** Told how late after its send slot each message went to the carrier, in milliseconds. */
  readonly countSubmission: (latenessMs: number) => void;
}

/** A job that was taken out of its sender queue. */
export interface TakenJob {
  readonly queue: HeldQueue;
  readonly job: Job;
  /** Set where it is not to go to the carrier. */
  readonly missed: Miss | undefined;
}

/** Told how jobs go on. */
export interface Progress {
  /** The database has been asked whether the jobs may go, and has answered or failed: others may be taken. */
  readonly onMarked: () => void;
  /** Sender queues may go on. */
  readonly onEnd: () => void;
  /** What is known here of a sender queue may be wrong now: it has to be taken anew. */
  readonly onLeaseLost: (queues: readonly HeldQueue[], error: unknown) => void;
}

/** Submits jobs; resolves once all of them have come to an end that is durable, or their sender queues are lost. */
export type Submit = (jobs: readonly TakenJob[], progress: Progress) => Promise<void>;

/** Makes the function that submits. */
export function makeSubmit(parts: SubmitParts): Submit {
  const { db, carrier, timers, realTimers, holder, publicUrl } = parts;
  const recordResult = makeRecordResult(parts);

  /** Writes what came of a job. What the carrier has taken must not be forgotten because the database was away for a moment. */
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
    queue.retry(
      job,
      {
        ...job,
        dueAt: outcome.dueAt,
        attempts: job.attempts + 1,
        refusals: outcome.refusals,
        isOutcomeUnknown: outcome.isOutcomeUnknown,
      },
      outcome.dueAt.getTime(),
    );
  }

  async function submitOne(taken: TakenJob, mediaUrls: readonly string[]): Promise<void> {
    const { queue, job } = taken;
    const at = timers.now();
    const pacedUntil = new Date(queue.submittedAt(job, at.getTime()));
    parts.countSubmission(at.getTime() - job.dueAt.getTime());
    const outcome = await call(submissionOf(job, mediaUrls)).then(
      ({ parts: takenParts }): Outcome => ({
        kind: 'sent',
        at,
        carrier: carrier.name,
        parts: takenParts,
        pacedUntil,
      }),
      (error: unknown) => judgeFailure(job, error, timers.now(), pacedUntil),
    );
    await end(taken, outcome);
  }

  /** The carrier's answer, or the failure to answer in time. */
  function call(submission: Submission): Promise<Taken> {
    return new Promise((resolve, reject) => {
      const deadline = new Date(realTimers.now().getTime() + submitTimeoutMs);
      const cancel = realTimers.at(deadline, () =>
        reject(new SubmitError('unanswered', `no answer within ${submitTimeoutMs / 1000} s`)),
      );
      carrier.submit(submission).then(resolve, reject).finally(cancel);
    });
  }

  async function submitMarked(
    taken: TakenJob,
    mark: Mark | undefined,
    mediaUrls: readonly string[],
  ): Promise<void> {
    if (mark === undefined) throw new Error('The sender queue was taken over by another process.');
    const { isOutcomeUnknown, attempts } = taken.job;
    if (isOutcomeUnknown && attempts >= maxUnknownAttempts) {
      const reason = `${attempts} attempts have no known end`;
      return end(taken, failed(errorCodes.notDispatched.code, timers.now(), reason));
    }
    taken.queue.departed(mark.departedUpTo);
    if (!mark.isOwn) return end(taken, departure(timers.now()));
    if (mark.isOptedOut) {
      return end(taken, failed(errorCodes.blockedByStop.code, timers.now(), 'its destination has opted out'));
    }
    return submitOne(taken, mediaUrls);
  }

  return async (jobs, { onMarked, onEnd, onLeaseLost }) => {
    const follow = (taken: TakenJob, work: Promise<void>) =>
      work.catch((error: unknown) => onLeaseLost([taken.queue], error)).then(onEnd);
    const ending = jobs.flatMap((taken) =>
      taken.missed === undefined
        ? []
        : [follow(taken, end(taken, endOf(taken.job, taken.missed, timers.now())))],
    );

    const live = jobs.filter(({ missed }) => missed === undefined);
    const pictures = live.filter(({ job }) => job.service === 'mms').map(({ job }) => job.messageId);
    const [marks, media] = await Promise.all([
      markJobs(
        db,
        holder,
        live.map(({ job }) => job),
        timers.now(),
      ),
      pictures.length === 0 ? noMedia : mediaOfMessages(db, publicUrl, pictures),
    ]).finally(onMarked);
    const submitting = live.map((taken) => {
      const { messageId } = taken.job;
      const mediaUrls = (media.get(messageId) ?? []).map(({ url }) => url);
      return follow(taken, submitMarked(taken, marks.get(messageId), mediaUrls));
    });
    // They have gone: what is behind them has its turn.
    onEnd();
    await Promise.all([...ending, ...submitting]);
  };
}

const failed = (errorCode: number, at: Date, reason: string): Outcome => ({
  kind: 'failed',
  at,
  errorCode,
  reason,
  pacedUntil: undefined,
});

const departure = (at: Date): Outcome =>
  failed(errorCodes.invalidSource.code, at, 'its number has left the account');

const endOf = (job: Job, missed: Miss, at: Date): Outcome =>
  missed === 'departed' ? departure(at) : expiryOf(job, at);

/** What was perhaps submitted has not simply expired. */
const expiryOf = ({ isOutcomeUnknown }: Job, at: Date): Outcome =>
  isOutcomeUnknown
    ? failed(
        errorCodes.notDispatched.code,
        at,
        'an attempt has no known end, and it waited longer than it may',
      )
    : failed(errorCodes.expired.code, at, 'it waited longer than it may');

const waitFor = (timers: Timers, durationMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.at(new Date(timers.now().getTime() + durationMs), resolve);
  });

/** What a failure means for its job (house.md 3.9): again later, or the end. Anything but a `SubmitError` is a fault of ours. */
function judgeFailure(job: Job, error: unknown, now: Date, pacedUntil: Date): Outcome {
  const failure = error instanceof SubmitError ? error.failure : 'unknown';
  const reason = `${failure}: ${error instanceof Error ? error.message : String(error)}`;
  const { retryable, ofLink, doubtful, errorCode } = submitFailures[failure];
  const refusals = job.refusals + (ofLink ? 0 : 1);
  // What has no known end is tried once more (semantics section 10), not until it expires.
  if (!retryable || refusals >= maxRefusals || (doubtful && job.isOutcomeUnknown)) {
    return { kind: 'failed', at: now, errorCode, reason, pacedUntil };
  }
  const wantedMs = error instanceof SubmitError ? error.retryAfterMs : undefined;
  const afterMs =
    wantedMs === undefined
      ? submitRetryMs(job.attempts + 1)
      : Math.min(Math.max(wantedMs, minRetryMs), maxRetryMs);
  return {
    kind: 'deferred',
    at: now,
    dueAt: new Date(now.getTime() + afterMs),
    refusals,
    isOutcomeUnknown: doubtful,
    reason,
  };
}
