// The outcomes of one number's messages, hour by hour, from the counts by which its health is judged.
import { scopeValues, visibleIn } from '../../accounts/scope.ts';
import { daysBefore } from '../../base/days.ts';
import type { Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';

/** Days that the counts are stored. */
const days = 2;

export interface HourOfNumber {
  readonly hour: Date;
  /** Messages that a carrier has reported in this hour, and those of them that arrived. */
  readonly finished: number;
  readonly delivered: number;
}

/** Returns the hours with reports of the last two days, the oldest first; `undefined` for a number that the scope does not have. */
export async function loadNumberHours(
  db: Reader,
  scope: Scope,
  number: string,
  now: Date,
): Promise<readonly HourOfNumber[] | undefined> {
  const rows = await db.query<{ hour: Date | null; finished: number | null; delivered: number | null }>(
    `select hour, finished, delivered
     from numbers left join sender_hours on sender_hours.queue = numbers.number and hour >= $4
     where ${visibleIn('numbers')} and numbers.number = $3 order by hour`,
    [...scopeValues(scope), number, daysBefore(now, days)],
  );
  if (rows.length === 0) return undefined;
  return rows.flatMap(({ hour, finished, delivered }) =>
    hour === null ? [] : [{ hour, finished: finished ?? 0, delivered: delivered ?? 0 }],
  );
}
