// Makes, changes and deletes brands and campaigns, and assigns numbers to campaigns.
import { lockAccount } from '../accounts/store.ts';
import { ApiError } from '../base/errors.ts';
import { type RandomBytes, randomText } from '../base/id.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { RentedNumber } from '../numbers/number.ts';
import { lockNumbers } from '../numbers/store.ts';
import {
  countBrands,
  deleteBrand,
  getBrand,
  insertBrand,
  listBrands,
  lockBrand,
  saveBrand,
} from './brand-store.ts';
import type { Brand, Campaign } from './campaign.ts';
import {
  assignNumbers,
  countCampaigns,
  deleteCampaign,
  insertCampaign,
  lockCampaign,
  lockNumbersOf,
  type ShownCampaign,
  saveCampaign,
} from './campaign-store.ts';

/** The most brands and the most campaigns of an account. */
const maxBrands = 100;
const maxCampaigns = 1000;

export const brandNotFound = () => new ApiError('notFound', 'brand not found');
export const campaignNotFound = () => new ApiError('notFound', 'campaign not found');

/** Returns a new id in the registry's form: a letter, and six capitals and digits. */
const newIdOf = (letter: 'B' | 'C', randomBytes: RandomBytes): string =>
  letter + randomText(6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', randomBytes);

export interface NewBrand extends Omit<Brand, 'brandId'> {
  /** The registry's own id; `undefined` for one that is made up. */
  readonly brandId: string | undefined;
}

/**
 * Stores a brand. Returns its id.
 * @throws ApiError conflict when the account has one of this id, or very many.
 */
export function createBrand(
  db: Db,
  { mainId }: Scope,
  { brandId = undefined, ...brand }: NewBrand,
  randomBytes: RandomBytes,
): Promise<string> {
  return db.transaction(async (tx) => {
    await lockAccount(tx, mainId);
    if ((await countBrands(tx, mainId, undefined)) >= maxBrands) {
      throw new ApiError('conflict', `the account has ${maxBrands} brands; delete one first`);
    }
    const id = brandId ?? newIdOf('B', randomBytes);
    const isNew = await insertBrand(tx, mainId, { brandId: id, ...brand });
    if (!isNew) throw new ApiError('conflict', 'brand_id already in use');
    return id;
  });
}

/**
 * Changes the settings of a brand that are given; facts are added to those that are kept.
 * @throws ApiError notFound
 */
export function updateBrand(
  db: Db,
  { mainId }: Scope,
  brandId: string,
  { facts, ...change }: Partial<Omit<Brand, 'brandId'>>,
): Promise<Brand> {
  return db.transaction(async (tx) => {
    const present = await lockBrand(tx, mainId, brandId);
    if (present === undefined) throw brandNotFound();
    const brand = { ...present, ...change, facts: { ...present.facts, ...facts } };
    saveBrand(tx, mainId, brand);
    return brand;
  });
}

/**
 * Deletes a brand with its campaigns; their numbers send for no campaign from then on.
 * @throws ApiError notFound
 */
export function removeBrand(db: Db, { mainId }: Scope, brandId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockNumbersOf(tx, mainId, { brandId });
    if (!(await deleteBrand(tx, mainId, brandId))) throw brandNotFound();
  });
}

export interface NewCampaign extends Omit<Campaign, 'campaignId' | 'brandId'> {
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
    const id = campaignId ?? newIdOf('C', randomBytes);
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
  { mainId }: Scope,
  campaignId: string,
  { facts, ...change }: Partial<Omit<Campaign, 'campaignId' | 'brandId'>>,
): Promise<ShownCampaign> {
  return db.transaction(async (tx) => {
    const present = await requireLockedCampaign(tx, mainId, campaignId);
    const campaign = { ...present.campaign, ...change, facts: { ...present.campaign.facts, ...facts } };
    saveCampaign(tx, mainId, campaign);
    return { ...present, campaign };
  });
}

async function requireLockedCampaign(
  tx: Transaction,
  accountId: string,
  campaignId: string,
): Promise<ShownCampaign> {
  const campaign = await lockCampaign(tx, accountId, campaignId);
  if (campaign === undefined) throw campaignNotFound();
  return campaign;
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

/**
 * Assigns numbers to a campaign: all of them or none.
 * @throws ApiError notFound (campaign, a number), invalid for a number that is no long code of the US, conflict for one of another
 *   campaign; each names the number.
 */
export function linkNumbers(
  db: Db,
  scope: Scope,
  campaignId: string,
  digits: readonly string[],
): Promise<void> {
  return db.transaction(async (tx) => {
    const numbers = await lockNumbers(tx, scope, digits);
    await requireLockedCampaign(tx, scope.mainId, campaignId);
    const found = new Map(numbers.map((number) => [number.number, number]));
    for (const number of digits) {
      const refusal = refusalOf(number, found.get(number), campaignId);
      if (refusal !== undefined) throw refusal;
    }
    assignNumbers(tx, digits, campaignId);
  });
}

function refusalOf(
  digits: string,
  number: RentedNumber | undefined,
  campaignId: string,
): ApiError | undefined {
  if (number === undefined) return new ApiError('notFound', `number ${digits} not found in this account`);
  if (number.kind !== 'longcode' || number.countryIso2 !== 'US')
    return new ApiError('invalid', `numbers must be long codes of the US: ${digits} is none`);
  if (number.campaignId !== null && number.campaignId !== campaignId)
    return new ApiError('conflict', `number ${digits} belongs to the campaign ${number.campaignId}`);
  return undefined;
}

/**
 * Takes a number out of a campaign.
 * @throws ApiError notFound
 */
export function unlinkNumber(db: Db, scope: Scope, campaignId: string, digits: string): Promise<void> {
  return db.transaction(async (tx) => {
    const [number] = await lockNumbers(tx, scope, [digits]);
    if (number?.campaignId !== campaignId)
      throw new ApiError('notFound', 'number not found in this campaign');
    assignNumbers(tx, [digits], null);
  });
}
