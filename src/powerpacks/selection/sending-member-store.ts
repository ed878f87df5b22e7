// The SQL that reads members as the choice of a sender needs them.
import { daysBefore, utcDay } from '../../base/days.ts';
import type { Reader } from '../../db/db.ts';
import type { Service } from '../../telecom/service.ts';
import { queueColumn } from '../pool/pool-store.ts';
import type { SenderKind, Standing } from '../powerpack.ts';
import type { Outcomes } from './limits.ts';

/** A member of a pool, with what its number can do and the limits that are its own. */
export interface SendingMember {
  readonly poolUuid: string;
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly services: readonly Service[];
  readonly standing: Standing;
  /** In segments a second, 0 for no limit; `null` for the limit of its kind. */
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  /** Segments a day, 0 for no such number; `null` for the number of its kind. */
  readonly ownDailySegments: number | null;
  readonly campaignId: string | null;
  readonly addedAt: Date;
}

/** The key of a member in a pool. */
type MemberName = Pick<SendingMember, 'sender' | 'countryIso2'>;

/** A member as it is now, with its load and the outcomes of its messages in the hours of the last day. */
export interface ChangedMember extends SendingMember {
  /** When it can send next; `undefined` for one that has never sent. */
  readonly nextFree: Date | undefined;
  readonly segmentsToday: number;
  readonly outcomes: Outcomes;
}

/** The changes in a pool: members as they are now, and those that have left. */
export interface PoolChanges {
  readonly members: readonly ChangedMember[];
  readonly gone: readonly MemberName[];
}

/** How many changes of a pool are stored at least (`note_pool_changes` in the database). */
export const keptChanges = 200;

interface SendingMemberRow {
  pool_uuid: string;
  sender: string;
  kind: SenderKind;
  country_iso2: string;
  sends_sms: boolean;
  sends_mms: boolean;
  standing: Standing;
  sms_per_second: number | null;
  mms_per_second: number | null;
  daily_segments: number | null;
  campaign_id: string | null;
  added_at: Date;
}

interface ChangedMemberRow extends SendingMemberRow {
  next_free: Date | null;
  segments_today: number | null;
  finished: number | null;
  delivered: number | null;
}

/** A row of the changes: all members where the sender is null, one that has left where the kind is. */
type ChangedRow = Pick<SendingMemberRow, 'pool_uuid'> & {
  readonly [Key in Exclude<keyof ChangedMemberRow, 'pool_uuid'>]: ChangedMemberRow[Key] | null;
};

const shown = `pool_members.kind, coalesce(sms_enabled, true) as sends_sms,
  service = 'mms' and coalesce(mms_enabled, false) as sends_mms,
  case when tollfree_verification <> 'verified' then 'unverified' when alphanumeric_senders.status <> 'approved' then 'unapproved'
    else state end as standing, sms_per_second, mms_per_second, daily_segments, campaign_id, pool_members.added_at`;

const named = 'left join alphanumeric_senders on alphanumeric_senders.id = pool_members.alphanumeric_id';

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
     left join numbers on numbers.number = pool_members.number
     ${named}`,
    [poolUuids],
  );
  return rows.map(fromRow);
}

const changesSql = `
  select changes.pool_uuid, changes.sender, changes.country_iso2, ${shown},
    greatest(next_free, bulk_free) as next_free, case when day = $3::date then segments_today else 0 end as segments_today, finished, delivered
  from (
    select distinct asked.pool_uuid, sender, country_iso2
    from unnest($1::uuid[], $2::bigint[]) as asked (pool_uuid, version)
    join pool_changes on pool_changes.pool_uuid = asked.pool_uuid and pool_changes.version > asked.version) as changes
  left join pool_members on pool_members.pool_uuid = changes.pool_uuid and pool_members.sender = changes.sender
    and pool_members.country_iso2 = changes.country_iso2 and not pool_members.detached
  left join numbers on numbers.number = pool_members.number
  ${named}
  left join sender_queues on sender_queues.queue = ${queueColumn}
  left join lateral (
    select sum(finished) as finished, sum(delivered) as delivered
    from sender_hours where sender_hours.queue = ${queueColumn} and hour > $4) as outcomes on true`;

/** The version of a pool that is in memory. */
interface KnownVersion {
  readonly poolUuid: string;
  readonly version: number;
}

/**
 * Returns the changes in pools since the versions that are known, by pool; `undefined` where there are more than are stored, or more
 * than are worth reading one by one. Versions that are more than `keptChanges` behind are not noticed.
 */
export async function loadPoolChanges(
  reader: Reader,
  known: readonly KnownVersion[],
  now: Date,
): Promise<Map<string, PoolChanges | undefined>> {
  const changes = new Map<string, { members: ChangedMember[]; gone: MemberName[] } | undefined>(
    known.map(({ poolUuid }) => [poolUuid, { members: [], gone: [] }]),
  );
  if (known.length === 0) return changes;
  const rows = await reader.query<ChangedRow>(changesSql, [
    known.map(({ poolUuid }) => poolUuid),
    known.map(({ version }) => version),
    utcDay(now),
    daysBefore(now, 1),
  ]);
  for (const row of rows) {
    const { pool_uuid: poolUuid, sender, country_iso2: countryIso2 } = row;
    const ofPool = changes.get(poolUuid);
    if (sender === null || countryIso2 === null) changes.set(poolUuid, undefined);
    else if (row.kind === null) ofPool?.gone.push({ sender, countryIso2 });
    else ofPool?.members.push(changedFromRow(row as ChangedMemberRow));
  }
  return changes;
}

const changedFromRow = (row: ChangedMemberRow): ChangedMember => ({
  nextFree: row.next_free ?? undefined,
  segmentsToday: row.segments_today ?? 0,
  outcomes: { finished: row.finished ?? 0, delivered: row.delivered ?? 0 },
  ...fromRow(row),
});

function fromRow(row: SendingMemberRow): SendingMember {
  return {
    poolUuid: row.pool_uuid,
    sender: row.sender,
    kind: row.kind,
    countryIso2: row.country_iso2,
    services: servicesOf(row),
    standing: row.standing,
    smsPerSecond: row.sms_per_second,
    mmsPerSecond: row.mms_per_second,
    ownDailySegments: row.daily_segments,
    campaignId: row.campaign_id,
    addedAt: row.added_at,
  };
}

function servicesOf({ sends_sms, sends_mms }: SendingMemberRow): Service[] {
  const services: Service[] = sends_sms ? ['sms'] : [];
  return sends_mms ? [...services, 'mms'] : services;
}
