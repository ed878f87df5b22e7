// The SQL of number pools and their members.
import type { Db, Reader, Transaction } from '../../db/db.ts';
import type { PageRequest } from '../../http/page.ts';
import type { Service } from '../../telecom/service.ts';
import type { MemberType, PoolMember, SenderKind } from '../powerpack.ts';

interface MemberRow {
  pool_uuid: string;
  sender: string;
  kind: SenderKind;
  member_type: MemberType;
  country_iso2: string;
  service: Service;
  added_at: Date;
}

const columns = 'pool_uuid, sender, kind, member_type, country_iso2, service, added_at';

/** The sender queue of a row of `pool_members`, as `queueOf` names it. */
export const queueColumn = `(case pool_members.kind when 'shortcode'
  then pool_members.sender || '/' || pool_members.country_iso2 else pool_members.sender end)`;

const fromRow = (row: MemberRow): PoolMember => ({
  poolUuid: row.pool_uuid,
  sender: row.sender,
  kind: row.kind,
  memberType: row.member_type,
  countryIso2: row.country_iso2,
  service: row.service,
  addedAt: row.added_at,
});

/** Returns the uuid of a pool as the database writes it, if a powerpack of the account has that pool. */
export async function findPool(db: Db, accountId: string, uuid: string): Promise<string | undefined> {
  const poolUuid = uuid.toLowerCase();
  return (await db.readOne(loadPoolOwners, poolUuid)) === accountId ? poolUuid : undefined;
}

const poolOwnersSql = `
  select owned.pool_uuid, account_id from unnest($1::uuid[]) as wanted (pool_uuid)
  -- Found by its name alone: with statistics that say that there are hardly any powerpacks, all would be read to find it.
  cross join lateral (
    select pool_uuid, account_id, deleted_at from powerpacks where powerpacks.pool_uuid = wanted.pool_uuid limit 1) owned
  where deleted_at is null`;

async function loadPoolOwners(db: Reader, poolUuids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ pool_uuid: string; account_id: string }>(poolOwnersSql, [poolUuids]);
  return new Map(rows.map((row) => [row.pool_uuid, row.account_id]));
}

/** Returns whether the account has a powerpack with this pool, and locks the powerpack against deletion until the transaction ends. */
export async function lockPool(tx: Transaction, accountId: string, poolUuid: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from powerpacks where account_id = $1 and pool_uuid = $2 and deleted_at is null for share',
    [accountId, poolUuid],
  );
  return rows.length === 1;
}

export interface MemberFilters {
  readonly kinds: readonly SenderKind[];
  readonly memberTypes?: readonly MemberType[] | undefined;
  readonly countryIso2?: string | undefined;
  readonly service?: Service | undefined;
  /** Members that begin with one of these digits. */
  readonly prefixes?: readonly string[] | undefined;
}

/** The members that filters leave, as a condition; `$1` to `$6` are `memberFilterValues`. */
export const memberFilter = `pool_uuid = $1 and not detached and kind = any($2::text[])
  and ($3::text[] is null or member_type = any($3))
  and ($4::text is null or country_iso2 = $4)
  and ($5::text is null or service = $5)
  and ($6::text[] is null or exists (select from unnest($6::text[]) prefix where starts_with(sender, prefix)))`;

/** Returns the values of `memberFilter`, in order. */
export const memberFilterValues = (poolUuid: string, filters: MemberFilters) => [
  poolUuid,
  filters.kinds,
  filters.memberTypes ?? null,
  filters.countryIso2 ?? null,
  filters.service ?? null,
  filters.prefixes ?? null,
];

/** Returns a page of the members that the filters leave, the first added first. */
export async function listMembers(
  db: Reader,
  poolUuid: string,
  filters: MemberFilters,
  page: PageRequest,
): Promise<PoolMember[]> {
  const rows = await db.query<MemberRow>(
    `select ${columns} from pool_members where ${memberFilter} order by added_at, sender limit $7 offset $8`,
    [...memberFilterValues(poolUuid, filters), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/**
 * Returns how many members the filters leave. Counting is the dear part of listing a large pool, so equal counts that are asked for
 * together are counted once.
 */
export async function countMembers(db: Db, poolUuid: string, filters: MemberFilters): Promise<number> {
  return (await db.readOne(loadCounts, JSON.stringify([poolUuid, filters]))) ?? 0;
}

async function loadCounts(db: Reader, keys: readonly string[]): Promise<Map<string, number>> {
  const counts = keys.map(async (key): Promise<[string, number]> => {
    const [poolUuid, filters] = JSON.parse(key) as [string, MemberFilters];
    const rows = await db.query<{ count: number }>(
      `select count(*) as count from pool_members where ${memberFilter}`,
      memberFilterValues(poolUuid, filters),
    );
    return [key, rows[0]?.count ?? 0];
  });
  return new Map(await Promise.all(counts));
}

/** Which member is meant: a short code may be in a pool for two countries; without a country the US one is meant. */
export interface MemberKey {
  readonly poolUuid: string;
  readonly sender: string;
  readonly kinds: readonly SenderKind[];
  readonly countryIso2?: string | undefined;
}

const chosen = `pool_uuid = $1 and sender = $2 and not detached and kind = any($3::text[])
  and ($4::text is null or country_iso2 = $4)`;

const keyValues = (key: MemberKey) => [key.poolUuid, key.sender, key.kinds, key.countryIso2 ?? null];

/** Returns the member that a key means, if it is in the pool and was added for this service, or for any when none is given. */
export async function findMember(
  db: Reader,
  key: MemberKey,
  service: Service | undefined,
): Promise<PoolMember | undefined> {
  const rows = await db.query<MemberRow>(
    `select ${columns} from pool_members where ${chosen} and ($5::text is null or service = $5)
     order by country_iso2 desc limit 1`,
    [...keyValues(key), service ?? null],
  );
  return rows.map(fromRow)[0];
}

/** Returns the member that a key means, if it is in the pool, and keeps it there until the transaction ends. */
export async function lockMember(tx: Transaction, key: MemberKey): Promise<PoolMember | undefined> {
  const rows = await tx.query<MemberRow>(
    `select ${columns} from pool_members where ${chosen} order by country_iso2 desc limit 1 for update`,
    keyValues(key),
  );
  return rows.map(fromRow)[0];
}

/** Returns the member that a number is, of whichever pool, and keeps it there until the transaction ends. */
export async function lockMemberOfNumber(tx: Transaction, number: string): Promise<PoolMember | undefined> {
  const rows = await tx.query<MemberRow>(`select ${columns} from pool_members where number = $1 for update`, [
    number,
  ]);
  return rows.map(fromRow)[0];
}

/** Where a number is a member. */
interface Membership {
  readonly number: string;
  readonly poolUuid: string;
  /** Of the pool's powerpack. */
  readonly accountId: string;
}

/** Returns where numbers are members, in their order, and keeps them there until the transaction ends. */
export async function lockMemberships(tx: Transaction, numbers: readonly string[]): Promise<Membership[]> {
  const rows = await tx.query<{ number: string; pool_uuid: string; account_id: string }>(
    `select number, pool_members.pool_uuid, account_id
     from pool_members join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
     where number = any($1::text[]) order by number for update of pool_members`,
    [numbers],
  );
  return rows.map((row) => ({ number: row.number, poolUuid: row.pool_uuid, accountId: row.account_id }));
}

/** The limits of a member; see the columns of `pool_members`. An absent limit is left as it is, `null` is that of its kind. */
export interface MemberLimits {
  readonly smsPerSecond?: number | null | undefined;
  readonly mmsPerSecond?: number | null | undefined;
  readonly dailySegments?: number | null | undefined;
}

/** The service that members are added for: the one that is given, else `standard`. */
interface ServiceOfMembers {
  readonly service: Service | undefined;
  readonly standard: Service;
}

/** A member that is to be added. */
export type NewMember = Omit<PoolMember, 'service'>;

const addSql = `
  insert into pool_members (pool_uuid, sender, kind, member_type, country_iso2, service, added_at, number,
    sms_per_second, mms_per_second, daily_segments)
  select added.pool_uuid, added.sender, added.kind, added.member_type, added.country_iso2, coalesce($7::text, $8::text), added_at,
    case when kind in ('longcode', 'tollfree') then sender end, $9::float8, $10::float8, $11::integer
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
    as added (pool_uuid, sender, kind, member_type, country_iso2, added_at)
  order by added.sender
  on conflict (sender, country_iso2) where not detached and kind <> 'alphanumeric' do update set
    service = coalesce($7::text, pool_members.service),
    sms_per_second = case when $12::boolean then excluded.sms_per_second else pool_members.sms_per_second end,
    mms_per_second = case when $13::boolean then excluded.mms_per_second else pool_members.mms_per_second end,
    daily_segments = case when $14::boolean then excluded.daily_segments else pool_members.daily_segments end
  where pool_members.pool_uuid = excluded.pool_uuid`;

const addedValues = (
  members: readonly NewMember[],
  { service, standard }: ServiceOfMembers,
  limits: MemberLimits,
) => [
  members.map(({ poolUuid }) => poolUuid),
  members.map(({ sender }) => sender),
  members.map(({ kind }) => kind),
  members.map(({ memberType }) => memberType),
  members.map(({ countryIso2 }) => countryIso2),
  members.map(({ addedAt }) => addedAt),
  service ?? null,
  standard,
  limits.smsPerSecond ?? null,
  limits.mmsPerSecond ?? null,
  limits.dailySegments ?? null,
  limits.smsPerSecond !== undefined,
  limits.mmsPerSecond !== undefined,
  limits.dailySegments !== undefined,
];

/**
 * Adds members whose numbers are locked and in no other pool. Those that are in the pool already stay, and take the service and the limits
 * that are given. Sent with the commit: messages through the pool wait for it.
 */
export function addMembers(
  tx: Transaction,
  members: readonly NewMember[],
  service: ServiceOfMembers,
  limits: MemberLimits,
): void {
  tx.send(addSql, addedValues(members, service, limits));
}

const lockVersionsSql = `
  select 1 from pool_versions where pool_uuid = $1 or pool_uuid in (select pool_uuid from pool_members where number = any($2::text[]))
  order by pool_uuid for update`;

const moveSql = `
  with gone as (delete from pool_members where number = any($2::text[]) and pool_uuid <> $1 returning *)
  insert into pool_members (pool_uuid, sender, kind, member_type, country_iso2, service, added_at, number,
    sms_per_second, mms_per_second, daily_segments)
  select $1, sender, kind, member_type, country_iso2, service, $3, number, sms_per_second, mms_per_second, daily_segments
  from gone order by sender`;

/**
 * Moves members to a pool, with their services and limits; their sticky senders stay behind and go. Sent with the commit, as `addMembers`
 * is; the versions of all pools are locked in order before, so that two that move to and fro do not wait for each other.
 */
export function moveMembers(tx: Transaction, poolUuid: string, numbers: readonly string[], now: Date): void {
  tx.send(lockVersionsSql, [poolUuid, numbers]);
  tx.send(moveSql, [poolUuid, numbers, now]);
}

/** Adds a short code as `addMembers` does. Returns it, or `undefined` when it is in another pool. */
export async function addShortcodeMember(
  tx: Transaction,
  member: NewMember,
  service: ServiceOfMembers,
  limits: MemberLimits,
): Promise<PoolMember | undefined> {
  const rows = await tx.query<MemberRow>(
    `${addSql} returning ${columns}`,
    addedValues([member], service, limits),
  );
  return rows.map(fromRow)[0];
}

/** Deletes a locked member from its pool; its sticky senders go along. Sent with the commit: messages through the pool wait for it. */
export function removeMember(
  tx: Transaction,
  { poolUuid, sender, countryIso2 }: Pick<PoolMember, 'poolUuid' | 'sender' | 'countryIso2'>,
): void {
  tx.send('delete from pool_members where pool_uuid = $1 and sender = $2 and country_iso2 = $3', [
    poolUuid,
    sender,
    countryIso2,
  ]);
}
