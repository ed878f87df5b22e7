// The warm-up of new members: how many segments they may send on their first days. Pure.
import { largestMessage } from '../../telecom/segments.ts';

const dayMs = 24 * 3600 * 1000;
const dayOf = (moment: Date): number => Math.floor(moment.getTime() / dayMs);

/**
 * Returns how many segments a member may send on the UTC day of `now`; `null` for as many as it can. The schedule has a number for the day
 * on which a member is added and for each day after it.
 */
export function warmUpLimitOf(schedule: readonly number[], addedAt: Date, now: Date): number | null {
  return schedule[Math.max(0, dayOf(now) - dayOf(addedAt))] ?? null;
}

/**
 * Returns how many segments a member may still send today while it warms up, no more than the largest message has; `undefined` for one
 * without such a limit.
 */
export function roomToday({
  warmUpLimit,
  segmentsToday,
}: {
  readonly warmUpLimit: number | null;
  readonly segmentsToday: number;
}): number | undefined {
  if (warmUpLimit === null) return undefined;
  return Math.min(Math.max(warmUpLimit - segmentsToday, 0), largestMessage);
}
