// The SQL of sticky mappings: the member that stays the sender of a destination.
import { daysBefore } from '../../base/days.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { PageRequest } from '../../http/page.ts';
import type { SenderKind } from '../powerpack.ts';
import { queueOfSender } from '../queue-name.ts';

/** A destination of a pool's messages. */
interface StickyKey {
  readonly poolUuid: string;
  /** E.164 digits. */
  readonly destination: string;
}

/** The member that is to stay the sender of a destination. */
export interface MappingRequest extends StickyKey {
  readonly sender: string;
  readonly countryIso2: string;
  /** A mapping that was found and does not count, because its member can no longer send: it gives way to this one. */
  readonly replaces?: string | undefined;
}

export interface StickySender {
  readonly destination: string;
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly lastMessageAt: Date;
}

interface MappingRow {
  sender: string;
  country_iso2: string;
}

const queueOfMapping = ({ sender, country_iso2: countryIso2 }: MappingRow): string =>
  queueOfSender({ sender, countryIso2 });

interface MemberRow extends MappingRow {
  kind: SenderKind;
}

const member = 'sender, pool_members.kind, sticky_senders.country_iso2';

/** Mappings with their members: they count as far as these can send texts and the last message is young enough (`findRemembered`). */
const withMembers = `sticky_senders
  join pool_members using (pool_uuid, sender, country_iso2)
  left join numbers on numbers.number = pool_members.number`;
const counting = `not pool_members.detached and coalesce(numbers.sms_enabled, true)
  and state <> 'aside' and coalesce(numbers.tollfree_verification, 'verified') = 'verified' and last_message_at >`;

/**
 * Returns the sender queue of each destination's mapping, in the order of the keys, where its last message is young enough. Whether its
 * member can still send is for the caller to decide, which knows the pool.
 */
export async function loadStickySenders(
  reader: Reader,
  keys: readonly StickyKey[],
  now: Date,
  lifeDays: number,
): Promise<(string | undefined)[]> {
  if (keys.length === 0) return [];
  const rows = await reader.query<MappingRow & { place: number }>(
    `select asked.place, sender, country_iso2
     from unnest($1::uuid[], $2::text[]) with ordinality as asked (pool_uuid, destination, place)
     join sticky_senders using (pool_uuid, destination)
     where last_message_at > $3`,
    [keys.map((key) => key.poolUuid), keys.map((key) => key.destination), daysBefore(now, lifeDays)],
  );
  const queues = new Map(rows.map((row) => [row.place, queueOfMapping(row)]));
  return keys.map((_, index) => queues.get(index + 1));
}

const replaceSql = `
  delete from sticky_senders using unnest($1::uuid[], $2::text[], $3::text[]) as old (pool_uuid, destination, sender)
  where (sticky_senders.pool_uuid, sticky_senders.destination, sticky_senders.sender)
    = (old.pool_uuid, old.destination, old.sender)`;

const keepSql = `
  insert into sticky_senders as old (pool_uuid, destination, sender, country_iso2, last_message_at)
  select wanted.pool_uuid, wanted.destination, wanted.sender, wanted.country_iso2, $5::timestamptz
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) with ordinality
    as wanted (pool_uuid, destination, sender, country_iso2, place)
  where exists (
    select from pool_members
    where (pool_members.pool_uuid, pool_members.sender, pool_members.country_iso2)
      = (wanted.pool_uuid, wanted.sender, wanted.country_iso2))
  order by place
  on conflict (pool_uuid, destination) do update set
    sender = case when old.last_message_at > $6 then old.sender else excluded.sender end,
    country_iso2 = case when old.last_message_at > $6 then old.country_iso2 else excluded.country_iso2 end,
    last_message_at = greatest(old.last_message_at, excluded.last_message_at)
  returning pool_uuid, destination, sender, country_iso2`;

/**
 * Stores mappings, or the time of their last message. The first writer wins: a mapping that is young enough stays with its member.
 * Returns the sender queue that each request ended with, in order; `''` for a wanted member that has left the pool. Rows are written in
 * one order, so that batches do not wait for each other in a circle. The transaction must hold the versions of the pools
 * (`loadPoolVersions`, `holdPool`): a member that leaves takes its mappings along, and must find this one.
 */
export async function keepStickySenders(
  tx: Transaction,
  requests: readonly MappingRequest[],
  now: Date,
  lifeDays: number,
): Promise<string[]> {
  if (requests.length === 0) return [];
  const first = new Map([...requests].reverse().map((request) => [keyOf(request), request]));
  const ordered = [...first.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, request]) => request);
  const replacing = ordered.filter(({ replaces }) => replaces !== undefined);
  if (replacing.length > 0) {
    tx.send(replaceSql, [
      replacing.map((request) => request.poolUuid),
      replacing.map((request) => request.destination),
      replacing.map((request) => request.replaces),
    ]);
  }
  const rows = await tx.query<MappingRow & { pool_uuid: string; destination: string }>(keepSql, [
    ordered.map((request) => request.poolUuid),
    ordered.map((request) => request.destination),
    ordered.map((request) => request.sender),
    ordered.map((request) => request.countryIso2),
    now,
    daysBefore(now, lifeDays),
  ]);
  const queues = new Map(
    rows.map((row) => [
      keyOf({ poolUuid: row.pool_uuid, destination: row.destination }),
      queueOfMapping(row),
    ]),
  );
  return requests.map((request) => queues.get(keyOf(request)) ?? '');
}

const keyOf = ({ poolUuid, destination }: StickyKey): string => `${poolUuid} ${destination}`;

/**
 * Stores that the destination is mapped to this member, replacing its mapping. The member must be in the pool, whose version is held.
 */
export async function pinStickySender(tx: Transaction, request: MappingRequest, now: Date): Promise<void> {
  await tx.query(
    `insert into sticky_senders (pool_uuid, destination, sender, country_iso2, last_message_at)
     values ($1, $2, $3, $4, $5)
     on conflict (pool_uuid, destination) do update set
       sender = excluded.sender, country_iso2 = excluded.country_iso2, last_message_at = excluded.last_message_at`,
    [request.poolUuid, request.destination, request.sender, request.countryIso2, now],
  );
}

interface StickyRow extends MemberRow {
  destination: string;
  last_message_at: Date;
}

const fromRow = (row: StickyRow): StickySender => ({
  destination: row.destination,
  sender: row.sender,
  kind: row.kind,
  countryIso2: row.country_iso2,
  lastMessageAt: row.last_message_at,
});

const shown = `select destination, ${member}, last_message_at from ${withMembers}`;

export interface StickyFilters {
  /** Only mappings to this member. */
  readonly sender: string | undefined;
  readonly order: 'destination' | 'newest';
}

const listed = `sticky_senders.pool_uuid = $1 and ${counting} $2 and ($3::text is null or sender = $3)`;
const orders = { destination: 'destination', newest: 'last_message_at desc, destination' } as const;

/** Returns the mappings of a pool that count. */
export async function listStickySenders(
  reader: Reader,
  poolUuid: string,
  now: Date,
  lifeDays: number,
  { sender, order }: StickyFilters,
  page: PageRequest,
): Promise<StickySender[]> {
  const rows = await reader.query<StickyRow>(
    `${shown} where ${listed} order by ${orders[order]} limit $4 offset $5`,
    [poolUuid, daysBefore(now, lifeDays), sender ?? null, page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/** Returns how many mappings `listStickySenders` would list on all pages. */
export async function countStickySenders(
  reader: Reader,
  poolUuid: string,
  now: Date,
  lifeDays: number,
  { sender }: Pick<StickyFilters, 'sender'>,
): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    `select count(*) as count from ${withMembers} where ${listed}`,
    [poolUuid, daysBefore(now, lifeDays), sender ?? null],
  );
  return rows[0]?.count ?? 0;
}

/** Returns the mapping of a destination, if it counts. */
export async function findStickySender(
  reader: Reader,
  { poolUuid, destination }: StickyKey,
  now: Date,
  lifeDays: number,
): Promise<StickySender | undefined> {
  const rows = await reader.query<StickyRow>(
    `${shown} where sticky_senders.pool_uuid = $1 and destination = $2 and ${counting} $3`,
    [poolUuid, destination, daysBefore(now, lifeDays)],
  );
  return rows.map(fromRow)[0];
}

/** Deletes the mapping of one destination. Returns whether there was one, even one that no longer counted. */
export async function forgetStickySender(
  tx: Transaction,
  { poolUuid, destination }: StickyKey,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from sticky_senders where pool_uuid = $1 and destination = $2 returning 1',
    [poolUuid, destination],
  );
  return rows.length === 1;
}

/** Deletes all mappings of a pool. Returns how many there were. */
export async function forgetStickySenders(tx: Transaction, poolUuid: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with forgotten as (delete from sticky_senders where pool_uuid = $1 returning 1)
     select count(*) as count from forgotten`,
    [poolUuid],
  );
  return rows[0]?.count ?? 0;
}

const deleteOldSql = `
  with gone as (
    delete from sticky_senders where ctid = any(array(
      select ctid from sticky_senders
      where last_message_day < ($1::timestamptz at time zone 'UTC')::date
      limit $2 for update skip locked))
    returning 1)
  select count(*) as count from gone`;

/** Deletes up to `rows` mappings whose last message was on a day before that of `before` (UTC). Returns how many. */
export async function deleteOldStickySenders(reader: Reader, before: Date, rows: number): Promise<number> {
  const counted = await reader.query<{ count: number }>(deleteOldSql, [before, rows]);
  return counted[0]?.count ?? 0;
}
