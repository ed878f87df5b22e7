// Loads that members have for as long as a batch chooses its senders. Pure: pools are as they were afterwards.
import type { Candidate, Load } from './candidate.ts';
import type { SenderPool } from './sender-pool.ts';

/** Makes a member as busy as it will be with a message of so many segments, which takes it so many milliseconds. */
export type Reserve = (
  pool: SenderPool,
  candidate: Candidate,
  message: { readonly segments: number; readonly busyMs: number },
) => void;

/**
 * Calls `choose`, in which each choice knows the reservations before it, and gives the members their former loads again. Reservations
 * reach the pools of the process once they are committed (`PoolCache.noteLoad`).
 */
export function tryReservations<Result>(now: Date, choose: (reserve: Reserve) => Result): Result {
  const before = new Map<Candidate, { readonly pool: SenderPool; readonly load: Load }>();
  const reserve: Reserve = (pool, candidate, { segments, busyMs }) => {
    const { freeAtMs, segmentsToday, healthy, warmUpLimit } = candidate;
    const load = { freeAtMs, segmentsToday, healthy, warmUpLimit };
    if (!before.has(candidate)) before.set(candidate, { pool, load });
    pool.setLoad(candidate.queue, {
      freeAtMs: Math.max(freeAtMs, now.getTime()) + busyMs,
      segmentsToday: segmentsToday + segments,
    });
  };
  try {
    return choose(reserve);
  } finally {
    for (const [{ queue }, { pool, load }] of before) pool.setLoad(queue, load);
  }
}
