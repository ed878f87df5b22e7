// SQL of paused URLs, and of the calls that wait for the end of a pause.
import { lockAccount } from '../accounts/store.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { LeasedWebhook } from './webhook.ts';

/** A URL of an account to which no calls are made for now. */
export interface PausedUrl {
  readonly mainId: string;
  readonly url: string;
}

/** The most URLs of one account that are paused at once. */
export const maxPausedOfAccount = 1000;

/** Reads all of them: a process keeps every paused URL in memory. */
export const listPausedSql = 'select main_id, url from webhook_pauses';

/** Returns every paused URL. */
export async function listPausedUrls(db: Reader): Promise<PausedUrl[]> {
  const rows = await db.query<{ main_id: string; url: string }>(listPausedSql);
  return rows.map((row) => ({ mainId: row.main_id, url: row.url }));
}

/** Stores a pause; one that is there stays as it is. Returns false when the account has as many as it may. */
export async function insertPause(tx: Transaction, { mainId, url }: PausedUrl, now: Date): Promise<boolean> {
  await lockAccount(tx, mainId);
  const [row] = await tx.query<{ others: number }>(
    'select count(*) as others from webhook_pauses where main_id = $1 and url <> $2',
    [mainId, url],
  );
  if ((row?.others ?? 0) >= maxPausedOfAccount) return false;
  await tx.query('insert into webhook_pauses values ($1, $2, $3) on conflict do nothing', [mainId, url, now]);
  return true;
}

/** The most calls that one transaction makes due. */
export const maxMadeDue = 10_000;

const makeDueSql = `
  update webhook_calls set next_at = $3
  where id = any(array(
    select id from webhook_calls
    where main_id = $1 and md5(url) = md5($2) and url = $2 and outcome = 'pending' and next_at is null
    order by id limit ${maxMadeDue} for update skip locked))
  returning 1`;

/** Ends a pause, and makes the oldest calls due that waited for it. Returns how many. `makeLeftDue` makes the others due. */
export async function endPause(tx: Transaction, { mainId, url }: PausedUrl, now: Date): Promise<number> {
  // `keepBack` locks the row of the pause: this waits for it, and finds the calls that it made wait.
  await tx.query('delete from webhook_pauses where main_id = $1 and md5(url) = md5($2) and url = $2', [
    mainId,
    url,
  ]);
  return (await tx.query(makeDueSql, [mainId, url, now])).length;
}

/** Steps from one URL that calls wait for to the next, however many calls there are. */
export const makeLeftDueSql: string = `
  with recursive urls (main_id, digest) as (
    select '', ''
    union all
    select following.* from urls
    cross join lateral (
      select main_id, md5(url) from webhook_calls
      where outcome = 'pending' and next_at is null and (webhook_calls.main_id, md5(url)) > (urls.main_id, urls.digest)
      order by main_id, md5(url) limit 1) as following),
  resumed as materialized (
    select * from urls where not exists (
      select from webhook_pauses where webhook_pauses.main_id = urls.main_id and md5(webhook_pauses.url) = urls.digest))
  update webhook_calls set next_at = $1
  where id = any(array(
    select waiting.id from resumed
    cross join lateral (
      select id from webhook_calls
      where webhook_calls.main_id = resumed.main_id and md5(url) = resumed.digest and outcome = 'pending' and next_at is null
      order by id limit $2 for update skip locked) as waiting
    limit $2))
  returning 1`;

/** Makes calls due that still wait for a pause which has ended, `most` of them. Returns how many. */
export async function makeLeftDue(db: Reader, now: Date, most: number = maxMadeDue): Promise<number> {
  return (await db.query(makeLeftDueSql, [now, most])).length;
}

const keepBackSql = `
  with paused as materialized (
    select given.id, given.leased_until
    from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) as given (id, leased_until, main_id, url)
    cross join lateral (
      select from webhook_pauses
      where webhook_pauses.main_id = given.main_id and md5(webhook_pauses.url) = md5(given.url) for share) as pause)
  update webhook_calls set next_at = null, leased_until = null
  from paused where webhook_calls.id = paused.id and webhook_calls.leased_until = paused.leased_until
  returning webhook_calls.id`;

/** Ends the leases of calls, which wait for the end of their pause from then on. Returns the ids of those whose URL is paused indeed. */
export async function keepBack(db: Reader, calls: readonly LeasedWebhook[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(keepBackSql, [
    calls.map(({ id }) => id),
    calls.map(({ leasedUntil }) => leasedUntil),
    calls.map(({ mainId }) => mainId),
    calls.map(({ url }) => url),
  ]);
  return new Set(rows.map(({ id }) => id));
}
