// SQL of sender queues: reserving send slots in them.
import { utcDay } from '../../base/days.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { QueueSchedule } from './pacing.ts';

/** The messages of a batch in one sender queue. */
export interface Reservation {
  readonly queue: string;
  readonly jobs: number;
  readonly segments: number;
  /** For how long all of it but bulk keeps the number busy. */
  readonly busyMs: number;
  /** For how long its bulk messages do. */
  readonly bulkBusyMs: number;
}

// Rows are locked in the order of their names by all that lock several.
const reserveSql = `
  insert into sender_queues (queue, next_free, last_position, queued, day, segments_today, bulk_free)
  select queue, $5::timestamptz + busy_ms * interval '1 millisecond', jobs, jobs, $6::date, segments,
    case when bulk_busy_ms > 0 then $5::timestamptz + (busy_ms + bulk_busy_ms) * interval '1 millisecond' end
  from unnest($1::text[], $2::integer[], $3::integer[], $4::bigint[], $7::bigint[])
    as wanted (queue, jobs, segments, busy_ms, bulk_busy_ms)
  order by queue
  on conflict (queue) do update set
    next_free = greatest(sender_queues.next_free, $5::timestamptz) + (excluded.next_free - $5::timestamptz),
    bulk_free = case
      when excluded.bulk_free is not null
        then greatest(sender_queues.bulk_free, sender_queues.next_free, $5::timestamptz) + (excluded.bulk_free - $5::timestamptz)
      when sender_queues.bulk_free > $5::timestamptz
        then sender_queues.bulk_free + (excluded.next_free - $5::timestamptz)
      else sender_queues.bulk_free end,
    last_position = sender_queues.last_position + excluded.last_position,
    queued = sender_queues.queued + excluded.queued,
    day = excluded.day,
    segments_today = case when sender_queues.day = excluded.day then sender_queues.segments_today else 0 end + excluded.segments_today
  returning queue, next_free, bulk_free, last_position, segments_today`;

/**
 * Reserves what a batch needs, and locks the sender queues until the transaction ends. Returns the schedule of each sender queue as it
 * was before: free from `now` at the earliest, and with the segments of today.
 */
export async function reserve(
  tx: Transaction,
  reservations: ReadonlyMap<string, Reservation>,
  now: Date,
): Promise<Map<string, QueueSchedule>> {
  const wanted = [...reservations.values()];
  const rows = await tx.query<{
    queue: string;
    next_free: Date;
    bulk_free: Date | null;
    last_position: number;
    segments_today: number;
  }>(reserveSql, [
    wanted.map(({ queue }) => queue),
    wanted.map(({ jobs }) => jobs),
    wanted.map(({ segments }) => segments),
    wanted.map(({ busyMs }) => busyMs),
    now,
    utcDay(now),
    wanted.map(({ bulkBusyMs }) => bulkBusyMs),
  ]);
  return new Map(
    rows.map((row) => {
      const { jobs = 0, segments = 0, busyMs = 0, bulkBusyMs = 0 } = reservations.get(row.queue) ?? {};
      const bulkFreeMs = row.bulk_free?.getTime();
      const reserveSlot = {
        nextFree: new Date(row.next_free.getTime() - busyMs),
        bulkFree: bulkFreeMs === undefined ? undefined : new Date(bulkFreeMs - busyMs - bulkBusyMs),
        lastPosition: row.last_position - jobs,
        segmentsToday: row.segments_today - segments,
      };
      return [row.queue, reserveSlot];
    }),
  );
}

const saveSql = `
  update sender_queues set
    next_free = schedules.next_free, bulk_free = schedules.bulk_free, last_position = schedules.last_position, segments_today = schedules.segments_today,
    queued = sender_queues.queued + (schedules.last_position - sender_queues.last_position)::integer
  from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::integer[], $5::timestamptz[])
    as schedules (queue, next_free, last_position, segments_today, bulk_free)
  where sender_queues.queue = schedules.queue`;

/** Writes the schedules of sender queues that were reserved before, where less was needed than was reserved. */
export function saveSchedules(tx: Transaction, schedules: ReadonlyMap<string, QueueSchedule>): void {
  const entries = [...schedules];
  if (entries.length === 0) return;
  tx.send(saveSql, [
    entries.map(([queue]) => queue),
    entries.map(([, { nextFree }]) => nextFree),
    entries.map(([, { lastPosition }]) => lastPosition),
    entries.map(([, { segmentsToday }]) => segmentsToday),
    entries.map(([, { bulkFree }]) => bulkFree ?? null),
  ]);
}

/** Returns how many messages are queued and how many calls are still to be made, by all processes together. */
export async function readBacklog(
  db: Reader,
): Promise<{ readonly messages: number; readonly webhooks: number }> {
  const [row] = await db.query<{ messages: number; webhooks: number }>(
    `select (select coalesce(sum(queued), 0) from sender_queues)::integer as messages,
       (select count(*) from webhook_calls where next_at is not null)::integer as webhooks`,
  );
  return row ?? { messages: 0, webhooks: 0 };
}
