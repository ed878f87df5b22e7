// SQL of lanes: reserving appointments in them.
import { utcDay } from '../../base/days.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { LaneBook } from './pacing.ts';

/** What a batch wants of one lane. */
export interface Reservation {
  readonly lane: string;
  readonly jobs: number;
  readonly segments: number;
  /** For how long all of it keeps the number busy. */
  readonly busyMs: number;
}

// Rows are locked in the order of their names by everybody who locks several.
const reserveSql = `
  insert into lanes (lane, next_free, last_position, queued, day, segments_today)
  select lane, $5::timestamptz + busy_ms * interval '1 millisecond', jobs, jobs, $6::date, segments
  from unnest($1::text[], $2::integer[], $3::integer[], $4::bigint[]) as wanted (lane, jobs, segments, busy_ms)
  order by lane
  on conflict (lane) do update set
    next_free = greatest(lanes.next_free, $5::timestamptz) + (excluded.next_free - $5::timestamptz),
    last_position = lanes.last_position + excluded.last_position,
    queued = lanes.queued + excluded.queued,
    day = excluded.day,
    segments_today = case when lanes.day = excluded.day then lanes.segments_today else 0 end + excluded.segments_today
  returning lane, next_free, last_position, segments_today`;

/**
 * Reserves all that a batch wants, and locks the lanes until the transaction ends. Answers the book of each lane as it was before:
 * free from `now` at the earliest, and with the segments of today.
 */
export async function reserve(
  tx: Transaction,
  reservations: ReadonlyMap<string, Reservation>,
  now: Date,
): Promise<Map<string, LaneBook>> {
  const wanted = [...reservations.values()];
  const rows = await tx.query<{
    lane: string;
    next_free: Date;
    last_position: number;
    segments_today: number;
  }>(reserveSql, [
    wanted.map(({ lane }) => lane),
    wanted.map(({ jobs }) => jobs),
    wanted.map(({ segments }) => segments),
    wanted.map(({ busyMs }) => busyMs),
    now,
    utcDay(now),
  ]);
  return new Map(
    rows.map((row) => {
      const { jobs = 0, segments = 0, busyMs = 0 } = reservations.get(row.lane) ?? {};
      const book = {
        nextFree: new Date(row.next_free.getTime() - busyMs),
        lastPosition: row.last_position - jobs,
        segmentsToday: row.segments_today - segments,
      };
      return [row.lane, book];
    }),
  );
}

const saveSql = `
  update lanes set
    next_free = books.next_free, last_position = books.last_position, segments_today = books.segments_today,
    queued = lanes.queued + (books.last_position - lanes.last_position)::integer
  from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::integer[])
    as books (lane, next_free, last_position, segments_today)
  where lanes.lane = books.lane`;

/** Writes books of lanes that were reserved before, where less was needed than was reserved. */
export function saveBooks(tx: Transaction, books: ReadonlyMap<string, LaneBook>): void {
  const entries = [...books];
  if (entries.length === 0) return;
  tx.send(saveSql, [
    entries.map(([lane]) => lane),
    entries.map(([, { nextFree }]) => nextFree),
    entries.map(([, { lastPosition }]) => lastPosition),
    entries.map(([, { segmentsToday }]) => segmentsToday),
  ]);
}

/** Messages that are queued and calls that are still to be made, by all processes together. */
export async function readBacklog(
  db: Reader,
): Promise<{ readonly messages: number; readonly webhooks: number }> {
  const [row] = await db.query<{ messages: number; webhooks: number }>(
    `select (select coalesce(sum(queued), 0) from lanes)::integer as messages,
       (select count(*) from webhook_calls where next_at is not null)::integer as webhooks`,
  );
  return row ?? { messages: 0, webhooks: 0 };
}
