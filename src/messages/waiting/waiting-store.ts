// SQL of messages that wait: those that are scheduled, listed and found; and jobs of sender queues that nobody has begun to submit.
import { scopeValues } from '../../accounts/scope.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PageRequest } from '../../http/page.ts';
import type { Message } from '../message.ts';
import type { Place } from '../outbox/outbox-store.ts';
import type { ScheduledMessage, ScheduleReason } from '../outbox/schedule-store.ts';
import {
  filtered,
  filterValues,
  type MessageFilters,
  type MessageRow,
  messageColumns,
  messageFromRow,
} from '../store.ts';

/** A message and what it waits for. */
export interface WaitingMessage extends Pick<ScheduledMessage, 'sendAt' | 'reason'> {
  readonly message: Message;
}

const listSql = `
  select ${messageColumns}, scheduled_messages.send_at, scheduled_messages.reason
  from scheduled_messages
  join messages on messages.id = scheduled_messages.message_id
  where scheduled_messages.account_id = $1 and ended_at is null
    and ($2::text is null or messages.subaccount_id = $2) and ($3::uuid is null or messages.powerpack_uuid = $3)
  order by scheduled_messages.send_at, message_id limit $4 offset $5`;

/** Returns the scheduled messages of a page, the next first, and one more, which shows whether there is another page. */
export async function listScheduled(
  db: Reader,
  scope: Scope,
  powerpackUuid: string | undefined,
  page: PageRequest,
): Promise<{ readonly messages: readonly WaitingMessage[]; readonly hasMore: boolean }> {
  const rows = await db.query<MessageRow & { send_at: Date; reason: ScheduleReason }>(listSql, [
    ...scopeValues(scope),
    powerpackUuid ?? null,
    page.limit + 1,
    page.offset,
  ]);
  const messages = rows
    .slice(0, page.limit)
    .map((row) => ({ message: messageFromRow(row), sendAt: row.send_at, reason: row.reason }));
  return { messages, hasMore: rows.length > page.limit };
}

/** A job that can be taken out of its sender queue: nothing of it was submitted, nor perhaps was. */
const isUntouched = 'outbox.submitting_at is null and outbox.parts_taken = 0';

interface PlaceRow extends Place {
  message_id: string;
}

/** A message's place in its sender queue. */
export interface WaitingJob extends Place {
  readonly messageId: string;
}

const fromRow = ({ queue, position, message_id: messageId }: PlaceRow): WaitingJob => ({
  queue,
  position,
  messageId,
});

/** Ends the waiting of a scheduled message. Returns whether it was waiting. A release of it that is under way is waited for. */
export async function takeScheduled(tx: Transaction, messageId: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update scheduled_messages set ended_at = $2 where message_id = $1 and ended_at is null returning 1',
    [messageId, now],
  );
  return rows.length > 0;
}

/** Returns the job of a message, locked, unless something of it was submitted, or perhaps was. */
export async function lockJob(
  tx: Transaction,
  queue: string,
  messageId: string,
): Promise<WaitingJob | undefined> {
  const rows = await tx.query<PlaceRow>(
    `select queue, position, message_id from outbox
     where queue = $1 and message_id = $2 and ${isUntouched} for update`,
    [queue, messageId],
  );
  return rows.map(fromRow)[0];
}

const isMeant = (id: string) =>
  `exists (select from messages where messages.id = ${id} and ${filtered} limit $14 offset $15)`;

// A short code that has left its pool is known by its sender queue alone; once it is in another account's pool, nothing of ours is left to wait there.
const queuesOfAccount = `
  select number as queue from numbers where account_id = $1
  union all select number from held_numbers where account_id = $1
  union all select name from alphanumeric_senders
    where account_id = any(array(select $1 union all select auth_id from accounts where main_id = $1))
  union all select queue from sender_queues
    where queue like '%/%' and not exists (
      select from pool_members
      join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
      join accounts on accounts.auth_id = powerpacks.account_id
      where pool_members.sender = split_part(sender_queues.queue, '/', 1)
        and pool_members.country_iso2 = split_part(sender_queues.queue, '/', 2)
        and not detached and pool_members.kind <> 'alphanumeric'
        and coalesce(accounts.main_id, accounts.auth_id) <> $1)`;

const isOfAccount = `outbox.queue = any(array(${queuesOfAccount}))`;

/** Reads the account's own sender queues, however many messages of others wait. */
export const lockJobsSql: string = `
  select queue, position, message_id from outbox
  where ${isOfAccount} and ${isUntouched} and ${isMeant('outbox.message_id')}
  order by queue, position limit $21 for update`;

/** Returns jobs of messages that the filters leave, locked; `most` of them. */
export async function lockJobs(
  tx: Transaction,
  scope: Scope,
  filters: MessageFilters,
  most: number,
): Promise<WaitingJob[]> {
  if (most === 0) return [];
  const rows = await tx.query<PlaceRow>(lockJobsSql, [...filterValues(scope, filters, 1, 0), most]);
  return rows.map(fromRow);
}

const takeManySql = `
  with taken as materialized (
    select message_id from scheduled_messages
    where scheduled_messages.account_id = $1 and ended_at is null and ${isMeant('scheduled_messages.message_id')}
    order by send_at, message_id limit $21 for update)
  update scheduled_messages set ended_at = $22 where message_id = any(array(select message_id from taken))
  returning message_id`;

/** Ends the waiting of scheduled messages that the filters leave, `most` of them. Returns their ids. */
export async function takeManyScheduled(
  tx: Transaction,
  scope: Scope,
  filters: MessageFilters,
  most: number,
  now: Date,
): Promise<string[]> {
  if (most === 0) return [];
  const values = [...filterValues(scope, filters, 1, 0), most, now];
  const rows = await tx.query<{ message_id: string }>(takeManySql, values);
  return rows.map(({ message_id: messageId }) => messageId);
}

export const countUnderWaySql: string = `
  select count(*) as count from outbox where ${isOfAccount} and not (${isUntouched}) and ${isMeant('outbox.message_id')}`;

/** Counts the queued messages that the filters leave and of which something was submitted, or perhaps was. */
export async function countUnderWay(db: Reader, scope: Scope, filters: MessageFilters): Promise<number> {
  const [row] = await db.query<{ count: number }>(countUnderWaySql, filterValues(scope, filters, 1, 0));
  return row?.count ?? 0;
}
