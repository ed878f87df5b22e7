// Finds the campaign that a request names.
import { ApiError } from '../base/errors.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { getCampaign, lockCampaign, type ShownCampaign } from './campaign-store.ts';

export const campaignNotFound = () => new ApiError('notFound', 'campaign not found');

/** Returns a campaign of the account. @throws ApiError notFound */
export async function requireCampaign(
  db: Reader,
  { mainId }: Scope,
  campaignId: string,
): Promise<ShownCampaign> {
  const campaign = await getCampaign(db, mainId, campaignId);
  if (campaign === undefined) throw campaignNotFound();
  return campaign;
}

/** Returns a campaign of the account, locked until the transaction ends. @throws ApiError notFound */
export async function requireLockedCampaign(
  tx: Transaction,
  { mainId }: Scope,
  campaignId: string,
): Promise<ShownCampaign> {
  const campaign = await lockCampaign(tx, mainId, campaignId);
  if (campaign === undefined) throw campaignNotFound();
  return campaign;
}
