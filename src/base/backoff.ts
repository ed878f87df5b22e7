// How long to wait before something is tried again. Pure.

/** Seconds after which a customer's URL that did not answer is called again (wire-data-plane section 10). */
export const webhookRetrySeconds: readonly number[] = [60, 120, 240];

const firstSubmitRetryMs = 1000;
const maxSubmitRetryMs = 60_000;

/** Milliseconds until a submission that failed for the `attempts`-th time is tried again: 1 s, doubled each time, at most a minute. */
export function submitRetryMs(attempts: number): number {
  return Math.min(firstSubmitRetryMs * 2 ** (attempts - 1), maxSubmitRetryMs);
}

/** Milliseconds until a report without a message is looked at again: 1, 2, 4, … s. After `maxReportAttempts` it is dropped. */
export function reportRetryMs(attempts: number): number {
  return 1000 * 2 ** (attempts - 1);
}

export const maxReportAttempts = 7;
