// How long a call is leased. A lease is never renewed: it lasts for the wait, the call itself and recording its result. Pure.

/** How long a call may wait for its turn. */
const waitMs = 20_000;
/** A new call is leased when it is stored, unless the first call that waits for the same host has waited for so long. */
const maxAheadMs = 10_000;
/** How long recording a result may take. */
const recordMs = 2000;

/** Returns when the lease of a call ends that is leased now. `timeoutMs` is the time limit of a call. */
export const leaseEnd = (now: Date, timeoutMs: number): Date =>
  new Date(now.getTime() + waitMs + timeoutMs + recordMs);

/** Returns until when a waiting call must be leased at least, for new calls to the same host to be leased behind it. */
export const leastLeaseAhead = (now: Date, timeoutMs: number): Date =>
  new Date(leaseEnd(now, timeoutMs).getTime() - maxAheadMs);

/** Returns until when a call must be leased at least to be started now, in milliseconds of the epoch. */
export const latestStart = (now: Date, timeoutMs: number): number => now.getTime() + timeoutMs + recordMs;
