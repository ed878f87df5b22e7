// The SQL of the loads of senders, and of the outcomes of their messages.
import { daysBefore, utcDay } from '../../base/days.ts';
import type { Reader } from '../../db/db.ts';
import type { MessagePriority } from '../message-priority.ts';
import { queueColumn } from '../pool/pool-store.ts';
import type { Outcomes } from './limits.ts';

interface QueueLoad {
  /** When all that has a send slot has gone. */
  readonly nextFree: Date;
  readonly queued: number;
  /** Of the UTC day of `now`. */
  readonly segmentsToday: number;
}

/** Returns the loads of the sender queues that have ever been used. */
export async function loadQueues(
  reader: Reader,
  queues: readonly string[],
  now: Date,
): Promise<Map<string, QueueLoad>> {
  if (queues.length === 0) return new Map();
  const rows = await reader.query<{ queue: string; next_free: Date; queued: number; segments_today: number }>(
    `select queue, greatest(next_free, bulk_free) as next_free, queued, case when day = $2::date then segments_today else 0 end as segments_today
     from sender_queues where queue = any($1::text[])`,
    [queues, utcDay(now)],
  );
  return new Map(
    rows.map((row) => [
      row.queue,
      { nextFree: row.next_free, queued: row.queued, segmentsToday: row.segments_today },
    ]),
  );
}

/**
 * Returns when a sender queue is free for a message of a priority: bulk goes behind all that is there, others go before it. `undefined` for one that has
 * never been used.
 */
export async function loadFreeAt(
  reader: Reader,
  queue: string,
  priority: MessagePriority,
): Promise<Date | undefined> {
  const [row] = await reader.query<{ free_at: Date }>(
    `select case when $2 then greatest(next_free, bulk_free) else next_free end as free_at
     from sender_queues where queue = $1`,
    [queue, priority === 'bulk'],
  );
  return row?.free_at;
}

/** Returns the outcomes of the sender queues' messages in the hours of the last day; sender queues without any are absent. */
export async function loadOutcomes(
  reader: Reader,
  queues: readonly string[],
  now: Date,
): Promise<Map<string, Outcomes>> {
  if (queues.length === 0) return new Map();
  const rows = await reader.query<{ queue: string; finished: number; delivered: number }>(
    `select queue, sum(finished) as finished, sum(delivered) as delivered
     from sender_hours where queue = any($1::text[]) and hour > $2 group by queue`,
    [queues, daysBefore(now, 1)],
  );
  return new Map(rows.map((row) => [row.queue, { finished: row.finished, delivered: row.delivered }]));
}

/** Members of a pool whose messages have equal outcomes, and how many they are. */
export interface EqualOutcomes extends Outcomes {
  readonly poolUuid: string;
  readonly members: number;
}

/** Returns the outcomes of the messages of the pools' members in the hours of the last day; members without any are absent. */
export async function loadPoolOutcomes(
  reader: Reader,
  poolUuids: readonly string[],
  now: Date,
): Promise<readonly EqualOutcomes[]> {
  if (poolUuids.length === 0) return [];
  const rows = await reader.query<{
    pool_uuid: string;
    finished: number;
    delivered: number;
    members: number;
  }>(
    `select pool_uuid, finished, delivered, count(*) as members
     from pool_members cross join lateral (
       select sum(finished) as finished, sum(delivered) as delivered
       from sender_hours where queue = ${queueColumn} and hour > $2) as outcomes
     where pool_uuid = any($1::uuid[]) and not detached and finished is not null
     group by pool_uuid, finished, delivered`,
    [poolUuids, daysBefore(now, 1)],
  );
  return rows.map(({ pool_uuid: poolUuid, ...outcomes }) => ({ poolUuid, ...outcomes }));
}
