// How much of what is shared one account or one callback host may have. Pure.

/** The most calls that are fetched at once. */
export const maxFetchedAtOnce = 200;
/** The most calls under way at once, in all. One account alone may have 500. */
export const maxCallsAtOnce = 555;
/**
 * The most calls that a process holds, from their lease until their result is recorded. One account alone may have 10,000: a burst of
 * messages that is faster than its receiver is then still stored leased, which saves the database a look and a write for each call.
 */
export const maxHeld = 11_111;
/** Calls to one host are fetched until so many wait or are under way. One account alone may have 100: enough until the next fetch. */
export const maxHeldPerHost = 111;
/** The same for the calls of one account to one host. */
export const maxHeldPerFlow = 100;
/** The same for an unresponsive host, of all accounts. */
export const maxHeldPerUnresponsive = 2;
/** The same for all unresponsive hosts together. */
export const maxHeldForUnresponsive = 200;

/** An account may have so many times the amount that it leaves free for others. */
const timesFree = 9;
/** One host may have one of so many parts of what its account may have. */
const partsOfFree = 20;

/** Returns how many more an account may have of something shared, where it has `own` and `free` are left. */
export const roomFor = (own: number, free: number): number =>
  Math.max(0, Math.ceil((timesFree * free - own) / (timesFree + 1)));

/**
 * Returns the most that one host may have, which shrinks with what is free: a few hosts that keep what they have do not fill it all, and the
 * last slots, as many as there are parts, go to hosts that have none.
 */
export const fairShare = (free: number, most: number, parts = partsOfFree): number =>
  Math.min(most, Math.ceil(free / parts));

/** Returns into how many parts the calls under way are divided: fewer where one host may have many of them. */
export function partsOfCalls(callsPerHost: number): number {
  // A host alone gets all of its calls: its own are not free any more.
  const free = roomFor(0, maxCallsAtOnce) - callsPerHost;
  return Math.min(partsOfFree, Math.floor(free / callsPerHost));
}
