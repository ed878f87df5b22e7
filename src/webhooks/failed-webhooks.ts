// The callbacks that failed for good, by their URLs: counting them, and making all of a URL again.
import type { Db, Reader } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import type { Scope } from '../http/endpoint.ts';
import type { WebhookKind } from './webhook.ts';

/** The most failed calls that are read, the newest; and the most that are made again at once. */
export const maxFailedRead = 10_000;

/** A way in which calls of one URL ended. */
interface FailureReason {
  /** HTTP status; null without a response. */
  readonly status: number | null;
  readonly error: string;
  readonly calls: number;
}

export interface FailedUrl {
  readonly url: string;
  readonly calls: number;
  /** Those whose parameters are still stored. */
  readonly replayable: number;
  readonly firstQueuedAt: Date;
  readonly lastQueuedAt: Date;
  /** The newest that can be made again; null without any. */
  readonly newestReplayable: string | null;
  /** The most frequent first. */
  readonly reasons: readonly FailureReason[];
}

interface Row {
  url: string;
  calls: number;
  replayable: number;
  first_queued_at: Date;
  last_queued_at: Date;
  newest_replayable: string | null;
  reasons: FailureReason[];
}

// A main account reads the index of failed calls; for a subaccount the others are left out.
const failedOfScope = `main_id = $1 and outcome = 'failed' and ($2::text is null or account_id = $2)`;

const listSql = `
  with failed as materialized (
    select id, url, created_at, form is not null as is_replayable,
      (log -> -1 ->> 'status')::integer as status, coalesce(log -> -1 ->> 'error', '') as error
    from webhook_calls where ${failedOfScope} order by id desc limit ${maxFailedRead}),
  reasons as (
    select url, jsonb_agg(jsonb_build_object('status', status, 'error', error, 'calls', calls) order by calls desc, error) as reasons
    from (select url, status, error, count(*) as calls from failed group by url, status, error) as counted group by url)
  select url, count(*) as calls, count(*) filter (where is_replayable) as replayable,
    min(created_at) as first_queued_at, max(created_at) as last_queued_at,
    (max(id::text) filter (where is_replayable))::uuid as newest_replayable, reasons
  from failed join reasons using (url)
  group by url, reasons order by last_queued_at desc, url limit 100`;

/** Returns the URLs of the newest 10,000 calls that failed for good, the one that failed last first; at most 100. */
export async function listFailedUrls(db: Reader, scope: Scope): Promise<readonly FailedUrl[]> {
  const rows = await db.query<Row>(listSql, [scope.mainId, scope.subaccountId ?? null]);
  return rows.map((row) => ({
    url: row.url,
    calls: row.calls,
    replayable: row.replayable,
    firstQueuedAt: row.first_queued_at,
    lastQueuedAt: row.last_queued_at,
    newestReplayable: row.newest_replayable,
    reasons: row.reasons.slice(0, 10),
  }));
}

const replaySql = `
  update webhook_calls set outcome = 'pending', attempts = 0, next_at = $4
  from (
    select id from webhook_calls
    where ${failedOfScope} and form is not null and ($3::text is null or url = $3)
      and ($5::text is null or kind = $5)
      and created_at >= coalesce($6::timestamptz, '-infinity') and created_at < coalesce($7::timestamptz, 'infinity')
    order by id limit ${maxFailedRead} for update) as chosen
  where webhook_calls.id = chosen.id returning 1`;

/** Which failed calls are meant; undefined for any. */
export interface FailedFilter {
  readonly url: string | undefined;
  readonly kind: WebhookKind | undefined;
  /** Queued from this moment on, and before that one. */
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/**
 * Makes the failed calls that are meant due at once, the oldest 10,000, with all their attempts. Returns how many. Those whose parameters are
 * stored no longer stay as they are.
 */
export async function replayFailed(
  db: Db,
  scope: Scope,
  { url, kind, since, until }: FailedFilter,
  now: Date,
  notifier: Notifier,
): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.query(replaySql, [
      scope.mainId,
      scope.subaccountId ?? null,
      url ?? null,
      now,
      kind ?? null,
      since ?? null,
      until ?? null,
    ]);
    tx.afterCommit(() => notifier.emit('webhooks'));
    return rows.length;
  });
}
