// The SQL of calls as a queue: leasing them, recording the results of attempts, giving calls back.
import { firstIdOf } from '../../base/id.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { Attempt } from '../attempt.ts';
import type { LeasedWebhook, WebhookKind, WebhookMethod } from '../webhook.ts';
import type { Slots } from './host-scheduler.ts';

interface LeasedRow {
  id: string;
  account_id: string;
  main_id: string;
  message_id: string | null;
  kind: WebhookKind;
  url: string;
  host: string;
  method: WebhookMethod;
  form: string | null;
  is_private: boolean;
  attempts: number;
}

const leasedColumns =
  'id, account_id, main_id, message_id, kind, url, host, method, form, is_private, attempts';

/**
 * Steps from one account to the next by their index, and for each from one host to the next, however many calls there are. The
 * accounts of a page share its lines. Whether a call is due is asked for in the index's order: a mere `exists` was seen to read the whole table.
 */
export const listSql = `
  with recursive accounts (main_id) as (
    select (select main_id from webhook_calls
      where next_at is not null and main_id > $2 order by main_id, host, next_at limit 1)
    union all
    select (select main_id from webhook_calls
      where next_at is not null and main_id > accounts.main_id order by main_id, host, next_at limit 1)
    from accounts where accounts.main_id is not null),
  page as materialized (select main_id from accounts where main_id is not null limit $5),
  share as materialized (select ceil($5::numeric / greatest(count(*), 1))::integer as lines from page)
  select page.main_id, share.lines, waiting.host,
    (select next_at from webhook_calls
      where webhook_calls.main_id = page.main_id and webhook_calls.host = waiting.host and next_at <= $1
        and (leased_until is null or leased_until <= $1) order by next_at limit 1) is not null as is_due,
    (select next_at from webhook_calls
      where webhook_calls.main_id = page.main_id and webhook_calls.host = waiting.host and next_at > $1
      order by next_at limit 1) as next_at
  from page cross join share
  left join unnest($3::text[], $4::text[]) as seen (main_id, host) on seen.main_id = page.main_id
  left join lateral (
    with recursive hosts (host) as (
      select (select host from webhook_calls
        where next_at is not null and webhook_calls.main_id = page.main_id and host > coalesce(seen.host, '')
        order by host limit 1)
      union all
      select (select host from webhook_calls
        where next_at is not null and webhook_calls.main_id = page.main_id and host > hosts.host
        order by host limit 1)
      from hosts where hosts.host is not null)
    select host from hosts where host is not null limit share.lines) as waiting on true
  order by page.main_id, waiting.host`;

interface ListedRow {
  main_id: string;
  /** How many hosts an account of this page is listed with at most. */
  lines: number;
  /** Null where the account has none behind those that were seen. */
  host: string | null;
  is_due: boolean;
  next_at: Date | null;
}

interface WaitingHost {
  readonly name: string;
  /** Whether the account has calls to it that are due and not taken. */
  readonly isDue: boolean;
  /** When the account's next call to it after those that are due now will be. */
  readonly nextAt: Date | undefined;
}

/** An account with calls that are still to be made, and where they lead, by name. */
export interface WaitingAccount {
  readonly name: string;
  readonly hosts: readonly WaitingHost[];
  /** Whether it may have more hosts behind the last one. */
  readonly hasMore: boolean;
}

/** The place where a page begins. */
interface PagePlace {
  /** Accounts up to this one, by name, are not listed. */
  readonly after: string;
  /** The hosts of these accounts are listed from behind the given one; those of others from the first. */
  readonly seen: ReadonlyMap<string, string>;
}

/**
 * Returns up to `limit` accounts with calls that are still to be made, by name, each with its part of `limit` hosts. The cost is
 * theirs and not that of their calls.
 */
export async function listWaiting(
  db: Reader,
  now: Date,
  { after, seen }: PagePlace,
  limit: number,
): Promise<WaitingAccount[]> {
  const values = [now, after, [...seen.keys()], [...seen.values()], limit];
  const rows = await db.query<ListedRow>(listSql, values);
  const listed = new Map<string, { most: number; hosts: WaitingHost[] }>();
  for (const { main_id, lines, host, is_due, next_at } of rows) {
    const account = listed.get(main_id) ?? { most: lines, hosts: [] };
    listed.set(main_id, account);
    if (host === null) continue;
    account.hosts.push({ name: host, isDue: is_due, nextAt: next_at ?? undefined });
  }
  return [...listed].map(([name, { most, hosts }]) => ({
    name,
    hosts,
    hasMore: hosts.length === most,
  }));
}

const leaseSql = `
  update webhook_calls set leased_until = $2
  where id = any(array(
    select due.id
    from unnest($3::text[], $4::text[], $5::integer[]) as slots (main_id, host, most)
    cross join lateral (
      select id from webhook_calls
      where webhook_calls.main_id = slots.main_id and webhook_calls.host = slots.host and next_at <= $1
        and (leased_until is null or leased_until <= $1)
      order by next_at limit slots.most for update skip locked) as due
    limit $6))
  returning ${leasedColumns}`;

interface LeaseRequest {
  readonly now: Date;
  /** From then on another process may lease the calls. */
  readonly leasedUntil: Date;
  /** The most calls that may be leased of each flow, the first flow first. */
  readonly slots: readonly Slots[];
  /** The most calls that may be leased in all. */
  readonly limit: number;
}

/**
 * Leases calls that are due, of each flow those that have been due the longest. Calls that another process is leasing at the same moment
 * are skipped.
 */
export async function leaseWebhooks(db: Reader, request: LeaseRequest): Promise<LeasedWebhook[]> {
  const { now, leasedUntil, slots, limit } = request;
  if (slots.length === 0) return [];
  const rows = await db.query<LeasedRow>(leaseSql, [
    now,
    leasedUntil,
    slots.map(({ account }) => account),
    slots.map(({ host }) => host),
    slots.map(({ most }) => most),
    limit,
  ]);
  return fromRows(rows, leasedUntil);
}

const leaseOverdueSql = `
  update webhook_calls set leased_until = $2
  where id = any(array(
    select id from webhook_calls
    where id < $4 and (next_at <= $3 or (next_at is null and outcome = 'pending')) and (leased_until is null or leased_until <= $1)
    order by id limit $5 for update skip locked))
  returning ${leasedColumns}`;

/** Leases up to `rows` calls that have been due since before a moment, or wait for the end of a pause, the oldest first. */
export async function leaseOverdueWebhooks(
  db: Reader,
  { now, leasedUntil }: Pick<LeaseRequest, 'now' | 'leasedUntil'>,
  dueBefore: Date,
  rows: number,
): Promise<LeasedWebhook[]> {
  // An overdue call was stored before, and the oldest are found by their ids.
  const values = [now, leasedUntil, dueBefore, firstIdOf(dueBefore.getTime()), rows];
  return fromRows(await db.query<LeasedRow>(leaseOverdueSql, values), leasedUntil);
}

function fromRows(rows: readonly LeasedRow[], leasedUntil: Date): LeasedWebhook[] {
  // Ids are in the order of time; rows come in none.
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return sorted.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    mainId: row.main_id,
    messageId: row.message_id ?? undefined,
    kind: row.kind,
    url: row.url,
    host: row.host,
    method: row.method,
    form: row.form ?? '',
    isPrivate: row.is_private,
    attempts: row.attempts,
    leasedUntil,
  }));
}

const recordSql = `
  update webhook_calls set
    outcome = ended.outcome,
    attempts = attempts + 1,
    next_at = ended.next_at,
    leased_until = null,
    form = case when is_private and ended.next_at is null then null else form end,
    log = case when jsonb_array_length(log) < 10 then log else log - 0 end || ended.record
  from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::timestamptz[], $5::jsonb[])
    as ended (id, leased_until, outcome, next_at, record)
  where webhook_calls.id = ended.id and webhook_calls.leased_until = ended.leased_until
  returning webhook_calls.id`;

/**
 * Records attempts, of each call the last ten. Returns those that were recorded: a call whose lease ran out may have been leased by
 * another process, which records it.
 */
export async function recordWebhookAttempts(
  tx: Transaction,
  attempts: readonly Attempt[],
): Promise<Attempt[]> {
  const rows = await tx.query<{ id: string }>(recordSql, [
    attempts.map(({ call }) => call.id),
    attempts.map(({ call }) => call.leasedUntil),
    attempts.map(({ outcome }) => outcome),
    attempts.map(({ nextAt }) => nextAt),
    attempts.map(({ record }) => JSON.stringify(record)),
  ]);
  const written = new Set(rows.map(({ id }) => id));
  return attempts.filter(({ call }) => written.has(call.id));
}

/** Ends the leases of calls that were not made, so that they need not wait for their leases to run out. */
export async function releaseWebhooks(db: Reader, calls: readonly LeasedWebhook[]): Promise<void> {
  if (calls.length === 0) return;
  await db.query(
    `update webhook_calls set leased_until = null
     from unnest($1::uuid[], $2::timestamptz[]) as given (id, leased_until)
     where webhook_calls.id = given.id and webhook_calls.leased_until = given.leased_until`,
    [calls.map(({ id }) => id), calls.map(({ leasedUntil }) => leasedUntil)],
  );
}

/** Ends all leases. Safe only while no other process runs: on the embedded database, before anything is leased. */
export async function releaseAllWebhooks(db: Reader): Promise<void> {
  await db.query('update webhook_calls set leased_until = null where next_at is not null');
}
