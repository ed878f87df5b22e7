// Which data of messages are stored for how long (wire-data-plane section 15): texts 7 days, messages 90 days.
import { daysBefore } from '../base/days.ts';
import { firstIdOf } from '../base/id.ts';
import type { Db } from '../db/db.ts';

const textDays = 7;
const messageDays = 90;
/** Days that carriers' message ids and the hourly counts of numbers are needed. */
const carrierDays = 7;
const queueHoursDays = 2;

// Numbers that may not be stored whole are cut along with the texts: until then they are masked wherever they are shown.
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

// Queued messages stay, whatever the clock shows: they expire long before, and their sender queue would wait for them.
const deleteMessagesSql = `
  with old as (select id from messages where id < $1 and status <> 'queued' order by id limit $2),
  events as (delete from message_events where message_id in (select id from old)),
  media as (delete from message_media where message_id in (select id from old)),
  failures as (delete from failed_messages where message_id in (select id from old)),
  gone as (delete from messages where id in (select id from old) returning id)
  select count(*) as count from gone`;

/** Deletes up to `rows` old messages with all that belongs to them. Returns how many. */
export function deleteOldMessages(db: Db, now: Date, rows: number): Promise<number> {
  return count(db, deleteMessagesSql, [firstIdOf(daysBefore(now, messageDays).getTime()), rows]);
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
