// How long to wait between a response and the next request for the same. Pure.

/** Returns the wait, given how long the last request took; milliseconds. */
export type Interval = (tookMs: number) => number;

export const shortInterval: Interval = () => 300;

/** Returns an interval of so many milliseconds, and longer for slow answers: computing them takes at most a tenth of the time. */
export const atLeast =
  (leastMs: number): Interval =>
  (tookMs) =>
    Math.max(leastMs, 10 * tookMs);

/** A busy account is asked no more often than this, but at a page's own interval where that is longer; milliseconds. */
const busyMs = 3000;

/** Returns an interval after so many rounds in a row in which something had changed: it doubles, so that quiet pages follow at once. */
export const lengthened = (intervalMs: number, rounds: number): number =>
  Math.max(intervalMs, Math.min(intervalMs * 2 ** rounds, busyMs));
