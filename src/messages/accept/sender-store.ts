// SQL of senders that customers name themselves: whether they are the account's, and what they are.
import type { Reader } from '../../db/db.ts';
import type { SenderKind } from '../../powerpacks/powerpack.ts';
import type { Service } from '../../telecom/service.ts';

/** A number or short code that an account may send from. */
export interface OwnedSender {
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly services: readonly Service[];
  /** Whether it is a toll-free number that its carriers have not verified, or not yet. */
  readonly isUnverified: boolean;
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  /** The 10DLC campaign that it sends for. */
  readonly campaignId: string | undefined;
  /** The powerpack that it is in. */
  readonly powerpackUuid: string | undefined;
}

/** A sender that a send request names. */
export interface WantedSender {
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly sender: string;
  /** The country of the destination: short codes are national. */
  readonly countryIso2: string;
}

interface OwnedRow {
  ordinality: number;
  sender: string;
  kind: SenderKind;
  country_iso2: string;
  sms: boolean;
  mms: boolean;
  is_unverified: boolean;
  sms_per_second: number | null;
  mms_per_second: number | null;
  campaign_id: string | null;
  powerpack_uuid: string | null;
}

const ownedSql = `
  with wanted as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
      as wanted (account_id, subaccount_id, sender, country_iso2, ordinality))
  select wanted.ordinality, wanted.sender, numbers.kind, numbers.country_iso2,
    numbers.sms_enabled as sms, numbers.mms_enabled as mms,
    coalesce(tollfree_verification, 'verified') <> 'verified' as is_unverified,
    pool_members.sms_per_second, pool_members.mms_per_second, numbers.campaign_id, powerpacks.uuid as powerpack_uuid
  from wanted
  join numbers on numbers.number = wanted.sender and numbers.account_id = wanted.account_id
    and (wanted.subaccount_id is null or numbers.subaccount_id = wanted.subaccount_id)
  left join pool_members on pool_members.number = numbers.number
  left join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
  union all
  select wanted.ordinality, wanted.sender, pool_members.kind, pool_members.country_iso2, true, false, false,
    pool_members.sms_per_second, pool_members.mms_per_second, null, powerpacks.uuid
  from wanted
  -- Each found by its key alone: else all short codes or all powerpacks may be read.
  cross join lateral (
    select * from pool_members where pool_members.sender = wanted.sender and pool_members.country_iso2 = wanted.country_iso2
      and kind = 'shortcode' and not detached limit 1) as pool_members
  cross join lateral (select * from powerpacks where powerpacks.pool_uuid = pool_members.pool_uuid limit 1) as powerpacks
  join accounts on accounts.auth_id = powerpacks.account_id
  where powerpacks.deleted_at is null and wanted.account_id in (accounts.auth_id, accounts.main_id)
    and (wanted.subaccount_id is null or wanted.subaccount_id = powerpacks.account_id)`;

/** Returns the sender that each query names, in order; `undefined` for one that is not the account's. */
export async function findOwnedSenders(
  db: Reader,
  wanted: readonly WantedSender[],
): Promise<readonly (OwnedSender | undefined)[]> {
  if (wanted.length === 0) return [];
  const found: (OwnedSender | undefined)[] = wanted.map(() => undefined);
  const rows = await db.query<OwnedRow>(ownedSql, [
    wanted.map(({ accountId }) => accountId),
    wanted.map(({ subaccountId }) => subaccountId ?? null),
    wanted.map(({ sender }) => sender),
    wanted.map(({ countryIso2 }) => countryIso2),
  ]);
  for (const row of rows) {
    found[row.ordinality - 1] = {
      sender: row.sender,
      kind: row.kind,
      countryIso2: row.country_iso2,
      services: [...(row.sms ? (['sms'] as const) : []), ...(row.mms ? (['mms'] as const) : [])],
      isUnverified: row.is_unverified,
      smsPerSecond: row.sms_per_second,
      mmsPerSecond: row.mms_per_second,
      campaignId: row.campaign_id ?? undefined,
      powerpackUuid: row.powerpack_uuid ?? undefined,
    };
  }
  return found;
}
