// 10dlc/Campaign/Number: the numbers that send for a campaign.
import { requireMainAccount } from '../accounts/scope.ts';
import { ApiError } from '../base/errors.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { pageMeta, pageOf } from '../http/page.ts';
import { readOwnNumbers } from '../numbers/own-numbers.ts';
import { readNumber } from '../numbers/rent-numbers.ts';
import { countCampaignNumbers, listCampaignNumbers } from './campaign-number-store.ts';
import {
  CampaignNumberPath,
  CampaignNumbersBody,
  CampaignNumbersInput,
  LinkedBody,
  LinkNumbersInput,
} from './campaign-number-wire.ts';
import type { ShownCampaign } from './campaign-store.ts';
import { CampaignPath } from './campaign-wire.ts';
import { linkNumbers, unlinkNumber } from './link-numbers.ts';
import { requireCampaign } from './require-campaign.ts';

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
