// The SQL that reads members as the choice of a sender needs them.
import type { Reader } from '../../db/db.ts';
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';

/** A member of a pool, with what its number can do and the limits that are its own. */
export interface SendingMember {
  readonly poolUuid: string;
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly services: readonly Service[];
  /** In segments a second, 0 for no limit; `null` for the limit of its kind. */
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  /** Segments a day, 0 for no such number; `null` for the number of its kind. */
  readonly ownDailySegments: number | null;
}

/** The key of a member in a pool. */
export type MemberName = Pick<SendingMember, 'sender' | 'countryIso2'>;

/** The changes in a pool: members as they are now, and those that have left. */
export interface PoolChanges {
  readonly members: readonly SendingMember[];
  readonly gone: readonly MemberName[];
}

/** How many changes of a pool are stored (`note_pool_changes` in the database). */
export const keptChanges = 200;

interface SendingMemberRow {
  pool_uuid: string;
  sender: string;
  kind: SenderKind;
  country_iso2: string;
  sends_sms: boolean;
  sends_mms: boolean;
  sms_per_second: number | null;
  mms_per_second: number | null;
  daily_segments: number | null;
}

/** A row of the changes: all members where the sender is null, one that has left where the kind is. */
type ChangedRow = Pick<SendingMemberRow, 'pool_uuid'> & {
  readonly [Key in Exclude<keyof SendingMemberRow, 'pool_uuid'>]: SendingMemberRow[Key] | null;
};

const shown = `pool_members.kind, coalesce(sms_enabled, true) as sends_sms,
  service = 'mms' and coalesce(mms_enabled, false) as sends_mms, sms_per_second, mms_per_second, daily_segments`;

/** Returns the members of pools that are not detached. One that was added for MMS carries SMS as well (semantics section 2, step 1). */
export async function loadSendingMembers(
  reader: Reader,
  poolUuids: readonly string[],
): Promise<SendingMember[]> {
  const rows = await reader.query<SendingMemberRow>(
    // Pool by pool (`offset 0`): else the members of all pools may be read, by an index.
    `select pool_members.pool_uuid, sender, pool_members.country_iso2, ${shown}
     from unnest($1::uuid[]) as asked (pool_uuid)
     cross join lateral (
       select * from pool_members where pool_members.pool_uuid = asked.pool_uuid and not detached offset 0) as pool_members
     left join numbers on numbers.number = pool_members.number`,
    [poolUuids],
  );
  return rows.map(fromRow);
}

const changesSql = `
  select changes.pool_uuid, changes.sender, changes.country_iso2, ${shown}
  from (
    select distinct asked.pool_uuid, sender, country_iso2
    from unnest($1::uuid[], $2::bigint[]) as asked (pool_uuid, version)
    join pool_changes on pool_changes.pool_uuid = asked.pool_uuid and pool_changes.version > asked.version) as changes
  left join pool_members on pool_members.pool_uuid = changes.pool_uuid and pool_members.sender = changes.sender
    and pool_members.country_iso2 = changes.country_iso2 and not pool_members.detached
  left join numbers on numbers.number = pool_members.number`;

/** The version of a pool that is in memory. */
export interface KnownVersion {
  readonly poolUuid: string;
  readonly version: number;
}

/**
 * Returns the changes in pools since the versions that are known, by pool; `undefined` where there are more than are stored, or more
 * than are worth reading one by one. The versions must be at most `keptChanges` behind.
 */
export async function loadPoolChanges(
  reader: Reader,
  known: readonly KnownVersion[],
): Promise<Map<string, PoolChanges | undefined>> {
  const changes = new Map<string, { members: SendingMember[]; gone: MemberName[] } | undefined>(
    known.map(({ poolUuid }) => [poolUuid, { members: [], gone: [] }]),
  );
  if (known.length === 0) return changes;
  const rows = await reader.query<ChangedRow>(changesSql, [
    known.map(({ poolUuid }) => poolUuid),
    known.map(({ version }) => version),
  ]);
  for (const row of rows) {
    const { pool_uuid: poolUuid, sender, country_iso2: countryIso2 } = row;
    const ofPool = changes.get(poolUuid);
    if (sender === null || countryIso2 === null) changes.set(poolUuid, undefined);
    else if (row.kind === null) ofPool?.gone.push({ sender, countryIso2 });
    else ofPool?.members.push(fromRow(row as SendingMemberRow));
  }
  return changes;
}

function fromRow(row: SendingMemberRow): SendingMember {
  return {
    poolUuid: row.pool_uuid,
    sender: row.sender,
    kind: row.kind,
    countryIso2: row.country_iso2,
    services: servicesOf(row),
    smsPerSecond: row.sms_per_second,
    mmsPerSecond: row.mms_per_second,
    ownDailySegments: row.daily_segments,
  };
}

function servicesOf({ sends_sms, sends_mms }: SendingMemberRow): Service[] {
  const services: Service[] = sends_sms ? ['sms'] : [];
  return sends_mms ? [...services, 'mms'] : services;
}
