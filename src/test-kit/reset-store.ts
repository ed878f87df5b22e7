// SQL of a reset: empties an account, and puts its sender queues back to where they were before its first message.
import type { Reader, Transaction } from '../db/db.ts';
import { accountTables, owners } from './account-tables.ts';

/** Takes the locks of an account's powerpacks and numbers, as every change of them does. */
export async function lockAccountRows(tx: Transaction, mainId: string): Promise<void> {
  tx.send(`select from powerpacks where account_id in ${owners} order by uuid for update`, [mainId]);
  tx.send('select from numbers where account_id = $1 order by number for update', [mainId]);
}

/**
 * Returns the names of an account's sender queues: of its numbers, of those that are held for it, of the short codes in its pools, of its
 * approved names, and those in which messages of it wait.
 */
export async function findQueues(db: Reader, mainId: string): Promise<string[]> {
  const rows = await db.query<{ queue: string }>(
    `select number as queue from numbers where account_id = $1
     union select number from held_numbers where account_id = $1
     union select sender || '/' || country_iso2 from pool_members
       join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and account_id in ${owners}
       where pool_members.kind = 'shortcode'
     union select name from alphanumeric_senders where account_id in ${owners} and status = 'approved'
     union select outbox.queue from outbox join messages on messages.id = outbox.message_id and account_id = $1`,
    [mainId],
  );
  return rows.map(({ queue }) => queue);
}

/** Tables in the order in which they are emptied: rows that others refer to go last. The database itself deletes the rows of the tables that are left out. */
const emptied = [...accountTables]
  .reverse()
  .filter(({ name }) => !['pool_members', 'auth_tokens'].includes(name));

/**
 * Deletes all that an account has but itself and its tokens, and puts sender queues back: nothing is queued in them, their numbers are free,
 * and no process has them. Positions go on: a late result may name one that was used before.
 */
export async function emptyAccount(
  tx: Transaction,
  mainId: string,
  queues: readonly string[],
): Promise<void> {
  tx.send('delete from outbox where message_id in (select id from messages where account_id = $1)', [mainId]);
  tx.send('delete from audit_entries where account_id = $1', [mainId]);
  tx.send('delete from logged_requests where account_id = $1', [mainId]);
  for (const { name, belongs } of emptied) tx.send(`delete from ${name} where ${belongs}`, [mainId]);
  tx.send('delete from sender_hours where queue = any($1)', [queues]);
  tx.send('delete from inbound_parts where destination = any($1)', [queues]);
  await tx.query(
    `update sender_queues set next_free = 'epoch', bulk_free = null, paced_until = null, segments_today = 0, departed_up_to = last_position,
       queued = (select count(*) from outbox where outbox.queue = sender_queues.queue), holder = null
     where queue = any($1)`,
    [queues],
  );
}
