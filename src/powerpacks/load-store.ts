// The SQL that tells how busy senders are, and what became of their messages.
import type { Reader } from '../db/db.ts';
import { isoDate } from '../http/schemas.ts';
import type { Outcomes } from './limits.ts';

export interface LaneLoad {
  /** When the next message can have its appointment. */
  readonly nextFree: Date;
  readonly queued: number;
  /** Of the UTC day of `now`. */
  readonly segmentsToday: number;
}

/** The loads of the lanes that have ever been used. */
export async function loadLanes(
  reader: Reader,
  lanes: readonly string[],
  now: Date,
): Promise<Map<string, LaneLoad>> {
  if (lanes.length === 0) return new Map();
  const rows = await reader.query<{ lane: string; next_free: Date; queued: number; segments_today: number }>(
    `select lane, next_free, queued, case when day = $2::date then segments_today else 0 end as segments_today
     from lanes where lane = any($1::text[])`,
    [lanes, isoDate(now)],
  );
  return new Map(
    rows.map((row) => [
      row.lane,
      { nextFree: row.next_free, queued: row.queued, segmentsToday: row.segments_today },
    ]),
  );
}

const dayMs = 24 * 3600 * 1000;

/** What became of the lanes' messages in the hours of the last day; lanes without any are absent. */
export async function loadOutcomes(
  reader: Reader,
  lanes: readonly string[],
  now: Date,
): Promise<Map<string, Outcomes>> {
  if (lanes.length === 0) return new Map();
  const rows = await reader.query<{ lane: string; finished: number; delivered: number }>(
    `select lane, sum(finished) as finished, sum(delivered) as delivered
     from lane_hours where lane = any($1::text[]) and hour > $2 group by lane`,
    [lanes, new Date(now.getTime() - dayMs)],
  );
  return new Map(rows.map((row) => [row.lane, { finished: row.finished, delivered: row.delivered }]));
}
