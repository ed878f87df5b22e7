// Delays before retries. Pure.

/** Seconds before each retry of a webhook that failed (wire-data-plane section 10). */
export const webhookRetrySeconds: readonly number[] = [60, 120, 240];

const firstSubmitRetryMs = 1000;
const maxSubmitRetryMs = 60_000;

/**
 * Returns the milliseconds before a submission is retried after its `attempts`-th failure: 1 s, doubled each time, at most a
 * minute.
 */
export function submitRetryMs(attempts: number): number {
  return Math.min(firstSubmitRetryMs * 2 ** (attempts - 1), maxSubmitRetryMs);
}

/** Returns the milliseconds before a report without a message is retried: 1, 2, 4, … s. It is dropped after `maxReportAttempts`. */
export function reportRetryMs(attempts: number): number {
  return 1000 * 2 ** (attempts - 1);
}

export const maxReportAttempts = 7;
