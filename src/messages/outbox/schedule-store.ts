// SQL of scheduled messages: those that wait for their moment before they get a send slot.
import type { Reader, Transaction } from '../../db/db.ts';

/** Why a message is scheduled: it waits for the moment that its request named, or the end of quiet hours. */
export type ScheduleReason = 'request' | 'quiet_hours';

export interface ScheduledMessage {
  readonly messageId: string;
  /** The main account. */
  readonly accountId: string;
  readonly sendAt: Date;
  readonly reason: ScheduleReason;
}

/** The most messages of one account that wait for the moment that their requests named; those that quiet hours keep are not counted. */
export const maxScheduledOfAccount = 100_000;

const insertSql = `
  insert into scheduled_messages (message_id, account_id, send_at, reason)
  select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
  on conflict (message_id) do update set send_at = excluded.send_at, reason = excluded.reason, ended_at = null`;

/** Stores what messages wait for; one that has waited before waits again. */
export function insertScheduled(tx: Transaction, scheduled: readonly ScheduledMessage[]): void {
  if (scheduled.length === 0) return;
  const sorted = scheduled.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
  tx.send(insertSql, [
    sorted.map(({ messageId }) => messageId),
    sorted.map(({ accountId }) => accountId),
    sorted.map(({ sendAt }) => sendAt),
    sorted.map(({ reason }) => reason),
  ]);
}

const fullSql = `
  select account_id from unnest($1::text[]) as asked (account_id)
  where exists (
    select from scheduled_messages
    where scheduled_messages.account_id = asked.account_id and ended_at is null and reason = 'request'
    offset $2 - 1 limit 1)`;

/** Returns those of the accounts that have scheduled `most` messages or more. */
export async function findFullSchedules(
  db: Reader,
  accounts: readonly string[],
  most: number,
): Promise<Set<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await db.query<{ account_id: string }>(fullSql, [[...new Set(accounts)], most]);
  return new Set(rows.map((row) => row.account_id));
}

const dueAccountsSql = `
  with recursive waiting (account_id) as (
    (select account_id from scheduled_messages where ended_at is null order by account_id, send_at limit 1)
    union all
    select (select account_id from scheduled_messages
      where ended_at is null and account_id > waiting.account_id order by account_id, send_at limit 1)
    from waiting where waiting.account_id is not null)
  select account_id from waiting
  where account_id is not null and exists (
    select from scheduled_messages
    where scheduled_messages.account_id = waiting.account_id and ended_at is null and send_at <= $1
    order by send_at limit 1)`;

/** Returns the accounts that have messages whose moment has come. */
export async function listDueAccounts(db: Reader, now: Date): Promise<string[]> {
  const rows = await db.query<{ account_id: string }>(dueAccountsSql, [now]);
  return rows.map((row) => row.account_id);
}

const takeDueSql = `
  with due as materialized (
    select message_id from scheduled_messages
    where account_id = $1 and ended_at is null and send_at <= $2
    order by send_at, message_id limit $3 for update skip locked)
  update scheduled_messages set ended_at = $2 where message_id = any(array(select message_id from due))
  returning message_id, send_at`;

/** A message whose moment has come. */
export interface DueMessage {
  readonly messageId: string;
  readonly sendAt: Date;
}

/** Ends the waiting of messages of an account whose moment has come, the first `limit`. Those that another process takes are left out. */
export async function takeDueMessages(
  tx: Transaction,
  accountId: string,
  now: Date,
  limit: number,
): Promise<DueMessage[]> {
  const rows = await tx.query<{ message_id: string; send_at: Date }>(takeDueSql, [accountId, now, limit]);
  return rows.map((row) => ({ messageId: row.message_id, sendAt: row.send_at }));
}

/** Returns the next moment after `now` at which a scheduled message has its moment. */
export async function nextSendAt(db: Reader, now: Date): Promise<Date | undefined> {
  const rows = await db.query<{ send_at: Date }>(
    'select send_at from scheduled_messages where ended_at is null and send_at > $1 order by send_at limit 1',
    [now],
  );
  return rows[0]?.send_at;
}

/** Returns what a message waits for; `undefined` if it does not. */
export async function findScheduled(
  db: Reader,
  messageId: string,
): Promise<Pick<ScheduledMessage, 'sendAt' | 'reason'> | undefined> {
  const rows = await db.query<{ send_at: Date; reason: ScheduleReason }>(
    'select send_at, reason from scheduled_messages where message_id = $1 and ended_at is null',
    [messageId],
  );
  return rows.map((row) => ({ sendAt: row.send_at, reason: row.reason }))[0];
}
