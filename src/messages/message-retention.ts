// Which data of messages are stored for how long (wire-data-plane section 15): texts 7 days, messages 90 days and until their partition ends.
import { daysBefore } from '../base/days.ts';
import { firstIdOf } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import { dropPartitions, type PartitionedTable } from '../db/partitions.ts';

const textDays = 7;
const messageDays = 90;
/**
 * Days of messages in one partition. Each one costs every statement that looks for a message, so few are better; and the last messages of
 * one wait for so long to be dropped (ADR 0067).
 */
const partitionDays = 15;
/** Days that carriers' message ids and the hourly counts of numbers are needed. */
const carrierDays = 7;
const queueHoursDays = 2;

// Numbers that may not be stored whole are cut along with the texts: until then they are masked wherever they are shown. Messages that were
// scheduled have their own time (`dropScheduledSql`).
const dropTextsSql = `
  with old as (
    select id from messages
    where id > coalesce((select up_to from retention_progress where what = 'texts'), '00000000-0000-0000-0000-000000000000')
      and id < $1
    order by id limit $2),
  blanked as (
    update messages set
      text = null,
      destination = case
        when direction = 'outbound' and log in ('false', 'content_only') and status <> 'queued'
        then left(destination, -3) || '***' else destination end,
      sender = case
        when direction = 'inbound' and log in ('false', 'content_only')
        then left(sender, -3) || '***' else sender end
    where id in (select id from old) and status <> 'queued'
      and not exists (select from scheduled_messages where message_id = messages.id)
      and (text is not null or log in ('false', 'content_only') and destination not like '%*' and sender not like '%*')),
  noted as (
    insert into retention_progress (what, up_to) select 'texts', max_id from (
      select id as max_id from old order by id desc limit 1) last
    on conflict (what) do update set up_to = excluded.up_to)
  select count(*) as count from old`;

/**
 * Deletes texts, and cuts the numbers that may not be stored whole, of up to `rows` old messages. Returns how many it looked
 * at.
 */
export function dropOldTexts(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, dropTextsSql, [firstIdOf(daysBefore(now, textDays).getTime()), rows]);
}

// Retention has perhaps gone past messages that waited for weeks: their texts are kept for as long as others, from when they stopped waiting.
const dropScheduledSql = `
  with old as (
    select message_id from scheduled_messages where ended_at < $1 order by ended_at limit $2),
  blanked as (
    update messages set
      text = null,
      destination = case
        when log in ('false', 'content_only') and destination not like '%*'
        then left(destination, -3) || '***' else destination end
    where id in (select message_id from old) and status <> 'queued'),
  gone as (delete from scheduled_messages where message_id in (select message_id from old) returning message_id)
  select count(*) as count from gone`;

/** Deletes up to `rows` rows of messages that were scheduled, with their texts and what may not be stored of their numbers. */
export function dropOldScheduled(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, dropScheduledSql, [daysBefore(now, textDays), rows]);
}

// Queued messages stay, whatever the clock shows: they expire long before, and their sender queue would wait for them. Nothing but a
// snapshot that is restored in that moment queues an old one again, so this is not asked under the lock: it reads the whole outbox.
const neededSql = `
  (select from outbox where message_id < $1 limit 1)
  union all
  (select from scheduled_messages where message_id < $1 and ended_at is null limit 1)`;

const ofMessages = (name: string, key: string): PartitionedTable => ({
  name,
  key,
  days: partitionDays,
  neededSql,
});

/** Messages, and what belongs to them: divided alike, by the ids of messages. */
export const messageTables: readonly PartitionedTable[] = [
  ofMessages('messages', 'id'),
  ofMessages('message_events', 'message_id'),
  ofMessages('failed_messages', 'message_id'),
];

/** Drops the partitions of one of these tables that are all old. Returns how many. */
export function dropOldMessages(db: Db, table: PartitionedTable, now: Date): Promise<number> {
  return dropPartitions(db, table, firstIdOf(daysBefore(now, messageDays).getTime()));
}

const deleteMessagesSql = `
  with old as (select id from messages where id < $1 and status <> 'queued' order by id limit $2),
  events as (delete from message_events where message_id in (select id from old)),
  media as (delete from message_media where message_id in (select id from old)),
  failures as (delete from failed_messages where message_id in (select id from old)),
  gone as (delete from messages where id in (select id from old) returning id)
  select count(*) as count from gone`;

/**
 * Deletes up to `rows` messages, with all that belongs to them, whose partition would have been dropped if it held no others: the first
 * one is longer where there were messages before there were partitions. Returns how many.
 */
export function deleteOldMessages(db: Db, now: Date, rows: number): Promise<number> {
  const before = daysBefore(now, messageDays + partitionDays);
  return count(db, deleteMessagesSql, [firstIdOf(before.getTime()), rows]);
}

const deletePlacesSql = `
  with gone as (
    delete from message_media where (message_id, position) in (
      select message_id, position from message_media
      where message_id < $1 and not exists (select from messages where messages.id = message_id)
      order by message_id limit $2)
    returning message_id)
  select count(*) as count from gone`;

/** Deletes up to `rows` places of media in messages that were dropped. Returns how many. */
export function deleteOldPlaces(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, deletePlacesSql, [firstIdOf(daysBefore(now, messageDays).getTime()), rows]);
}

const deleteNamesSql = `
  with gone as (
    delete from carrier_messages
    where ctid = any(array(select ctid from carrier_messages where at < $1 limit $2))
    returning message_id)
  select count(*) as count from gone`;

/** Deletes up to `rows` old message ids of carriers. Returns how many. */
export function deleteOldNames(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, deleteNamesSql, [daysBefore(now, carrierDays), rows]);
}

const deleteHoursSql = `
  with gone as (
    delete from sender_hours where ctid = any(array(select ctid from sender_hours where hour < $1 limit $2))
    returning queue)
  select count(*) as count from gone`;

/** Deletes up to `rows` old hourly counts of numbers. Returns how many. */
export function deleteOldHours(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, deleteHoursSql, [daysBefore(now, queueHoursDays), rows]);
}

async function count(db: Db, sql: string, values: readonly unknown[]): Promise<number> {
  const rows = await db.query<{ count: number }>(sql, values);
  return rows[0]?.count ?? 0;
}
