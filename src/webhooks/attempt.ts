// One attempt at a call: its outcome, and the record of it that is stored. Pure.
import { webhookRetrySeconds } from '../base/backoff.ts';
import { storableText } from '../base/storable-text.ts';
import type { HttpAnswer, HttpResult } from './http/http-client.ts';
import type { LeasedWebhook } from './webhook.ts';

/** The record of an attempt (column `log`). */
export interface AttemptRecord {
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  readonly status: number | null;
  /** The reason why there was no response, or why the response does not count. */
  readonly error: string | null;
  /** The beginning of the response; null where there was none or where it may not be stored. */
  readonly answer: string | null;
  /** The beginning of the response's `Content-Type`; null where there was no response. */
  readonly contentType: string | null;
  /** Null where nothing was sent. */
  readonly nonce: string | null;
}

export interface Attempt {
  readonly call: LeasedWebhook;
  readonly outcome: 'delivered' | 'failed' | 'pending';
  /** When it is tried again; null unless it is pending. */
  readonly nextAt: Date | null;
  readonly endedAt: Date;
  readonly answer: HttpAnswer | undefined;
  /** Whether the host did not respond in time. */
  readonly hasTimedOut: boolean;
  readonly record: AttemptRecord;
}

/** How much of a response is stored, in UTF-16 code units. */
export const keptAnswerLength = 1024;
const keptTypeLength = 100;

/**
 * Returns the attempt with its outcome (wire-data-plane section 10): 2xx is a delivery; anything else is tried again 60, 120 and 240 s
 * after the attempt before, and has failed then. A response to a private call may quote it and is not stored.
 */
export function judgeAttempt(
  call: LeasedWebhook,
  sent: { readonly nonce: string | null; readonly startedAt: Date; readonly endedAt: Date },
  result: HttpResult,
): Attempt {
  const answer = 'answer' in result ? result.answer : undefined;
  const isDelivered = answer !== undefined && answer.status >= 200 && answer.status <= 299;
  const retrySeconds = isDelivered ? undefined : webhookRetrySeconds[call.attempts];
  const nextAt = retrySeconds === undefined ? null : new Date(sent.endedAt.getTime() + retrySeconds * 1000);
  return {
    call,
    outcome: isDelivered ? 'delivered' : nextAt === null ? 'failed' : 'pending',
    nextAt,
    endedAt: sent.endedAt,
    answer,
    hasTimedOut: 'error' in result && result.isTimeout,
    record: {
      at: sent.startedAt.toISOString(),
      durationMs: result.durationMs,
      status: answer?.status ?? null,
      error: 'error' in result ? storableText(result.error) : complaint(result.answer.status),
      answer:
        answer === undefined || call.isPrivate ? null : storableText(answer.body.slice(0, keptAnswerLength)),
      contentType: answer === undefined ? null : storableText(answer.contentType.slice(0, keptTypeLength)),
      nonce: sent.nonce,
    },
  };
}

/** Returns an attempt that did not deliver its call, tried again after these seconds instead of the usual ones. */
export function retriedAfter(attempt: Attempt, retrySeconds: readonly number[]): Attempt {
  const seconds = retrySeconds[attempt.call.attempts];
  const nextAt = seconds === undefined ? null : new Date(attempt.endedAt.getTime() + seconds * 1000);
  return { ...attempt, nextAt, outcome: nextAt === null ? 'failed' : 'pending' };
}

/** Returns a failed attempt for a call that is never made, because trying again would not help. */
export function refuseAttempt(call: LeasedWebhook, at: Date, error: string): Attempt {
  const record = {
    at: at.toISOString(),
    durationMs: 0,
    status: null,
    error,
    answer: null,
    contentType: null,
    nonce: null,
  };
  return {
    call,
    outcome: 'failed',
    nextAt: null,
    endedAt: at,
    answer: undefined,
    hasTimedOut: false,
    record,
  };
}

function complaint(status: number): string | null {
  if (status >= 200 && status <= 299) return null;
  return status >= 300 && status <= 399 ? 'redirects are not followed' : 'the answer is not 2xx';
}
