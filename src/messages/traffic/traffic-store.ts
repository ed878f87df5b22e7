// The SQL that counts an account's messages over time.
import { firstIdOf } from '../../base/id.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import {
  type AreaTraffic,
  bucketLengths,
  byRegion,
  fillGaps,
  type SenderTraffic,
  type Spread,
  type Traffic,
  type TrafficBucket,
  type TrafficWindow,
} from './traffic.ts';

/** The most messages that are read: the newest of the window. */
const maxRead = 100_000;
const maxSenders = 1000;
/** The times of 100,000 messages exceed the standard memory, and would go to the disk. Groups are hashed: the planner would sort all messages. */
const settings = [`set local work_mem = '32MB'`, 'set local enable_sort = off'];

/** A median and a 95th percentile, in seconds. */
type SpreadRow = [number | null, number | null] | null;

interface BucketRow {
  start_ms: number;
  accepted: number;
  received: number;
  sent: number;
  delivered: number;
  undelivered: number;
  failed: number;
  segments: number;
  wait_s: SpreadRow;
  delivery_s: SpreadRow;
}

interface TrafficRow {
  count: number;
  first_ms: number | null;
  buckets: BucketRow[] | null;
  senders: SenderTraffic[] | null;
  areas: AreaRow[] | null;
}

interface AreaRow {
  country_iso2: string;
  area_code: string;
  messages: number;
  delivered: number;
  undelivered: number;
  failed: number;
  delivery_s: SpreadRow;
}

/** Returns an interval in seconds, in double precision: `extract` counts in numeric, which is many times slower. */
const seconds = (interval: string) => `date_part('epoch', ${interval})`;
const spreadOf = (times: string) =>
  `(select percentile_disc(array[0.5, 0.95]) within group (order by time) from unnest(${times}) as time)`;
const countOf = (status: string) =>
  `count(*) filter (where direction = 'outbound' and status = '${status}') as ${status}`;

// How many messages are read does not depend on the powerpack: the index has accounts and times only. They are read once and hashed into
// one group for each bucket, sender and area, which also gathers the times that its percentiles then sort: kept for a statement of each
// figure, the rows would cost as much again as reading them. An area is a number, which is quick to compare: its area code, or elsewhere the
// letters of its country below zero.
const trafficSql = (whose: 'account_id' | 'subaccount_id') => `
  with tallies as materialized (
    select is_asked, start, sender, area, max(country_iso2) as country_iso2, min(accepted_at) as first_at, count(*) as read,
      count(*) filter (where direction = 'outbound') as messages, count(*) filter (where direction = 'inbound') as received,
      count(wait_s) as sent, ${countOf('delivered')}, ${countOf('undelivered')}, ${countOf('failed')},
      coalesce(sum(segments) filter (where direction = 'outbound'), 0) as segments,
      array_agg(wait_s) filter (where wait_s is not null) as waits,
      array_agg(delivery_s) filter (where delivery_s is not null) as deliveries
    from (
      select direction, status, segments, country_iso2, accepted_at, $5::uuid is null or powerpack_uuid = $5 as is_asked,
        date_bin($6::interval, accepted_at, 'epoch') as start,
        case when direction = 'outbound' then sender end as sender,
        case when direction = 'inbound' then null when destination like '1___%' then substr(destination, 2, 3)::integer
          else -128 * ascii(country_iso2) - ascii(substr(country_iso2, 2)) end as area,
        case when direction = 'outbound' then ${seconds('sent_at - accepted_at')} end as wait_s,
        case when direction = 'outbound' then ${seconds('finished_at - sent_at')} end as delivery_s
      from messages where ${whose} = $1 and id >= $2::uuid and id < $3::uuid
      order by id desc limit $4) as newest
    group by is_asked, grouping sets ((start), (sender), (area))),
  buckets as (
    select ${seconds('start')} * 1000 as start_ms, messages as accepted, received, sent, delivered, undelivered, failed, segments,
      ${spreadOf('waits')} as wait_s, ${spreadOf('deliveries')} as delivery_s
    from tallies where is_asked and start is not null),
  members as (
    select distinct pool_members.sender from pool_members
    join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
    where powerpacks.uuid = $5 and powerpacks.account_id = $1 and powerpacks.deleted_at is null and not detached),
  senders as (
    select sender as number, coalesce(messages, 0) as messages, coalesce(segments, 0) as segments,
      coalesce(delivered, 0) as delivered, coalesce(undelivered, 0) as undelivered, coalesce(failed, 0) as failed,
      case when $5::uuid is not null then members.sender is not null end as member
    from (select * from tallies where is_asked and sender is not null) as used full join members using (sender)
    order by messages desc, number limit ${maxSenders}),
  areas as (
    select country_iso2, case when area <= 0 then '' else area::text end as area_code, messages, delivered, undelivered, failed,
      ${spreadOf('deliveries')} as delivery_s
    from tallies where is_asked and area is not null
    order by messages desc, country_iso2, area_code)
  select coalesce(sum(read), 0)::integer as count, ${seconds('min(first_at)')} * 1000 as first_ms,
    (select jsonb_agg(buckets) from buckets) as buckets,
    (select jsonb_agg(senders) from senders) as senders,
    (select jsonb_agg(areas) from areas) as areas
  from tallies where start is not null`;

// Each reads an index of its own: for a subaccount only its messages are read.
const ofAccountSql = trafficSql('account_id');
const ofSubaccountSql = trafficSql('subaccount_id');

/**
 * Counts the messages of a window. Where the account has more than 100,000 in it, those of all powerpacks together, the
 * newest are counted.
 */
export async function countTraffic(
  db: Db,
  scope: Scope,
  powerpackUuid: string | undefined,
  window: TrafficWindow,
): Promise<Traffic> {
  const values = [
    scope.accountId,
    firstIdOf(window.from.getTime()),
    firstIdOf(window.to.getTime()),
    maxRead,
    powerpackUuid ?? null,
    `${bucketLengths[window.by]} milliseconds`,
  ];
  const [row] = await db.transaction((tx) => {
    for (const setting of settings) tx.send(setting);
    return tx.query<TrafficRow>(scope.subaccountId === undefined ? ofAccountSql : ofSubaccountSql, values);
  });
  const isCut = row !== undefined && row.count >= maxRead;
  const areas = (row?.areas ?? []).map(areaFromRow);
  return {
    // In the millisecond of the oldest row, other messages may have been left out.
    completeFrom: isCut && row.first_ms !== null ? new Date(Math.floor(row.first_ms) + 1) : window.from,
    buckets: fillGaps(window, (row?.buckets ?? []).map(bucketFromRow)),
    senders: row?.senders ?? [],
    areas,
    regions: byRegion(areas),
  };
}

function bucketFromRow({
  start_ms: startMs,
  wait_s: wait,
  delivery_s: delivery,
  ...counts
}: BucketRow): TrafficBucket {
  return { ...counts, start: new Date(startMs), waitMs: spreadFrom(wait), deliveryMs: spreadFrom(delivery) };
}

function spreadFrom(pair: SpreadRow): Spread | undefined {
  const [median, most] = pair ?? [];
  return median == null || most == null
    ? undefined
    : { median: Math.round(median * 1000), most: Math.round(most * 1000) };
}

const areaFromRow = ({
  country_iso2: countryIso2,
  area_code: areaCode,
  delivery_s: delivery,
  ...counts
}: AreaRow): AreaTraffic => ({ ...counts, countryIso2, areaCode, deliveryMs: spreadFrom(delivery) });
