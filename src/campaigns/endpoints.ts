// 10dlc: brands, campaigns and their numbers, as data. Nothing is registered with carriers here.
import { requireMainAccount } from '../accounts/scope.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { pageMeta, pageOf } from '../http/page.ts';
import { readOwnNumbers } from '../numbers/own-numbers.ts';
import { readNumber } from '../numbers/rent-numbers.ts';
import { countBrands, getBrand, listBrands } from './brand-store.ts';
import {
  countCampaignNumbers,
  countCampaigns,
  getCampaign,
  listCampaignNumbers,
  listCampaigns,
  type ShownCampaign,
} from './campaign-store.ts';
import {
  brandNotFound,
  campaignNotFound,
  createBrand,
  createCampaign,
  linkNumbers,
  removeBrand,
  removeCampaign,
  unlinkNumber,
  updateBrand,
  updateCampaign,
} from './change-campaign.ts';
import { readPace } from './pace-store.ts';
import {
  BrandAnswer,
  BrandListBody,
  BrandMade,
  BrandPath,
  brandChangeFromWire,
  brandToWire,
  brandTypeFromWire,
  CampaignAnswer,
  CampaignListBody,
  CampaignMade,
  CampaignNumberPath,
  CampaignNumbersBody,
  CampaignNumbersInput,
  CampaignPath,
  CreateBrandInput,
  CreateCampaignInput,
  campaignChangeFromWire,
  campaignToWire,
  ImportCampaignInput,
  LinkedBody,
  LinkNumbersInput,
  ListBrandsInput,
  ListCampaignsInput,
  ShownCampaignAnswer,
  UpdateBrandInput,
  UpdateCampaignInput,
  usageToWire,
} from './wire.ts';

interface MakingParts {
  readonly randomBytes: RandomBytes;
}

const asData = 'Kept as it was given: register it with the registry yourself.';

export const listBrandsEndpoint = defineEndpoint({
  summary: 'List brands',
  input: ListBrandsInput,
  answers: { 200: BrandListBody },
  async handle({ db, scope, input }) {
    requireMainAccount(scope);
    const page = pageOf(input);
    const path = `/v1/Account/${scope.accountId}/10dlc/Brand/`;
    const hasNone = input.status !== undefined && input.status.toUpperCase() !== 'COMPLETED';
    const [brands, count] = hasNone
      ? [[], 0]
      : await Promise.all([
          listBrands(db, scope.mainId, input.type, page),
          countBrands(db, scope.mainId, input.type),
        ]);
    return {
      status: 200,
      body: { brands: brands.map(brandToWire), meta: pageMeta(path, page, input, count) },
    };
  },
});

export const createBrandEndpoint = defineEndpoint({
  summary: 'Create a brand',
  description: asData,
  input: CreateBrandInput,
  answers: { 202: BrandMade },
  async handle({ db, scope, input, now }, { randomBytes }: MakingParts) {
    requireMainAccount(scope);
    const { vettingScore = null, dailySegments = null, facts = {} } = brandChangeFromWire(input);
    const brand = {
      brandId: input.brand_id,
      alias: input.brand_alias,
      brandType: brandTypeFromWire(input.brand_type),
      vettingScore,
      dailySegments,
      facts,
      createdAt: now,
    };
    const brandId = await createBrand(db, scope, brand, randomBytes);
    return { status: 202, body: { brand_id: brandId, message: 'Brand created' } };
  },
});

export const getBrandEndpoint = defineEndpoint({
  summary: 'Retrieve a brand',
  path: BrandPath,
  answers: { 200: BrandAnswer },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    const brand = await getBrand(db, scope.mainId, path.brand_id);
    if (brand === undefined) throw brandNotFound();
    return { status: 200, body: { brand: brandToWire(brand) } };
  },
});

export const updateBrandEndpoint = defineEndpoint({
  summary: 'Update a brand',
  description: 'Its limits follow the score of its vetting, unless one was set.',
  extension: true,
  path: BrandPath,
  input: UpdateBrandInput,
  answers: { 200: BrandAnswer },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    const brand = await updateBrand(db, scope, path.brand_id, brandChangeFromWire(input));
    return { status: 200, body: { brand: brandToWire(brand) } };
  },
});

export const deleteBrandEndpoint = defineEndpoint({
  summary: 'Delete a brand',
  description: 'Its campaigns go with it, and their numbers send for none from then on.',
  path: BrandPath,
  answers: { 200: BrandMade },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    await removeBrand(db, scope, path.brand_id);
    return { status: 200, body: { brand_id: path.brand_id, message: 'Brand Deactivated' } };
  },
});

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
          listCampaigns(db, scope.mainId, { brandId, usecase }, page),
          countCampaigns(db, scope.mainId, { brandId, usecase }),
        ]);
    const meta = pageMeta(path, page, input, count);
    return { status: 200, body: { campaigns: campaigns.map(campaignToWire), meta } };
  },
});

export const createCampaignEndpoint = defineEndpoint({
  summary: 'Create a campaign',
  description: asData,
  input: CreateCampaignInput,
  answers: { 202: CampaignMade },
  async handle({ db, scope, input, now }, { randomBytes }: MakingParts) {
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
  async handle({ db, scope, input, now }, { randomBytes }: MakingParts) {
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
      body: { campaign: campaignToWire(campaign), usage: usageToWire(campaign, found.pace, now) },
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

export const listCampaignNumbersEndpoint = defineEndpoint({
  summary: 'List the numbers of a campaign',
  path: CampaignPath,
  input: CampaignNumbersInput,
  answers: { 200: CampaignNumbersBody },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    const page = pageOf(input);
    const { campaign_id: campaignId } = path;
    const [shown, numbers, count] = await Promise.all([
      requireCampaign(db, scope, campaignId),
      listCampaignNumbers(db, scope.mainId, campaignId, undefined, page),
      countCampaignNumbers(db, scope.mainId, campaignId),
    ]);
    const uri = `/v1/Account/${scope.accountId}/10dlc/Campaign/${campaignId}/Number/`;
    return numbersAnswer(shown, numbers, pageMeta(uri, page, input, count));
  },
});

export const getCampaignNumberEndpoint = defineEndpoint({
  summary: 'Find a number in a campaign',
  path: CampaignNumberPath,
  answers: { 200: CampaignNumbersBody },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    const page = { limit: 1, offset: 0 };
    const { campaign_id: campaignId } = path;
    const { number } = readNumber(path.number);
    const [shown, numbers] = await Promise.all([
      requireCampaign(db, scope, campaignId),
      listCampaignNumbers(db, scope.mainId, campaignId, number, page),
    ]);
    if (numbers.length === 0) throw new ApiError('notFound', 'number not found in this campaign');
    const uri = `/v1/Account/${scope.accountId}/10dlc/Campaign/${campaignId}/Number/${number}/`;
    return numbersAnswer(shown, numbers, pageMeta(uri, page, {}, 1));
  },
});

const numbersAnswer = ({ campaign }: ShownCampaign, numbers: readonly string[], meta: object) => ({
  status: 200,
  body: {
    campaign_alias: campaign.alias,
    campaign_id: campaign.campaignId,
    meta,
    phone_numbers: numbers.map((number) => ({ number, status: 'ACTIVE' })),
    usecase: campaign.usecase,
  },
});

export const linkNumbersEndpoint = defineEndpoint({
  summary: 'Assign numbers to a campaign',
  description:
    'Long codes of the US: all of them, or none. What was accepted before still goes without the campaign.',
  path: CampaignPath,
  input: LinkNumbersInput,
  answers: { 200: LinkedBody },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    const numbers = readOwnNumbers(input.numbers, scope.defaultCountry).map(({ number }) => number);
    await linkNumbers(db, scope, path.campaign_id, numbers);
    return { status: 200, body: { message: 'Numbers linked' } };
  },
});

export const unlinkNumberEndpoint = defineEndpoint({
  summary: 'Take a number out of a campaign',
  path: CampaignNumberPath,
  answers: { 200: LinkedBody },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    await unlinkNumber(db, scope, path.campaign_id, readNumber(path.number).number);
    return { status: 200, body: { message: 'Number unlinked' } };
  },
});

async function requireCampaign(db: Db, scope: Scope, campaignId: string): Promise<ShownCampaign> {
  const campaign = await getCampaign(db, scope.mainId, campaignId);
  if (campaign === undefined) throw campaignNotFound();
  return campaign;
}
