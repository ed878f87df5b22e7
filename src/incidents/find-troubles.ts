// Finds what is wrong at a moment, in all accounts, with one statement: an idle server asks it once a minute.
import { daysBefore } from '../base/days.ts';
import { firstIdOf } from '../base/id.ts';
import type { SenderLimits } from '../base/sender-limits.ts';
import type { Reader } from '../db/db.ts';
import type { IncidentKind, Trouble } from './incident.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The newest callbacks and failures of an hour that are read of an account, and of all: accounts share them evenly. */
const maxReadOfAccount = 2000;
const maxRead = 20_000;
/** The most troubles of one kind, and the most accounts that are read for them. */
const maxFound = 1000;
/** A message is late when its send slot was so long ago. */
const lateMs = 5 * minuteMs;
/** Fewer failures are chance. */
const minFailedMessages = 10;
const minFailedCalls = 3;
/** The share of an hour's messages that one code must have taken, and that of the callbacks of a URL. */
const codePercent = 10;
const callPercent = 50;
/** A carrier's state that was written before counts no more (`src/routing/state-store.ts`). */
const carrierSeconds = 45;

const carriersSql = `
  select $1::text as account_id, 'carrier' as kind, carrier as subject, $2::timestamptz as began_at, 0 as affected, 0 as total,
    max(state -> 'lastError' ->> 'text') as detail
  from carrier_states where $1::text is not null and at > clock_timestamp() - ${carrierSeconds} * interval '1 second'
  group by carrier having bool_and(state ->> 'state' in ('down', 'refused'))`;

/**
 * Returns the main accounts that have any of such rows, found one by one in their indexes, with how many rows of each are read. Where there are too
 * many, each look takes those that follow on the ones of the minute before.
 */
const accountsWithSql = (rows: readonly string[]) => `
  select account_id, least(${maxReadOfAccount}, ${maxRead} / count(*) over ()) as most
  from (
    select account_id from (
      select auth_id as account_id, row_number() over (order by auth_id) as place, count(*) over () as places from accounts
      cross join lateral (select from (${rows.map((sql) => `(select ${sql} limit 1)`).join(' union all ')}) as first_rows limit 1) as any_row
      where accounts.main_id is null) as having_rows
    order by (place + places - $8::bigint * ${maxFound} % places) % places limit ${maxFound}) as looked_at`;

/** Keeps a subquery by itself: it would be made again for each row of what is joined with it. */
const readOnce = 'offset 0';

// Where not all failures are read, messages are counted since the oldest that is. The hour bounds them too: by a constant the planner knows that few
// rows are meant, and leaves partitions out. No more are counted than would be too many: the embedded database does nothing else meanwhile.
const codesSql = `
  select counted.account_id, 'error_code', error_code::text, time_of_id(first_id::uuid), failed, accepted, null
  from (
    select reading.account_id, since, error_code, count(*)::integer as failed, min(message_id::text) as first_id
    from (${accountsWithSql(['from failed_messages where account_id = auth_id and message_id >= $3'])}) as reading
    cross join lateral (
      select coalesce((
        select message_id from failed_messages where failed_messages.account_id = reading.account_id and message_id >= $3
        order by message_id desc offset most - 1 limit 1), $3) as since ${readOnce}) as stretch
    join failed_messages on failed_messages.account_id = reading.account_id and message_id >= since and message_id >= $3
    group by reading.account_id, since, error_code having count(*) >= ${minFailedMessages}) as counted
  cross join lateral (
    select count(*)::integer as accepted from (
      select from messages where messages.account_id = counted.account_id and id >= since and id >= $3 and direction = 'outbound'
      limit failed * 100 / ${codePercent} + 1) as sent) as sent
  where failed * 100 >= ${codePercent} * accepted`;

const lateSql = `
  select messages.account_id, 'late_messages', coalesce(powerpack_uuid::text, ''), min(head.slot), sum(queued)::integer, sum(queued)::integer,
    max(powerpacks.name)
  from sender_queues
  cross join lateral (
    select message_id, greatest(due_at, not_before) as slot from outbox where outbox.queue = sender_queues.queue order by position limit 1) as head
  join messages on messages.id = head.message_id
  left join powerpacks on powerpacks.uuid = powerpack_uuid
  where queued > 0 and head.slot < $4
  group by messages.account_id, powerpack_uuid`;

// A number that is below the limit for a day is below it in one of its hours at least: only numbers with such an hour are read, through indexes.
const numbersSql = `
  select numbers.account_id, 'number', number, $2::timestamptz, (finished - delivered)::integer, finished::integer, null
  from (select distinct queue from sender_hours where delivered_tenths <= $7 / 10 and hour > $5) as low
  join numbers on number = queue
  cross join lateral (
    select sum(finished) as finished, sum(delivered) as delivered from sender_hours
    where sender_hours.queue = low.queue and hour > $5) as of_day
  where finished >= $6 and delivered * 100 < $7 * finished`;

/** The calls of an account that have failed, and those that have failed and are tried again: a partial index knows either. */
const failingCalls = ["outcome = 'failed'", "outcome = 'pending' and attempts > 0"];
const readFailing = failingCalls.map(
  (are) => `(select id, url, created_at, true as is_failing, log -> -1 ->> 'error' as error from webhook_calls
      where main_id = reading.account_id and ${are} and id >= $3 order by id desc limit most)`,
);
// Calls that have arrived are in no index of their own: they are read since the oldest of the newest calls. At a URL where one has arrived since, calls
// are compared since then, at any other those that failed in the hour count. A URL whose newest call arrived has recovered; where that was before the
// stretch, it is looked for among the calls that follow its last failure, and the failing URLs of an account share how many of them are read.
const urlsSql = `
  select account_id, 'webhook_url', url, began_at, affected, total, error
  from (
    select account_id, since, url, min(created_at) filter (where is_failing) as began_at,
      (count(*) filter (where is_failing))::integer as affected, count(*)::integer as total,
      (array_agg(error order by id desc))[1] as error, (array_agg(id order by id desc))[1] as last_id,
      most / count(*) over (partition by account_id) as most_after
    from (
      select account_id, since, most, tried.*, bool_or(not is_failing) over (partition by account_id, url) as has_arrived
      from (${accountsWithSql(failingCalls.map((are) => `from webhook_calls where main_id = auth_id and ${are} and id >= $3`))}) as reading
      cross join lateral (
        select coalesce((
          select id from webhook_calls where main_id = reading.account_id and id >= $3 order by id desc offset most - 1 limit 1), $3) as since ${readOnce}) as stretch
      cross join lateral (
        ${readFailing.join(' union all ')}
        union all
        (select id, url, created_at, false, null from webhook_calls
          where main_id = reading.account_id and id >= since and id >= $3 and outcome = 'delivered')) as tried) as tried
    where id >= since or not has_arrived
    group by account_id, since, most, url
    having count(*) filter (where is_failing) >= ${minFailedCalls}
      and count(*) filter (where is_failing) * 100 >= ${callPercent} * count(*)
      and (array_agg(is_failing order by id desc))[1]) as failing
  where not exists (
    select from (
      select url, outcome from webhook_calls
      where main_id = failing.account_id and id > last_id and id < since and id >= $3 order by id limit most_after) as following
    where following.url = failing.url and outcome = 'delivered')`;

const findSql = `
  select * from (
    ${[carriersSql, codesSql, lateSql, numbersSql, urlsSql].map((sql) => `(${sql} limit ${maxFound})`).join(' union all ')}) as troubles`;

interface Row {
  account_id: string;
  kind: IncidentKind;
  subject: string;
  began_at: Date;
  affected: number;
  total: number;
  detail: string | null;
}

/** The rules by which health is judged, and the account that carriers belong to. */
export interface TroubleRules {
  readonly limits: Pick<SenderLimits, 'healthMessages' | 'healthDeliveredPercent'>;
  readonly operatorId: string | undefined;
}

/** Returns what is wrong now: at most 1,000 of each kind. */
export async function findTroubles(
  reader: Reader,
  { limits, operatorId }: TroubleRules,
  now: Date,
): Promise<Trouble[]> {
  const rows = await reader.query<Row>(findSql, [
    operatorId ?? null,
    now,
    firstIdOf(now.getTime() - hourMs),
    new Date(now.getTime() - lateMs),
    daysBefore(now, 1),
    Math.max(1, limits.healthMessages),
    limits.healthDeliveredPercent,
    Math.floor(now.getTime() / minuteMs),
  ]);
  return rows.map((row) => ({
    accountId: row.account_id,
    kind: row.kind,
    subject: row.subject,
    beganAt: row.began_at,
    affected: row.affected,
    total: row.total,
    detail: row.detail ?? undefined,
  }));
}
