// The SQL that reads members as the choice of a sender needs them.
import type { Reader } from '../db/db.ts';
import type { Service } from '../telecom/service.ts';
import type { SenderKind } from './powerpack.ts';

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

/** The members of pools that are not parked. One that was added for MMS carries SMS as well (semantics section 2, step 1). */
export async function loadSendingMembers(
  reader: Reader,
  poolUuids: readonly string[],
): Promise<SendingMember[]> {
  const rows = await reader.query<SendingMemberRow>(
    `select pool_uuid, sender, pool_members.kind, pool_members.country_iso2,
       coalesce(sms_enabled, true) as sends_sms, service = 'mms' and coalesce(mms_enabled, false) as sends_mms,
       sms_per_second, mms_per_second, daily_segments
     from pool_members left join numbers on numbers.number = pool_members.number
     where pool_uuid = any($1::uuid[]) and not parked`,
    [poolUuids],
  );
  return rows.map((row) => ({
    poolUuid: row.pool_uuid,
    sender: row.sender,
    kind: row.kind,
    countryIso2: row.country_iso2,
    services: servicesOf(row),
    smsPerSecond: row.sms_per_second,
    mmsPerSecond: row.mms_per_second,
    ownDailySegments: row.daily_segments,
  }));
}

function servicesOf({ sends_sms, sends_mms }: SendingMemberRow): Service[] {
  const services: Service[] = sends_sms ? ['sms'] : [];
  return sends_mms ? [...services, 'mms'] : services;
}
