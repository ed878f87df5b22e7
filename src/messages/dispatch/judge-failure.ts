// The result of an attempt that failed, or that is not made: the job is submitted again later, or has failed for good. Pure.
import { submitRetryMs } from '../../base/backoff.ts';
import { SubmitError, submitFailures } from '../../carriers/submit-error.ts';
import { errorCodes } from '../error-codes.ts';
import type { Mark } from '../outbox/mark-store.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { Miss } from './held-queue.ts';
import type { Outcome } from './record-results.ts';

/** How often a job is tried whose attempts keep having no known end. */
const maxUnknownAttempts = 5;
/** How often a job is refused for now, for what may be its own fault, before it has failed: its sender queue waits for a quarter of a minute. */
const maxRefusals = 5;
/** A carrier's own word on when to try again is believed within these bounds: neither in a loop, nor long after it is back. */
const minRetryMs = 1000;
const maxRetryMs = 300_000;

/** The attempt that failed. */
interface FailedAttempt {
  readonly job: Job;
  readonly carrier: string;
  /** When the failure was known. */
  readonly now: Date;
  /** Until when the number is busy with it. */
  readonly pacedUntil: Date;
}

/**
 * Returns the result of a failed attempt (carriers.md section 4.4). Anything but a `SubmitError` is a fault of ours. After a failure of the
 * link the job is submitted again until its message expires, or until five attempts have no known end; after one that may be the
 * message's own, five times; after no response, once more (semantics section 10).
 */
export function judgeFailure({ job, carrier, now, pacedUntil }: FailedAttempt, error: unknown): Outcome {
  const failure = error instanceof SubmitError ? error.failure : 'unknown';
  const given = error instanceof SubmitError ? error.taken : undefined;
  const reason = `${failure}: ${error instanceof Error ? error.message : String(error)}`;
  const { retryable, ofLink, outcomeUnknown, errorCode } = submitFailures[failure];
  const taken = given === undefined ? undefined : { ...given, carrier };
  const refusals = job.refusals + (ofLink ? 0 : 1);
  const unknownAttempts = job.unknownAttempts + (outcomeUnknown ? 1 : 0);
  const isAskedEnough = outcomeUnknown && unknownAttempts >= (ofLink ? maxUnknownAttempts : 2);
  if (!retryable || refusals >= maxRefusals || isAskedEnough) {
    return { kind: 'failed', at: now, errorCode, reason, taken, pacedUntil };
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
    isOutcomeUnknown: outcomeUnknown,
    unknownAttempts,
    carrier,
    taken,
    pacedUntil,
    reason,
  };
}

/** Returns the result of a job that goes to no carrier. What was perhaps submitted has not simply expired. */
export function missedOutcome({ isOutcomeUnknown }: Job, missed: Miss, at: Date): Outcome {
  switch (missed) {
    case 'quiet':
      return { kind: 'postponed', at };
    case 'departed':
      return failed(errorCodes.invalidSource.code, at, 'its sender has left the account');
    case 'unrouted':
      return failed(errorCodes.noRoute.code, at, 'no route leads its sender to a carrier');
    case 'gone':
      return failed(errorCodes.notDispatched.code, at, 'its carrier is gone');
    case 'expired':
      return isOutcomeUnknown
        ? failed(
            errorCodes.notDispatched.code,
            at,
            'an attempt has no known end, and it waited longer than it may',
          )
        : failed(errorCodes.expired.code, at, 'it waited longer than it may');
  }
}

/**
 * Returns the result of a marked job that must not go to its carrier; `undefined` if it may. A sender that has left its account, or an
 * opt-out of its destination, is known only once it is marked.
 */
export function barredOutcome(job: Job, { isOwn, isOptedOut }: Mark, at: Date): Outcome | undefined {
  if (job.unknownAttempts >= maxUnknownAttempts) {
    return failed(errorCodes.notDispatched.code, at, `${job.unknownAttempts} attempts have no known end`);
  }
  if (!isOwn) return missedOutcome(job, 'departed', at);
  if (isOptedOut) return failed(errorCodes.blockedByStop.code, at, 'its destination has opted out');
  return undefined;
}

/** Returns a failure that came before any carrier was asked. */
const failed = (errorCode: number, at: Date, reason: string): Outcome => ({
  kind: 'failed',
  at,
  errorCode,
  reason,
  taken: undefined,
  pacedUntil: undefined,
});
