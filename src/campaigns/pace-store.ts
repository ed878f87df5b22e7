// The SQL of the pace of campaigns: the segments that they have sent, and permits to send more.
import type { Db, Reader, Transaction } from '../db/db.ts';
import { type BrandType, type CampaignLimits, limitsOf } from './campaign.ts';
import { type Pace, type Permission, type PermittedSeconds, permit } from './permits.ts';

/** A campaign by its account and its id. */
interface CampaignKey {
  readonly accountId: string;
  readonly campaignId: string;
}

/** The messages of a campaign that wait for a permit, by their segments, in order. */
interface PermitRequest extends CampaignKey {
  readonly sizes: readonly number[];
}

/** A campaign's limits, and what is used of them. */
export interface LimitedPace {
  readonly brandId: string;
  readonly limits: CampaignLimits;
  readonly pace: Pace;
}

interface PaceRow {
  account_id: string;
  campaign_id: string;
  brand_id: string;
  usecase: string;
  segments_per_minute: number | null;
  brand_type: BrandType;
  vetting_score: number | null;
  daily_segments: number | null;
  seconds: PermittedSeconds;
  day: string | null;
  segments: number;
}

// `lateral … limit 1` has each table read by its key.
const readSql = `
  select campaigns.account_id, campaigns.campaign_id, campaigns.brand_id, usecase, segments_per_minute, brand_type, vetting_score,
    daily_segments, campaign_pace.seconds, brand_pace.day::text as day, brand_pace.segments
  from unnest($1::text[], $2::text[]) as wanted (account_id, campaign_id)
  cross join lateral (
    select * from campaigns where campaigns.account_id = wanted.account_id
      and campaigns.campaign_id = wanted.campaign_id limit 1) as campaigns
  cross join lateral (
    select * from brands where brands.account_id = campaigns.account_id
      and brands.brand_id = campaigns.brand_id limit 1) as brands
  cross join lateral (
    select * from campaign_pace where campaign_pace.account_id = campaigns.account_id
      and campaign_pace.campaign_id = campaigns.campaign_id limit 1) as campaign_pace
  cross join lateral (
    select * from brand_pace where brand_pace.account_id = campaigns.account_id
      and brand_pace.brand_id = campaigns.brand_id limit 1) as brand_pace`;

// In one order, so that two processes do not wait for each other.
const lockBrandsSql = `
  select 1 from (
    select distinct campaigns.account_id, campaigns.brand_id
    from unnest($1::text[], $2::text[]) as wanted (account_id, campaign_id)
    cross join lateral (
      select * from campaigns where campaigns.account_id = wanted.account_id
        and campaigns.campaign_id = wanted.campaign_id limit 1) as campaigns
    order by account_id, brand_id) as wanted
  cross join lateral (
    select from brand_pace where brand_pace.account_id = wanted.account_id
      and brand_pace.brand_id = wanted.brand_id for update) as locked`;

const keysOf = (keys: readonly CampaignKey[]) => [
  keys.map(({ accountId }) => accountId),
  keys.map(({ campaignId }) => campaignId),
];

const fromRow = (row: PaceRow): LimitedPace => ({
  brandId: row.brand_id,
  limits: limitsOf(
    {
      brandType: row.brand_type,
      vettingScore: row.vetting_score,
      dailySegments: row.daily_segments,
    },
    { usecase: row.usecase, segmentsPerMinute: row.segments_per_minute },
  ),
  pace: { seconds: row.seconds, day: row.day ?? undefined, segmentsOfDay: row.segments },
});

/** Returns the limits and the pace of a campaign; `undefined` for one that is not there. */
export async function readPace(reader: Reader, key: CampaignKey): Promise<LimitedPace | undefined> {
  const rows = await reader.query<PaceRow>(readSql, keysOf([key]));
  return rows.map(fromRow)[0];
}

/**
 * Stores permits for messages of campaigns before any of them goes, so that all processes together stay within the limits. Returns a
 * permission for each request, in order; `undefined` for a campaign that has been deleted: its messages need none.
 */
export function obtainPermits(
  db: Db,
  requests: readonly PermitRequest[],
  now: Date,
): Promise<readonly (Permission | undefined)[]> {
  const ordered = [...requests].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return db.transaction(async (tx) => {
    // The lock of a brand's count covers its campaigns, and is taken before anything is read.
    await tx.query(lockBrandsSql, keysOf(ordered));
    const rows = await tx.query<PaceRow>(readSql, keysOf(ordered));
    const paces = new Map(rows.map((row) => [`${row.account_id} ${row.campaign_id}`, fromRow(row)]));
    const days = new Map<string, Pace>();
    const permissions = new Map<string, Permission>();
    for (const request of ordered) {
      const found = paces.get(nameOf(request));
      if (found === undefined) continue;
      const brand = `${request.accountId} ${found.brandId}`;
      const { day, segmentsOfDay } = days.get(brand) ?? found.pace;
      const permission = permit(
        { ...found.pace, day, segmentsOfDay },
        found.limits,
        request.sizes,
        now.getTime(),
      );
      permissions.set(nameOf(request), permission);
      days.set(brand, permission.pace);
      if (permission.messages > 0) savePace(tx, request, found.brandId, permission.pace);
    }
    return requests.map((request) => permissions.get(nameOf(request)));
  });
}

const nameOf = ({ accountId, campaignId }: CampaignKey): string => `${accountId} ${campaignId}`;

function savePace(
  tx: Transaction,
  { accountId, campaignId }: CampaignKey,
  brandId: string,
  pace: Pace,
): void {
  tx.send('update campaign_pace set seconds = $3::jsonb where account_id = $1 and campaign_id = $2', [
    accountId,
    campaignId,
    JSON.stringify(pace.seconds),
  ]);
  tx.send('update brand_pace set day = $3::date, segments = $4 where account_id = $1 and brand_id = $2', [
    accountId,
    brandId,
    pace.day,
    pace.segmentsOfDay,
  ]);
}
