// SQL of jobs that go to a carrier: marked before they do, and found afterwards when their results are recorded.
import type { Reader, Transaction } from '../../db/db.ts';
import { blocksSql } from '../../powerpacks/opt-outs/opt-out-store.ts';
import { queueColumn } from '../../powerpacks/pool/pool-store.ts';
import { isAlphanumericName } from '../../telecom/alphanumeric.ts';
import { isShortCode } from '../../telecom/e164.ts';
import { bulkPositions } from './bulk-positions.ts';
import { type Job, type Place, places } from './outbox-store.ts';

// A job that goes before its send slot, because others before it have left, has its slot now: it is not kept for it when it is tried again.
const markSql = `
  update outbox set attempts = least(outbox.attempts::integer + 1, 32767), submitting_at = $1, due_at = least(outbox.due_at, $1),
    -- Until its end is known, which takes it off again.
    unknown_attempts = least(outbox.unknown_attempts::integer + 1, 32767), carrier = marked.carrier
  from unnest($2::text[], $3::bigint[], $4::integer[], $5::text[], $6::boolean[], $7::boolean[], $8::text[], $9::text[])
    as marked (queue, position, attempts, sender, is_short_code, is_name, account_id, carrier)
  -- Found by its name alone: with statistics that say that a holder has hardly any queue, all queues would be read to find them.
  cross join lateral (select * from sender_queues where sender_queues.queue = marked.queue limit 1) sender_queues
  where sender_queues.holder = $10 and outbox.queue = marked.queue and outbox.position = marked.position
    -- A transaction that was quicker has counted already.
    and outbox.attempts = marked.attempts
  returning outbox.message_id, sender_queues.departed_up_to,
    -- Short codes are not rented; they leave a pool and stay with their account until another one has them in a pool.
    outbox.position % ${bulkPositions} > sender_queues.departed_up_to and case when marked.is_short_code
      then not exists (
        select from pool_members
        join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
        join accounts on accounts.auth_id = powerpacks.account_id
        where pool_members.sender = marked.sender and ${queueColumn} = marked.queue and not detached
          and coalesce(accounts.main_id, accounts.auth_id) <> marked.account_id)
      when marked.is_name then exists (
        select from alphanumeric_senders join accounts on accounts.auth_id = alphanumeric_senders.account_id
        where lower(alphanumeric_senders.name) = lower(marked.sender) and status = 'approved'
          and coalesce(accounts.main_id, accounts.auth_id) = marked.account_id)
      else exists (select from numbers where number = marked.sender and numbers.account_id = marked.account_id)
    end as is_own,
    not outbox.passes_opt_out and exists (
      select from messages
      join opt_outs on opt_outs.account_id = messages.account_id and opt_outs.destination = messages.destination
      where messages.id = outbox.message_id and ${blocksSql('outbox.queue', 'messages.powerpack_uuid')})
      as is_opted_out`;

// A reply that comes before the message's end is known finds it by its slot.
const markEarlySql = `
  with marked as materialized (${markSql}),
  earlier as (
    update messages set due_at = $1
    where id = any($11::uuid[]) and due_at > $1 and id in (select message_id from marked))
  select * from marked`;

/** A job at the moment at which it may go. */
export interface Mark {
  /** Whether its sender has been its account's ever since it was accepted; a name, whether it is still approved. */
  readonly isOwn: boolean;
  /** The position up to which everything in its sender queue was queued before the number was unrented; 0 if it never was. */
  readonly departedUpTo: number;
  /** Whether its destination has said STOP since it was accepted. */
  readonly isOptedOut: boolean;
}

interface MarkRow {
  message_id: string;
  departed_up_to: number;
  is_own: boolean;
  is_opted_out: boolean;
}

/**
 * Stores that jobs are being submitted, before their carriers are called. Returns them by message; an absent job is no longer this
 * holder's to submit.
 */
export async function markJobs(
  db: Reader,
  holder: string,
  jobs: readonly (Job & { readonly carrier: string })[],
  now: Date,
): Promise<Map<string, Mark>> {
  if (jobs.length === 0) return new Map();
  const values = [
    now,
    ...places(jobs),
    jobs.map(({ attempts }) => attempts),
    jobs.map(({ sender }) => sender),
    jobs.map(({ sender }) => isShortCode(sender)),
    jobs.map(({ sender }) => isAlphanumericName(sender)),
    jobs.map(({ accountId }) => accountId),
    jobs.map(({ carrier }) => carrier),
    holder,
  ];
  const early = jobs.filter(({ dueAt }) => dueAt > now).map(({ messageId }) => messageId);
  const rows = await (early.length === 0
    ? db.query<MarkRow>(markSql, values)
    : db.query<MarkRow>(markEarlySql, [...values, early]));
  return new Map(
    rows.map((row) => [
      row.message_id,
      { isOwn: row.is_own, departedUpTo: row.departed_up_to, isOptedOut: row.is_opted_out },
    ]),
  );
}

/** Returns the messages of jobs that are gone although this holder still has their sender queues: they were settled without it. */
export async function findSettled(db: Reader, holder: string, jobs: readonly Job[]): Promise<string[]> {
  const rows = await db.query<{ message_id: string }>(
    `select own.message_id from unnest($1::text[], $2::bigint[], $3::uuid[]) as own (queue, position, message_id)
     join sender_queues on sender_queues.queue = own.queue and sender_queues.holder = $4
     where not exists (select from outbox where outbox.queue = own.queue and outbox.position = own.position)`,
    [...places(jobs), jobs.map(({ messageId }) => messageId), holder],
  );
  return rows.map(({ message_id }) => message_id);
}

const stillOwnSql = `
  select outbox.message_id from outbox
  join unnest($1::text[], $2::bigint[], $3::integer[]) as own (queue, position, attempts) using (queue, position)
  -- One more than when it was read here: the mark that this process made itself.
  where outbox.attempts <= own.attempts + 1
  order by outbox.queue, outbox.position for update of outbox`;

/**
 * Returns messages of jobs that another process has tried or ended since, because it took their sender queue over. Locks the others: no
 * process takes them before the transaction ends.
 */
export async function findLeaseLost(tx: Transaction, jobs: readonly Job[]): Promise<ReadonlySet<string>> {
  if (jobs.length === 0) return new Set();
  const rows = await tx.query<{ message_id: string }>(stillOwnSql, [
    ...places(jobs),
    jobs.map(({ attempts }) => attempts),
  ]);
  const lost = new Set(jobs.map(({ messageId }) => messageId));
  for (const { message_id: messageId } of rows) lost.delete(messageId);
  return lost;
}

/** A job that its carrier perhaps has. */
export interface MarkedJob extends Place {
  readonly messageId: string;
  readonly carrier: string;
  readonly attempts: number;
  readonly partsTaken: number;
}

// What is marked stands at the head of its sender queue, among those of its priority: the first page of each is enough.
const findMarkedSql = `
  select message_id, marked.queue, position, attempts, carrier, parts_taken
  from unnest($1::text[], $2::uuid[]) as wanted (queue, id)
  cross join lateral (
    select * from (
      (select * from outbox where outbox.queue = wanted.queue and position < ${bulkPositions} order by position limit $3)
      union all
      (select * from outbox where outbox.queue = wanted.queue and position >= ${bulkPositions} order by position limit $3)) first
    where first.message_id = wanted.id and first.submitting_at is not null) marked
  where marked.carrier is not null`;

const headOfQueue = 100;

/** How the rows of found jobs are locked: waiting for those that another transaction has, or leaving those out. */
export type Locking = 'wait' | 'skip';

const lockSql: Readonly<Record<Locking, string>> = {
  wait: `
  select message_id, outbox.attempts from outbox
  join unnest($1::text[], $2::bigint[]) as found (queue, position) using (queue, position)
  order by queue, position for update of outbox`,
  // Messages are locked too, so that nothing of them is waited for later.
  skip: `
  select message_id, outbox.attempts from outbox
  join unnest($1::text[], $2::bigint[]) as found (queue, position) using (queue, position)
  join messages on messages.id = outbox.message_id
  for no key update of outbox, messages skip locked`,
};

/** Returns the jobs of messages that were perhaps submitted, those under way included, and locks them. */
export async function findMarkedJobs(
  tx: Transaction,
  wanted: readonly { readonly queue: string; readonly messageId: string }[],
  locking: Locking,
): Promise<MarkedJob[]> {
  if (wanted.length === 0) return [];
  const found = await tx.query<MarkedRow>(findMarkedSql, [
    wanted.map(({ queue }) => queue),
    wanted.map(({ messageId }) => messageId),
    headOfQueue,
  ]);
  if (found.length === 0) return [];
  // The attempt that was seen must be the one that is locked.
  const locked = await tx.query<{ message_id: string; attempts: number }>(lockSql[locking], places(found));
  const attempts = new Map(locked.map((row) => [row.message_id, row.attempts]));
  return found
    .filter((row) => attempts.get(row.message_id) === row.attempts)
    .map((row) => ({
      messageId: row.message_id,
      queue: row.queue,
      position: row.position,
      carrier: row.carrier,
      attempts: row.attempts,
      partsTaken: row.parts_taken,
    }));
}

interface MarkedRow extends Place {
  message_id: string;
  attempts: number;
  carrier: string;
  parts_taken: number;
}
