// How long to wait between a response and the next request for the same. Pure.

/** Returns the wait, given how long the last request took; milliseconds. */
export type Pause = (tookMs: number) => number;

export const shortPause: Pause = () => 300;

/** A busy account is asked no more often than this, but at a page's own pause where that is longer; milliseconds. */
const busyMs = 3000;

/** Returns a pause after so many rounds in a row in which something had changed: it doubles, so that quiet pages follow at once. */
export const lengthened = (pauseMs: number, rounds: number): number =>
  Math.max(pauseMs, Math.min(pauseMs * 2 ** rounds, busyMs));
