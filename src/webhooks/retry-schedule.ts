// Retry schedules that customers choose: seconds before each retry of a call. Pure.

/** Retry schedules are bounded: a call is kept for seven days, and fails after six without an attempt. */
export const maxRetries = 10;
export const maxRetrySeconds = 86_400;
const maxTotalSeconds = 5 * 86_400;

/** Returns what is wrong with a schedule, as a sentence behind the name of the parameter; `undefined` if nothing is. */
export const problemOfRetries = (seconds: readonly number[]): string | undefined =>
  seconds.reduce((sum, one) => sum + one, 0) > maxTotalSeconds
    ? 'must be at most five days together'
    : undefined;
