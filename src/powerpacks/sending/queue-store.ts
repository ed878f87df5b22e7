// The SQL of the sender queues of a pool's members.
import { daysBefore, utcDay } from '../../base/days.ts';
import type { SenderLimits } from '../../base/sender-limits.ts';
import type { Reader } from '../../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../../db/sorted-texts.ts';
import type { PageRequest } from '../../http/page.ts';
import type { Service } from '../../telecom/service.ts';
import { type MemberFilters, memberFilter, memberFilterValues, queueColumn } from '../pool/pool-store.ts';
import type { SenderKind, Standing } from '../powerpack.ts';
import { filteredBy, filterValues, type PowerpackFilter } from '../store.ts';

/** A member, its own limits (`null` leaves it those of its kind) and its queue. */
export interface MemberQueue {
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly service: Service;
  readonly addedAt: Date;
  readonly standing: Standing;
  /** When a drain ends. */
  readonly drainUntil: Date | undefined;
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  readonly dailySegments: number | null;
  readonly queued: number;
  /** `undefined` if it has never sent. */
  readonly nextFree: Date | undefined;
  readonly segmentsToday: number;
  /** When its first queued message was accepted. */
  readonly oldest: Date | undefined;
}

interface MemberQueueRow {
  sender: string;
  kind: SenderKind;
  country_iso2: string;
  service: Service;
  added_at: Date;
  standing: Standing;
  drain_until: Date | null;
  sms_per_second: number | null;
  mms_per_second: number | null;
  daily_segments: number | null;
  queued: number | null;
  next_free: Date | null;
  segments_today: number | null;
  oldest: Date | null;
}

/** The members of a pool with their sender queues, where they have sent, and the moment at which the first queued message was accepted. */
const queues = `pool_members
  left join sender_queues on sender_queues.queue = ${queueColumn}
  left join lateral (
    select accepted_at as oldest from outbox join messages on messages.id = outbox.message_id
    where sender_queues.queued > 0 and outbox.queue = sender_queues.queue order by position limit 1) as first_queued on true`;

/** The standing of a row of `pool_members`. */
const standingColumn = `coalesce((
  select 'unverified' from numbers where numbers.number = pool_members.number and tollfree_verification <> 'verified'), state)`;

export interface QueueFilters extends MemberFilters {
  /** Long codes with one of these area codes. */
  readonly areaCodes: readonly string[] | undefined;
  readonly isHealthy: boolean | undefined;
  readonly standing: Standing | undefined;
}

/** The rule of `isHealthy` in SQL, for many members; `$8` to `$11` are among `queueFilterValues`. */
const isUnhealthy = `exists (
  select from sender_hours where queue = ${queueColumn} and hour > $9
  having sum(finished) >= $10 and sum(delivered) * 100 < $11 * sum(finished))`;

const queueFilter = `${memberFilter}
  and ($7::text[] is null or kind = 'longcode' and starts_with(sender, '1') and substr(sender, 2, 3) = any($7))
  and ($8::boolean is null or $8 <> ${isUnhealthy})
  and ($12::text is null or $12 = ${standingColumn})`;

const queueFilterValues = (poolUuid: string, filters: QueueFilters, limits: SenderLimits, now: Date) => [
  ...memberFilterValues(poolUuid, filters),
  filters.areaCodes ?? null,
  filters.isHealthy ?? null,
  daysBefore(now, 1),
  Math.max(1, limits.healthMessages),
  limits.healthDeliveredPercent,
  filters.standing ?? null,
];

/** By which members can be put in order. */
export const queueOrders = ['number', 'segments_today', 'queued', 'next_free_at', 'health'] as const;
type QueueOrder = (typeof queueOrders)[number];

/** The value of each order; members without one come last. `$9` is the moment a day ago, `$13` the day. */
const orderValues: Readonly<Record<QueueOrder, string>> = {
  number: 'sender',
  segments_today: 'case when day = $13::date then segments_today else 0 end',
  queued: 'coalesce(queued, 0)',
  next_free_at: 'greatest(next_free, bulk_free)',
  health: `(select sum(delivered)::float8 / nullif(sum(finished), 0) from sender_hours where queue = ${queueColumn} and hour > $9)`,
};

const listSql = (
  order: string,
) => `select sender, kind, country_iso2, service, added_at, ${standingColumn} as standing, drain_until, sms_per_second, mms_per_second, daily_segments, queued,
    greatest(next_free, bulk_free) as next_free, case when day = $13::date then segments_today else 0 end as segments_today, oldest
  from ${queues} where ${queueFilter} order by ${order}added_at, sender limit $14 offset $15`;

const memberLists = sortedTexts(orderValues, listSql);

/** Returns a page of the members that the filters leave, in an order. */
export async function listMemberQueues(
  reader: Reader,
  poolUuid: string,
  filters: QueueFilters,
  limits: SenderLimits,
  now: Date,
  page: PageRequest,
  sorting: Sorting<QueueOrder>,
): Promise<MemberQueue[]> {
  const rows = await reader.query<MemberQueueRow>(sortedText(memberLists, sorting), [
    ...queueFilterValues(poolUuid, filters, limits, now),
    utcDay(now),
    page.limit,
    page.offset,
  ]);
  return rows.map((row) => ({
    sender: row.sender,
    kind: row.kind,
    countryIso2: row.country_iso2,
    service: row.service,
    addedAt: row.added_at,
    standing: row.standing,
    drainUntil: row.drain_until ?? undefined,
    smsPerSecond: row.sms_per_second,
    mmsPerSecond: row.mms_per_second,
    dailySegments: row.daily_segments,
    queued: row.queued ?? 0,
    nextFree: row.next_free ?? undefined,
    segmentsToday: row.segments_today ?? 0,
    oldest: row.oldest ?? undefined,
  }));
}

/** Returns how many members the filters leave. */
export async function countMemberQueues(
  reader: Reader,
  poolUuid: string,
  filters: QueueFilters,
  limits: SenderLimits,
  now: Date,
): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    `select count(*) as count from pool_members where ${queueFilter}`,
    queueFilterValues(poolUuid, filters, limits, now),
  );
  return rows[0]?.count ?? 0;
}

/** The queues of all members taken together. */
export interface PoolQueue {
  readonly members: number;
  /** Members that have a queue. */
  readonly waitingMembers: number;
  readonly queued: number;
  readonly segmentsToday: number;
  readonly oldest: Date | undefined;
  /** When the last of them is free. */
  readonly lastFree: Date | undefined;
}

interface PoolQueueRow {
  members: number;
  waiting_members: number;
  queued: number;
  segments_today: number;
  oldest: Date | null;
  last_free: Date | null;
}

const summary = `count(sender) as members, count(*) filter (where queued > 0) as waiting_members,
  coalesce(sum(queued), 0) as queued,
  coalesce(sum(segments_today) filter (where day = $2::date), 0) as segments_today,
  min(oldest) as oldest, max(greatest(next_free, bulk_free)) filter (where queued > 0) as last_free`;

/** Returns the queues of a pool's members taken together; segments are those of the UTC day of `now`. */
export async function summariseQueues(reader: Reader, poolUuid: string, now: Date): Promise<PoolQueue> {
  const rows = await reader.query<PoolQueueRow>(
    `select ${summary} from ${queues} where pool_uuid = $1 and not detached`,
    [poolUuid, utcDay(now)],
  );
  return summaryFromRow(rows[0]);
}

function summaryFromRow(row: PoolQueueRow | undefined): PoolQueue {
  return {
    members: row?.members ?? 0,
    waitingMembers: row?.waiting_members ?? 0,
    queued: row?.queued ?? 0,
    segmentsToday: row?.segments_today ?? 0,
    oldest: row?.oldest ?? undefined,
    lastFree: row?.last_free ?? undefined,
  };
}

/** A powerpack and the queues of all its members. */
export interface PowerpackQueue {
  readonly uuid: string;
  readonly poolUuid: string;
  readonly name: string;
  readonly stickySender: boolean;
  readonly localConnect: boolean;
  readonly deletionProtection: boolean;
  readonly applicationId: string | undefined;
  readonly queue: PoolQueue;
}

interface PowerpackQueueRow extends PoolQueueRow {
  uuid: string;
  pool_uuid: string;
  name: string;
  sticky_sender: boolean;
  local_connect: boolean;
  deletion_protection: boolean;
  application_id: string | null;
}

/** By which powerpacks can be put in order. */
export const powerpackOrders = ['name', 'members', 'queued', 'oldest_age_seconds', 'segments_today'] as const;
type PowerpackOrder = (typeof powerpackOrders)[number];

/** The value of each order; powerpacks without one come last. */
const powerpackOrderValues: Readonly<Record<PowerpackOrder, string>> = {
  name: 'lower(powerpacks.name)',
  members: 'queues.members',
  queued: 'queues.queued',
  // The older, the longer it waits.
  oldest_age_seconds: "-date_part('epoch', queues.oldest)",
  segments_today: 'queues.segments_today',
};

const powerpackListSql = (order: string) => `
  select powerpacks.uuid, powerpacks.pool_uuid, powerpacks.name, powerpacks.sticky_sender, powerpacks.local_connect,
    powerpacks.deletion_protection, powerpacks.application_id, queues.*
  from powerpacks
  cross join lateral (
    select ${summary} from ${queues} where pool_uuid = powerpacks.pool_uuid and not detached) as queues
  where account_id = $1 and deleted_at is null and ${filteredBy('$3', '$4')}
  order by ${order}created_at, uuid limit $5 offset $6`;

const powerpackLists = sortedTexts(powerpackOrderValues, powerpackListSql);

/** Returns a page of an account's powerpacks, in an order. */
export async function listPowerpackQueues(
  reader: Reader,
  accountId: string,
  filter: PowerpackFilter,
  now: Date,
  page: PageRequest,
  sorting: Sorting<PowerpackOrder>,
): Promise<PowerpackQueue[]> {
  const rows = await reader.query<PowerpackQueueRow>(sortedText(powerpackLists, sorting), [
    accountId,
    utcDay(now),
    ...filterValues(filter),
    page.limit,
    page.offset,
  ]);
  return rows.map((row) => ({
    uuid: row.uuid,
    poolUuid: row.pool_uuid,
    name: row.name,
    stickySender: row.sticky_sender,
    localConnect: row.local_connect,
    deletionProtection: row.deletion_protection,
    applicationId: row.application_id ?? undefined,
    queue: summaryFromRow(row),
  }));
}
