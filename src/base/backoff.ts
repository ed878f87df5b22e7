// Delays before retries. Pure.

/** More doublings make no difference: every longest delay is shorter. */
const maxDoublings = 30;

/** Returns the delay after the `failures`-th failure in a row: the first one, doubled each time, at most `longestMs`. */
export function doubledDelayMs(firstMs: number, failures: number, longestMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(failures - 1, maxDoublings), longestMs);
}

/** Seconds before each retry of a webhook that failed (wire-data-plane section 10). */
export const webhookRetrySeconds: readonly number[] = [60, 120, 240];

const firstSubmitRetryMs = 1000;
const maxSubmitRetryMs = 60_000;

/**
 * Returns the milliseconds before a submission is retried after its `attempts`-th failure: 1 s, doubled each time, at most a
 * minute.
 */
export function submitRetryMs(attempts: number): number {
  return doubledDelayMs(firstSubmitRetryMs, attempts, maxSubmitRetryMs);
}

const firstReportRetryMs = 1000;
const longestQuickRetryMs = 64_000;
const slowReportRetryMs = 600_000;
const reportHours = 24;

/** Returns the milliseconds before a report without a message is retried: 1, 2, 4, … 64 s, then 10 min. */
export function reportRetryMs(attempts: number): number {
  const quickMs = firstReportRetryMs * 2 ** (attempts - 1);
  return quickMs <= longestQuickRetryMs ? quickMs : slowReportRetryMs;
}

/** Attempts after which a report without a message is dropped: a day's worth. */
export const maxReportAttempts = 7 + (reportHours * 3_600_000) / slowReportRetryMs;
