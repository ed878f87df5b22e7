// The health of the URLs that are called: the newest calls counted, the last error, since when one fails, and whether it is paused.
import { scopeValues } from '../accounts/scope.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';

/** The most calls that are read, the newest of the account; and the most URLs that are listed. */
const maxHealthRead = 10_000;
const maxUrls = 100;

export interface UrlHealth {
  readonly url: string;
  readonly delivered: number;
  readonly failed: number;
  /** Calls that wait: to be made, to be tried again, or for the end of a pause. */
  readonly waiting: number;
  readonly lastDeliveredAt: Date | undefined;
  /** Why an attempt failed, of the newest call that has one and was not delivered. */
  readonly lastError: string | undefined;
  /** When the first call was queued of those that have not been delivered since the last that was; `undefined` while the last one was. */
  readonly failingSince: Date | undefined;
  readonly pausedAt: Date | undefined;
}

interface Row {
  url: string;
  delivered: number;
  failed: number;
  waiting: number;
  last_delivered_at: Date | null;
  last_error: string | null;
  failing_since: Date | null;
  paused_at: Date | null;
}

const listSql = `
  with newest as materialized (
    select id, url, outcome, created_at, log -> -1 ->> 'error' as error
    from webhook_calls where main_id = $1 and ($2::text is null or account_id = $2)
    order by id desc limit ${maxHealthRead}),
  delivered as (
    select url, max(id::text) as id, max(created_at) as at from newest where outcome = 'delivered' group by url),
  counted as (
    select newest.url, max(newest.created_at) as newest_at,
      count(*) filter (where outcome = 'delivered') as delivered,
      count(*) filter (where outcome = 'failed') as failed,
      count(*) filter (where outcome = 'pending') as waiting,
      max(delivered.at) as last_delivered_at,
      (array_agg(error order by newest.id desc) filter (where error is not null and outcome <> 'delivered'))[1] as last_error,
      min(newest.created_at) filter (where error is not null and outcome <> 'delivered'
        and (delivered.id is null or newest.id::text > delivered.id)) as failing_since
    from newest left join delivered using (url) group by newest.url)
  select url, coalesce(delivered, 0) as delivered, coalesce(failed, 0) as failed, coalesce(waiting, 0) as waiting,
    last_delivered_at, last_error, failing_since, pauses.paused_at
  from counted full join (select url, paused_at from webhook_pauses where main_id = $1) as pauses using (url)
  order by (pauses.paused_at is null), (failing_since is null), newest_at desc nulls last, url limit ${maxUrls}`;

/** Returns the URLs of the newest 10,000 calls and those that are paused: paused ones first, then those that fail; at most 100. */
export async function listUrlHealth(db: Reader, scope: Scope): Promise<readonly UrlHealth[]> {
  const rows = await db.query<Row>(listSql, scopeValues(scope));
  return rows.map((row) => ({
    url: row.url,
    delivered: row.delivered,
    failed: row.failed,
    waiting: row.waiting,
    lastDeliveredAt: row.last_delivered_at ?? undefined,
    lastError: row.last_error ?? undefined,
    failingSince: row.failing_since ?? undefined,
    pausedAt: row.paused_at ?? undefined,
  }));
}
