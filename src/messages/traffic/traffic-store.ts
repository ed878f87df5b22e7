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
/**
 * With the standard memory the messages that were read go to the disk, and are read from there for each question. Groups are hashed:
 * the planner does not know how many messages there will be, and sorts all of them.
 */
const settings = [`set local work_mem = '32MB'`, 'set local enable_sort = off'];

interface BucketRow {
  start_ms: number;
  accepted: number;
  received: number;
  sent: number;
  delivered: number;
  undelivered: number;
  failed: number;
  segments: number;
  wait_ms: [number | null, number | null] | null;
  delivery_ms: [number | null, number | null] | null;
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
  delivery_ms: [number | null, number | null] | null;
}

/** Returns a time or an interval in milliseconds, in double precision: `extract` counts in numeric, which is many times slower. */
const milliseconds = (time: string) => `date_part('epoch', ${time}) * 1000`;
const spreadOf = (column: string) => `percentile_disc(array[0.5, 0.95]) within group (order by ${column})`;
const countOf = (status: string) => `count(*) filter (where status = '${status}')`;
const counted = (status: string) => `coalesce(sum(messages) filter (where status = '${status}'), 0)`;
const countedOut = (status: string) =>
  `coalesce(sum(messages) filter (where direction = 'outbound' and status = '${status}'), 0)`;

// How many messages are read does not depend on the powerpack: the index has accounts and times only. The rows are scanned once for each
// figure, with a hash for each group; only the percentiles of times must sort. They sort by what is quick to compare: an area is a number, its
// area code, or elsewhere the letters of its country below zero; the beginnings of buckets fall already, as they are read.
const trafficSql = (whose: 'account_id' | 'subaccount_id') => `
  with read_messages as materialized (
    select * from (
      select direction, status, sender, segments, powerpack_uuid, country_iso2,
        case when direction = 'inbound' then null when destination like '1___%' then substr(destination, 2, 3)::integer
          else -128 * ascii(country_iso2) - ascii(substr(country_iso2, 2)) end as area,
        accepted_at, date_bin($6::interval, accepted_at, 'epoch') as start,
        (${milliseconds('sent_at - accepted_at')})::integer as wait_ms, (${milliseconds('finished_at - sent_at')})::integer as delivery_ms
      from messages where ${whose} = $1 and id >= $2::uuid and id < $3::uuid
      order by id desc limit $4) as newest),
  whole as (select count(*) as count, min(accepted_at) as first_at from read_messages),
  tallies as materialized (
    select start, direction, status, wait_ms is not null as is_sent, count(*) as messages, sum(segments) as segments
    from read_messages where $5::uuid is null or powerpack_uuid = $5 group by 1, 2, 3, 4),
  spreads as (
    select start, ${spreadOf('wait_ms')} as wait_ms,
      ${spreadOf('delivery_ms')} filter (where delivery_ms is not null) as delivery_ms
    from read_messages
    where ($5::uuid is null or powerpack_uuid = $5) and direction = 'outbound' and wait_ms is not null
    group by start order by start desc),
  buckets as (
    select ${milliseconds('start')} as start_ms,
      coalesce(sum(messages) filter (where direction = 'outbound'), 0) as accepted,
      coalesce(sum(messages) filter (where direction = 'inbound'), 0) as received,
      coalesce(sum(messages) filter (where direction = 'outbound' and is_sent), 0) as sent,
      ${countedOut('delivered')} as delivered, ${countedOut('undelivered')} as undelivered, ${countedOut('failed')} as failed,
      coalesce(sum(segments) filter (where direction = 'outbound'), 0) as segments,
      wait_ms, delivery_ms
    from tallies left join spreads using (start) group by start, wait_ms, delivery_ms),
  by_sender as (
    select sender as number, status, count(*) as messages, sum(segments) as segments
    from read_messages where ($5::uuid is null or powerpack_uuid = $5) and direction = 'outbound' group by 1, 2),
  used_senders as (
    select number, sum(messages) as messages, sum(segments) as segments, ${counted('delivered')} as delivered,
      ${counted('undelivered')} as undelivered, ${counted('failed')} as failed
    from by_sender group by number),
  members as (
    select distinct sender as number from pool_members
    join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
    where powerpacks.uuid = $5 and powerpacks.account_id = $1 and powerpacks.deleted_at is null and not detached),
  senders as (
    select number, coalesce(messages, 0) as messages, coalesce(segments, 0) as segments,
      coalesce(delivered, 0) as delivered, coalesce(undelivered, 0) as undelivered, coalesce(failed, 0) as failed,
      case when $5::uuid is not null then members.number is not null end as member
    from used_senders full join members using (number)
    order by messages desc, number limit ${maxSenders}),
  areas as (
    select max(country_iso2) as country_iso2, case when area <= 0 then '' else area::text end as area_code,
      count(*) as messages, ${countOf('delivered')} as delivered,
      ${countOf('undelivered')} as undelivered, ${countOf('failed')} as failed, ${spreadOf('delivery_ms')} as delivery_ms
    from read_messages where ($5::uuid is null or powerpack_uuid = $5) and direction = 'outbound'
    group by area order by messages desc, country_iso2, area_code)
  select count, ${milliseconds('first_at')} as first_ms,
    (select jsonb_agg(buckets) from buckets) as buckets,
    (select jsonb_agg(senders) from senders) as senders,
    (select jsonb_agg(areas) from areas) as areas
  from whole`;

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
  wait_ms: wait,
  delivery_ms: delivery,
  ...counts
}: BucketRow): TrafficBucket {
  return { ...counts, start: new Date(startMs), waitMs: spreadFrom(wait), deliveryMs: spreadFrom(delivery) };
}

function spreadFrom(pair: [number | null, number | null] | null): Spread | undefined {
  const [median, most] = pair ?? [];
  return median == null || most == null ? undefined : { median, most };
}

const areaFromRow = ({
  country_iso2: countryIso2,
  area_code: areaCode,
  delivery_ms: delivery,
  ...counts
}: AreaRow): AreaTraffic => ({ ...counts, countryIso2, areaCode, deliveryMs: spreadFrom(delivery) });
