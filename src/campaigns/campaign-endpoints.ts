// 10dlc/Campaign: campaigns, as data. Nothing is registered with carriers here.
import { requireMainAccount } from '../accounts/scope.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { pageMeta, pageOf } from '../http/page.ts';
import { countCampaigns, listCampaigns } from './campaign-store.ts';
import {
  CampaignAnswer,
  CampaignListBody,
  CampaignMade,
  CampaignPath,
  CreateCampaignInput,
  campaignChangeFromWire,
  campaignToWire,
  ImportCampaignInput,
  ListCampaignsInput,
  ShownCampaignAnswer,
  UpdateCampaignInput,
} from './campaign-wire.ts';
import { createCampaign, removeCampaign, updateCampaign } from './change-campaign.ts';
import { readPace } from './pace-store.ts';
import { campaignNotFound, requireCampaign } from './require-campaign.ts';
import { usageToWire } from './usage-wire.ts';

export const listCampaignsEndpoint = defineEndpoint({
  summary: 'List campaigns',
  input: ListCampaignsInput,
  answers: { 200: CampaignListBody },
  async handle({ db, scope, input }) {
    requireMainAccount(scope);
    const page = pageOf(input);
    const path = `/v1/Account/${scope.accountId}/10dlc/Campaign/`;
    const { brand_id: brandId, usecase, registration_status: status, campaign_source: source } = input;
    const hasNone = (status ?? 'ACTIVE').toUpperCase() !== 'ACTIVE' || (source ?? 'plivo') !== 'plivo';
    const [campaigns, count] = hasNone
      ? [[], 0]
      : await Promise.all([
          listCampaigns(db, scope.mainId, { brandId, usecase }, page, sortingOf(input)),
          countCampaigns(db, scope.mainId, { brandId, usecase }),
        ]);
    const meta = pageMeta(path, page, input, count);
    return { status: 200, body: { campaigns: campaigns.map(campaignToWire), meta } };
  },
});

export const createCampaignEndpoint = defineEndpoint({
  summary: 'Create a campaign',
  description: 'Kept as it was given: register it with the registry yourself.',
  input: CreateCampaignInput,
  answers: { 202: CampaignMade },
  async handle({ db, scope, input, now }, { randomBytes }: { randomBytes: RandomBytes }) {
    requireMainAccount(scope);
    const { alias = input.usecase, segmentsPerMinute = null, facts = {} } = campaignChangeFromWire(input);
    const campaign = {
      campaignId: input.campaign_id,
      brandId: input.brand_id,
      alias,
      usecase: input.usecase,
      segmentsPerMinute,
      facts,
      createdAt: now,
    };
    return made(await createCampaign(db, scope, campaign, randomBytes));
  },
});

export const importCampaignEndpoint = defineEndpoint({
  summary: 'Import a campaign',
  description: 'A campaign that is registered already, by its id.',
  input: ImportCampaignInput,
  answers: { 202: CampaignMade },
  async handle({ db, scope, input, now }, { randomBytes }: { randomBytes: RandomBytes }) {
    requireMainAccount(scope);
    const { usecase = 'MIXED', campaign_alias: alias = input.campaign_id } = input;
    const campaign = {
      campaignId: input.campaign_id,
      brandId: input.brand_id,
      alias,
      usecase,
      segmentsPerMinute: null,
      facts: {},
      createdAt: now,
    };
    return made(await createCampaign(db, scope, campaign, randomBytes));
  },
});

const made = (campaignId: string) => ({
  status: 202,
  body: { campaign_id: campaignId, message: 'Campaign created' },
});

export const getCampaignEndpoint = defineEndpoint({
  summary: 'Retrieve a campaign',
  description: 'With what is used of its limits.',
  path: CampaignPath,
  answers: { 200: ShownCampaignAnswer },
  async handle({ db, scope, path, now }) {
    requireMainAccount(scope);
    const key = { accountId: scope.mainId, campaignId: path.campaign_id };
    const [campaign, found] = await Promise.all([
      requireCampaign(db, scope, path.campaign_id),
      readPace(db, key),
    ]);
    if (found === undefined) throw campaignNotFound();
    return {
      status: 200,
      body: { campaign: campaignToWire(campaign), usage: usageToWire(found, now) },
    };
  },
});

export const updateCampaignEndpoint = defineEndpoint({
  summary: 'Update a campaign',
  path: CampaignPath,
  input: UpdateCampaignInput,
  answers: { 200: CampaignAnswer },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    const campaign = await updateCampaign(db, scope, path.campaign_id, campaignChangeFromWire(input));
    return { status: 200, body: { campaign: campaignToWire(campaign) } };
  },
});

export const deleteCampaignEndpoint = defineEndpoint({
  summary: 'Delete a campaign',
  description: 'Its numbers send for none from then on.',
  path: CampaignPath,
  answers: { 200: CampaignMade },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    await removeCampaign(db, scope, path.campaign_id);
    return { status: 200, body: { campaign_id: path.campaign_id, message: 'Campaign Deactivated' } };
  },
});
