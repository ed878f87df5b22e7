// The SQL of calls as a queue: taking them with a lease, writing what came of them, giving them back.
import { firstIdOf } from '../base/id.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Attempt, ClaimedWebhook } from './attempt.ts';
import type { WebhookKind, WebhookMethod, WebhookParameters } from './webhook.ts';

interface ClaimedRow {
  id: string;
  account_id: string;
  main_id: string;
  message_id: string | null;
  kind: WebhookKind;
  url: string;
  receiver: string;
  method: WebhookMethod;
  parameters: WebhookParameters | null;
  is_private: boolean;
  attempts: number;
}

const claimedColumns =
  'id, account_id, main_id, message_id, kind, url, receiver, method, parameters, is_private, attempts';

/**
 * From one receiver to the next by their index, however many calls each of them has. Whether one is due is asked for in the
 * index's order: a mere `exists` was seen to read the whole table.
 */
const listSql = `
  with recursive receivers (receiver) as (
    select (select receiver from webhook_calls
      where next_at is not null and receiver > $2 order by receiver limit 1)
    union all
    select (select receiver from webhook_calls
      where next_at is not null and receiver > receivers.receiver order by receiver limit 1)
    from receivers where receivers.receiver is not null)
  select receiver,
    (select next_at from webhook_calls
      where webhook_calls.receiver = receivers.receiver and next_at <= $1
        and (leased_until is null or leased_until <= $1) order by next_at limit 1) is not null as is_due,
    (select next_at from webhook_calls
      where webhook_calls.receiver = receivers.receiver and next_at > $1 order by next_at limit 1) as next_at
  from receivers where receiver is not null limit $3`;

export interface WaitingReceiver {
  readonly name: string;
  /** Whether it has calls that are due and that nobody has taken. */
  readonly isDue: boolean;
  /** When its next call after those that are due now will be. */
  readonly nextAt: Date | undefined;
}

/** Receivers with calls that are still to be made, by name, those behind `after`: the cost is theirs and not that of their calls. */
export async function listReceivers(
  db: Reader,
  now: Date,
  after: string,
  limit: number,
): Promise<WaitingReceiver[]> {
  const rows = await db.query<{ receiver: string; is_due: boolean; next_at: Date | null }>(listSql, [
    now,
    after,
    limit,
  ]);
  return rows.map((row) => ({
    name: row.receiver,
    isDue: row.is_due,
    nextAt: row.next_at ?? undefined,
  }));
}

const claimSql = `
  update webhook_calls set leased_until = $2
  where id = any(array(
    select due.id
    from unnest($3::text[], $4::integer[]) as places (receiver, most)
    cross join lateral (
      select id from webhook_calls
      where webhook_calls.receiver = places.receiver and next_at <= $1
        and (leased_until is null or leased_until <= $1)
      order by next_at limit places.most for update skip locked) as due
    limit $5))
  returning ${claimedColumns}`;

export interface Claim {
  readonly now: Date;
  /** From when on another process may take the calls. */
  readonly leasedUntil: Date;
  /** How many calls may be taken for each receiver; who comes first is served first. */
  readonly places: ReadonlyMap<string, number>;
  /** How many may be taken in all. */
  readonly limit: number;
}

/**
 * Takes calls, of each receiver those that have been due the longest. What another process is taking at the same moment is passed
 * over.
 */
export async function claimWebhooks(db: Reader, claim: Claim): Promise<ClaimedWebhook[]> {
  const { now, leasedUntil, places, limit } = claim;
  if (places.size === 0) return [];
  const rows = await db.query<ClaimedRow>(claimSql, [
    now,
    leasedUntil,
    [...places.keys()],
    [...places.values()],
    limit,
  ]);
  return fromRows(rows, leasedUntil);
}

const claimOverdueSql = `
  update webhook_calls set leased_until = $2
  where id = any(array(
    select id from webhook_calls
    where id < $4 and next_at <= $3 and (leased_until is null or leased_until <= $1)
    order by id limit $5 for update skip locked))
  returning ${claimedColumns}`;

/** Takes up to `rows` calls that have been due since before a moment, the oldest first. */
export async function claimOverdueWebhooks(
  db: Reader,
  { now, leasedUntil }: Pick<Claim, 'now' | 'leasedUntil'>,
  dueBefore: Date,
  rows: number,
): Promise<ClaimedWebhook[]> {
  // What is overdue was queued before, and the oldest are found by their ids.
  const values = [now, leasedUntil, dueBefore, firstIdOf(dueBefore.getTime()), rows];
  return fromRows(await db.query<ClaimedRow>(claimOverdueSql, values), leasedUntil);
}

function fromRows(rows: readonly ClaimedRow[], leasedUntil: Date): ClaimedWebhook[] {
  // Ids are in the order of time; rows come in none.
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return sorted.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    mainId: row.main_id,
    messageId: row.message_id ?? undefined,
    kind: row.kind,
    url: row.url,
    receiver: row.receiver,
    method: row.method,
    parameters: row.parameters ?? [],
    isPrivate: row.is_private,
    attempts: row.attempts,
    leasedUntil,
  }));
}

const settleSql = `
  update webhook_calls set
    outcome = ended.outcome,
    attempts = attempts + 1,
    next_at = ended.next_at,
    leased_until = null,
    parameters = case when is_private and ended.next_at is null then null else parameters end,
    log = case when jsonb_array_length(log) < 10 then log else log - 0 end || ended.record
  from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::timestamptz[], $5::jsonb[])
    as ended (id, leased_until, outcome, next_at, record)
  where webhook_calls.id = ended.id and webhook_calls.leased_until = ended.leased_until
  returning webhook_calls.id`;

/**
 * Writes what came of attempts; of each call the last ten are kept. Answers those that were written: a call whose lease ran out
 * and that somebody else has taken is theirs.
 */
export async function settleWebhooks(tx: Transaction, attempts: readonly Attempt[]): Promise<Attempt[]> {
  const rows = await tx.query<{ id: string }>(settleSql, [
    attempts.map(({ call }) => call.id),
    attempts.map(({ call }) => call.leasedUntil),
    attempts.map(({ outcome }) => outcome),
    attempts.map(({ nextAt }) => nextAt),
    attempts.map(({ record }) => JSON.stringify(record)),
  ]);
  const written = new Set(rows.map(({ id }) => id));
  return attempts.filter(({ call }) => written.has(call.id));
}

/** Gives back calls that were taken but not made, so that they need not wait for their leases to run out. */
export async function releaseWebhooks(db: Reader, calls: readonly ClaimedWebhook[]): Promise<void> {
  if (calls.length === 0) return;
  await db.query(
    `update webhook_calls set leased_until = null
     from unnest($1::uuid[], $2::timestamptz[]) as given (id, leased_until)
     where webhook_calls.id = given.id and webhook_calls.leased_until = given.leased_until`,
    [calls.map(({ id }) => id), calls.map(({ leasedUntil }) => leasedUntil)],
  );
}

/** Ends all leases. Only for who knows that no other process lives: on the embedded database, before anything is claimed. */
export async function releaseAllWebhooks(db: Reader): Promise<void> {
  await db.query('update webhook_calls set leased_until = null where next_at is not null');
}

/** A token as it is kept: encrypted. */
export interface SealedToken {
  readonly sealed: Uint8Array;
  readonly createdAt: Date;
}

/** The current tokens of accounts. Accounts that are gone are absent. */
export async function loadSealedTokens(
  db: Reader,
  accountIds: readonly string[],
): Promise<Map<string, SealedToken>> {
  const rows = await db.query<{ auth_id: string; sealed_token: Uint8Array; created_at: Date }>(
    'select auth_id, sealed_token, created_at from auth_tokens where auth_id = any($1) and valid_until is null',
    [accountIds],
  );
  return new Map(rows.map((row) => [row.auth_id, { sealed: row.sealed_token, createdAt: row.created_at }]));
}
