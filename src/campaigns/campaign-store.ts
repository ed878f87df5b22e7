// The SQL of campaigns.
import type { Reader, Transaction } from '../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../db/sorted-texts.ts';
import type { PageRequest } from '../http/page.ts';
import type { Brand, BrandType, Campaign } from './campaign.ts';

/** A campaign, and those settings of its brand that decide its limits. */
export interface ShownCampaign {
  readonly campaign: Campaign;
  readonly brand: Pick<Brand, 'brandType' | 'vettingScore' | 'dailySegments'>;
}

interface CampaignRow {
  campaign_id: string;
  brand_id: string;
  alias: string;
  usecase: string;
  segments_per_minute: number | null;
  facts: Record<string, unknown>;
  created_at: Date;
  brand_type: BrandType;
  vetting_score: number | null;
  daily_segments: number | null;
}

const shown = `select campaign_id, campaigns.brand_id, campaigns.alias, usecase, segments_per_minute, campaigns.facts,
    campaigns.created_at, brand_type, vetting_score, daily_segments
  from campaigns
  join brands on brands.account_id = campaigns.account_id and brands.brand_id = campaigns.brand_id`;

const fromRow = (row: CampaignRow): ShownCampaign => ({
  campaign: {
    campaignId: row.campaign_id,
    brandId: row.brand_id,
    alias: row.alias,
    usecase: row.usecase,
    segmentsPerMinute: row.segments_per_minute,
    facts: row.facts,
    createdAt: row.created_at,
  },
  brand: {
    brandType: row.brand_type,
    vettingScore: row.vetting_score,
    dailySegments: row.daily_segments,
  },
});

/** Stores a campaign of a brand that is there. Returns false when the account has one of this id. */
export async function insertCampaign(
  tx: Transaction,
  accountId: string,
  campaign: Campaign,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into campaigns (account_id, campaign_id, brand_id, alias, usecase, segments_per_minute, facts, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8) on conflict do nothing returning 1`,
    [
      accountId,
      campaign.campaignId,
      campaign.brandId,
      campaign.alias,
      campaign.usecase,
      campaign.segmentsPerMinute,
      JSON.stringify(campaign.facts),
      campaign.createdAt,
    ],
  );
  if (rows.length === 0) return false;
  tx.send('insert into campaign_pace (account_id, campaign_id) values ($1, $2)', [
    accountId,
    campaign.campaignId,
  ]);
  return true;
}

/** Writes those settings of a campaign that can be changed, with the commit. */
export function saveCampaign(tx: Transaction, accountId: string, campaign: Campaign): void {
  tx.send(
    `update campaigns set alias = $3, segments_per_minute = $4, facts = $5::jsonb
     where account_id = $1 and campaign_id = $2`,
    [
      accountId,
      campaign.campaignId,
      campaign.alias,
      campaign.segmentsPerMinute,
      JSON.stringify(campaign.facts),
    ],
  );
}

/** Returns a campaign of an account. */
export async function getCampaign(
  reader: Reader,
  accountId: string,
  campaignId: string,
): Promise<ShownCampaign | undefined> {
  const rows = await reader.query<CampaignRow>(
    `${shown} where campaigns.account_id = $1 and campaign_id = $2`,
    [accountId, campaignId],
  );
  return rows.map(fromRow)[0];
}

/** Returns a campaign of an account, locked until the transaction ends. */
export async function lockCampaign(
  tx: Transaction,
  accountId: string,
  campaignId: string,
): Promise<ShownCampaign | undefined> {
  const rows = await tx.query<CampaignRow>(
    `${shown} where campaigns.account_id = $1 and campaign_id = $2 for no key update of campaigns`,
    [accountId, campaignId],
  );
  return rows.map(fromRow)[0];
}

interface CampaignFilters {
  readonly brandId: string | undefined;
  readonly usecase: string | undefined;
}

const listed = `campaigns.account_id = $1 and ($2::text is null or campaigns.brand_id = $2)
  and ($3::text is null or usecase = $3)`;

/** By which campaigns can be put in order. */
export const campaignOrders = ['campaign_alias', 'usecase'] as const;
type CampaignOrder = (typeof campaignOrders)[number];

const lists = sortedTexts<CampaignOrder>(
  { campaign_alias: 'lower(campaigns.alias)', usecase: 'usecase' },
  (order) => `${shown} where ${listed} order by ${order}campaigns.created_at, campaign_id limit $4 offset $5`,
);

/** Returns a page of an account's campaigns in an order, by itself the oldest first. */
export async function listCampaigns(
  reader: Reader,
  accountId: string,
  { brandId, usecase }: CampaignFilters,
  page: PageRequest,
  sorting: Sorting<CampaignOrder>,
): Promise<ShownCampaign[]> {
  const rows = await reader.query<CampaignRow>(sortedText(lists, sorting), [
    accountId,
    brandId ?? null,
    usecase ?? null,
    page.limit,
    page.offset,
  ]);
  return rows.map(fromRow);
}

/** Returns how many campaigns `listCampaigns` would list on all pages. */
export async function countCampaigns(
  reader: Reader,
  accountId: string,
  { brandId, usecase }: CampaignFilters,
): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    `select count(*) as count from campaigns where ${listed}`,
    [accountId, brandId ?? null, usecase ?? null],
  );
  return rows[0]?.count ?? 0;
}

/** Deletes a campaign, whose numbers must be locked. Returns whether there was one. */
export async function deleteCampaign(
  tx: Transaction,
  accountId: string,
  campaignId: string,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from campaigns where account_id = $1 and campaign_id = $2 returning 1',
    [accountId, campaignId],
  );
  return rows.length === 1;
}
