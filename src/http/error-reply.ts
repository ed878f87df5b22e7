// Turns errors into responses; the only place that does.
import { ApiError, NotNow } from '../base/errors.ts';
import { violatedConstraint } from '../db/constraint.ts';
import { DatabaseContended, DatabaseUnavailable } from '../db/unavailable.ts';

interface ErrorReply {
  readonly status: number;
  readonly body: { readonly error: string };
  readonly headers: Readonly<Record<string, string>>;
  /** True when the error is a fault of the server and belongs in the log. */
  readonly ours: boolean;
}

const againAfterSeconds = 1;

/**
 * Returns the response to a request that failed. The caller's errors are described in full; the server's only as such, with the
 * `api_id` that the request pipeline adds, to find them in the log.
 */
export function errorReply(error: unknown): ErrorReply {
  if (error instanceof ApiError) {
    return { status: error.status, body: { error: error.message }, headers: error.headers, ours: false };
  }
  if (error instanceof NotNow) return later(error.message);
  if (error instanceof DatabaseUnavailable) return later('the database is not available');
  if (error instanceof DatabaseContended) return later('too many changes at this moment; try again');
  if (violatedConstraint(error) !== undefined) {
    // Rules translate the violations that they expect; this is for others: something that was referred to was deleted at this
    // moment.
    const sentence = 'something that the request refers to changed at this moment; try again';
    return { status: 409, body: { error: sentence }, headers: {}, ours: true };
  }
  return { status: 500, body: { error: 'internal error' }, headers: {}, ours: true };
}

function later(sentence: string): ErrorReply {
  const headers = { 'Retry-After': String(againAfterSeconds) };
  return { status: 503, body: { error: sentence }, headers, ours: true };
}
