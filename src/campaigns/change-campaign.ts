// Makes, changes and deletes campaigns.
import { lockAccount } from '../accounts/store.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { getBrand, listBrands } from './brand-store.ts';
import type { Campaign } from './campaign.ts';
import { lockNumbersOf } from './campaign-number-store.ts';
import {
  countCampaigns,
  deleteCampaign,
  insertCampaign,
  type ShownCampaign,
  saveCampaign,
} from './campaign-store.ts';
import { newRegistryId } from './registry-id.ts';
import { campaignNotFound, requireLockedCampaign } from './require-campaign.ts';

/** The most campaigns of an account. */
const maxCampaigns = 1000;

interface NewCampaign extends Omit<Campaign, 'campaignId' | 'brandId'> {
  /** The registry's own id; `undefined` for one that is made up. */
  readonly campaignId: string | undefined;
  /** `undefined` for the only brand of the account. */
  readonly brandId: string | undefined;
}

/**
 * Stores a campaign. Returns its id.
 * @throws ApiError invalid for an unknown brand, conflict when the account has a campaign of this id, or very many.
 */
export function createCampaign(
  db: Db,
  { mainId }: Scope,
  { campaignId = undefined, brandId: givenBrand = undefined, ...campaign }: NewCampaign,
  randomBytes: RandomBytes,
): Promise<string> {
  return db.transaction(async (tx) => {
    await lockAccount(tx, mainId);
    const brandId = await requireBrand(tx, mainId, givenBrand);
    if ((await countCampaigns(tx, mainId, { brandId: undefined, usecase: undefined })) >= maxCampaigns) {
      throw new ApiError('conflict', `the account has ${maxCampaigns} campaigns; delete one first`);
    }
    const id = campaignId ?? newRegistryId('C', randomBytes);
    const isNew = await insertCampaign(tx, mainId, { campaignId: id, brandId, ...campaign });
    if (!isNew) throw new ApiError('conflict', 'campaign_id already in use');
    return id;
  });
}

async function requireBrand(tx: Transaction, accountId: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if ((await getBrand(tx, accountId, given)) !== undefined) return given;
    throw new ApiError('invalid', 'brand_id must be a brand of this account');
  }
  const [only, other] = await listBrands(tx, accountId, undefined, { limit: 2, offset: 0 });
  if (only !== undefined && other === undefined) return only.brandId;
  throw new ApiError('invalid', 'brand_id is required: the account has not exactly one brand');
}

/**
 * Changes the settings of a campaign that are given; facts are added to those that are kept.
 * @throws ApiError notFound
 */
export function updateCampaign(
  db: Db,
  scope: Scope,
  campaignId: string,
  { facts, ...change }: Partial<Omit<Campaign, 'campaignId' | 'brandId'>>,
): Promise<ShownCampaign> {
  return db.transaction(async (tx) => {
    const present = await requireLockedCampaign(tx, scope, campaignId);
    const campaign = { ...present.campaign, ...change, facts: { ...present.campaign.facts, ...facts } };
    saveCampaign(tx, scope.mainId, campaign);
    return { ...present, campaign };
  });
}

/**
 * Deletes a campaign; its numbers send for none from then on.
 * @throws ApiError notFound
 */
export function removeCampaign(db: Db, { mainId }: Scope, campaignId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockNumbersOf(tx, mainId, { campaignId });
    if (!(await deleteCampaign(tx, mainId, campaignId))) throw campaignNotFound();
  });
}
