// The time that the server goes by. A reader's computer may go wrong, and a virtual clock is turned by weeks: whatever is said
// relative to now is relative to this.

interface VirtualClock {
  readonly time: string;
  readonly frozen: boolean;
}

/** How far the server's time is ahead of this computer's, milliseconds; or the moment at which it stands still. */
type Reading = { readonly aheadMs: number } | { readonly frozenAtMs: number };

/** A difference from which on the computer's clock was set or has slept, rather than a slow response; milliseconds. */
const leapMs = 5000;

let aheadMs: number | undefined;
/** Where the time can be turned, it and not the machine's is what everything goes by. */
let virtual: Reading | undefined;
const listeners = new Set<() => void>();

/** Returns the server's time now, milliseconds since 1970; this computer's own time until the first response. */
export const serverNow = (): number => (virtual === undefined ? machineNow() : timeBy(virtual, Date.now()));

/** Returns the time of the server's machine, milliseconds since 1970: connections to carriers go by it, whatever a virtual clock shows. */
export const machineNow = (): number => timeBy({ aheadMs: aheadMs ?? 0 }, Date.now());

/** Learns from the `Date` of a response. */
export function noteServerTime({ headers }: Pick<Response, 'headers'>): void {
  const ahead = refined(aheadMs, headers.get('date'), Date.now());
  if (ahead === aheadMs) return;
  aheadMs = ahead;
  notify();
}

/** Calls `listener` when the server's time turns out to be another, until the returned function is called. */
export function onServerTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Learns from the response about the virtual clock; `undefined` where the server has none. */
export function noteVirtualClock(clock: VirtualClock | undefined): void {
  virtual = clock && readingOf(clock, Date.now());
  notify();
}

function notify(): void {
  for (const listener of listeners) listener();
}

/** Returns the server's time when it is `localMs` here. */
export const timeBy = (reading: Reading, localMs: number): number =>
  'frozenAtMs' in reading ? reading.frozenAtMs : localMs + reading.aheadMs;

/** Returns the reading that a response about the virtual clock gives when it arrives at `localMs`. */
export function readingOf({ time, frozen }: VirtualClock, localMs: number): Reading {
  const timeMs = Date.parse(time);
  return frozen ? { frozenAtMs: timeMs } : { aheadMs: timeMs - localMs };
}

/**
 * Returns how far the server is ahead, after one more response that arrived at `localMs`. A `Date` leaves out the fraction of its second,
 * and a response takes time to arrive, so every estimate is too low. The highest one is the best, until it is far off.
 */
export function refined(
  knownMs: number | undefined,
  date: string | null,
  localMs: number,
): number | undefined {
  const saidMs = Date.parse(date ?? '') - localMs;
  if (Number.isNaN(saidMs)) return knownMs;
  return knownMs === undefined || saidMs > knownMs || saidMs < knownMs - leapMs ? saidMs : knownMs;
}
