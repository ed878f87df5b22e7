// Plivo's names for 10DLC campaigns. Limits are an extension.
import { type Static, Type } from 'typebox';
import { orderParameters } from '../http/order.ts';
import { PageMeta, pageParameters } from '../http/page.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import { attClassOf, type Campaign, limitsOf, tmobileTierOf } from './campaign.ts';
import { campaignOrders, type ShownCampaign } from './campaign-store.ts';
import { alias, factsOf, flag, id, limitFromWire, nullableInteger, ownLimit, text } from './registry-wire.ts';
import { CampaignUsage } from './usage-wire.ts';

export const CampaignPath = Type.Object({ campaign_id: id('Id of a campaign.') });

/** Returns the schema of a sample; Node's SDK writes its digit apart. */
const sample = (place: number) =>
  Type.Optional(
    Type.String({ maxLength: 4096, aliases: [`sample_${place}`], description: 'Kept and shown.' }),
  );

const campaignTexts = {
  description: text(),
  help_keywords: text(),
  help_message: text(),
  message_flow: text(),
  optin_keywords: text(),
  optin_message: text(),
  optout_keywords: text(),
  optout_message: text(),
  privacy_policy_link: text(),
  reseller_id: text(),
  sample1: sample(1),
  sample2: sample(2),
  sample3: sample(3),
  sample4: sample(4),
  sample5: sample(5),
  terms_and_conditions_link: text(),
};

const campaignFlags = {
  affiliate_marketing: flag,
  age_gated: flag,
  direct_lending: flag,
  embedded_link: flag,
  embedded_phone: flag,
  subscriber_help: flag,
  subscriber_optin: flag,
  subscriber_optout: flag,
};

const segments_per_minute = ownLimit('segments a minute of all numbers of the campaign together.');

export const CreateCampaignInput = Type.Object({
  brand_id: id('The brand that it is of.'),
  campaign_alias: Type.Optional(alias),
  campaign_id: Type.Optional(id("Extension: the registry's own id; without it one is made up.")),
  usecase: Type.String({
    pattern: '^[A-Z0-9_]{1,40}$',
    expected: 'a use case of the registry, such as ACCOUNT_NOTIFICATION',
    description: 'Use case of the registry, such as `2FA`, `MARKETING`, `MIXED` or `LOW_VOLUME`.',
  }),
  sub_usecases: Type.Optional(
    Type.Array(Type.String({ maxLength: 40 }), {
      maxItems: 20,
      separator: ',',
      description: 'Kept and shown.',
    }),
  ),
  vertical: text(),
  segments_per_minute,
  ...campaignTexts,
  ...campaignFlags,
});

export const ImportCampaignInput = Type.Object({
  campaign_id: id('The id of a campaign that is registered already.'),
  campaign_alias: Type.Optional(alias),
  brand_id: Type.Optional(id('Extension: its brand; needed where the account has not exactly one.')),
  usecase: Type.Optional(
    Type.String({ pattern: '^[A-Z0-9_]{1,40}$', description: 'Extension: its use case. Default `MIXED`.' }),
  ),
});

export const UpdateCampaignInput = Type.Object({
  campaign_alias: Type.Optional(alias),
  segments_per_minute,
  ...campaignTexts,
});

export const ListCampaignsInput = Type.Object({
  brand_id: Type.Optional(id('Only campaigns of this brand.')),
  usecase: Type.Optional(Type.String({ maxLength: 40, description: 'Only campaigns of this use case.' })),
  registration_status: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only campaigns of this status: all are `ACTIVE`.' }),
  ),
  campaign_source: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only campaigns of this source: of all it is `plivo`.' }),
  ),
  ...orderParameters(campaignOrders, 'without it the oldest comes first.'),
  ...pageParameters,
});

const campaignFacts = [
  ...Object.keys(campaignTexts),
  ...Object.keys(campaignFlags),
  'sub_usecases',
  'vertical',
];

/** Returns the settings of a campaign that an input gives. */
export function campaignChangeFromWire(
  input: Static<typeof UpdateCampaignInput>,
): Partial<Omit<Campaign, 'campaignId' | 'brandId'>> {
  const change = {
    alias: input.campaign_alias,
    segmentsPerMinute: limitFromWire(input.segments_per_minute),
  };
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), facts: factsOf(input, campaignFacts) };
}

const none = Type.Object({});

export const CampaignBody = Type.Object({
  brand_id: Type.String(),
  campaign_alias: Type.String(),
  campaign_attributes: Type.Record(Type.String(), Type.Boolean()),
  campaign_id: Type.String(),
  campaign_source: Type.Literal('plivo'),
  created_at: Type.String(),
  has_own_limit: Type.Boolean({
    description: 'Extension: whether the limit was set, and is not the published one.',
  }),
  mno_metadata: Type.Object(
    {
      'AT&T': Type.Object({ message_class: Type.String(), tpm: nullableInteger }),
      'T-Mobile': Type.Object({ brand_tier: Type.String() }),
      'US Cellular': none,
      'Verizon Wireless': none,
    },
    { description: 'The limits that carriers publish for a brand of its score and its use case.' },
  ),
  registration_status: Type.Literal('ACTIVE'),
  segments_per_minute: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Extension: segments a minute of all its numbers together; null for no limit.',
  }),
  sub_usecase: Type.String(),
  usecase: Type.String(),
  vertical: Type.Optional(Type.String()),
  ...campaignTexts,
});

export const CampaignAnswer = Type.Object({ campaign: CampaignBody });
export const ShownCampaignAnswer = Type.Object({ campaign: CampaignBody, usage: CampaignUsage });
export const CampaignListBody = Type.Object({ campaigns: Type.Array(CampaignBody), meta: PageMeta });
export const CampaignMade = Type.Object({ campaign_id: Type.String(), message: Type.String() });

export function campaignToWire({ campaign, brand }: ShownCampaign) {
  const { sub_usecases: subUsecases, ...facts } = campaign.facts;
  const attributes = Object.entries(facts).filter(([name]) => Object.hasOwn(campaignFlags, name));
  const texts = Object.entries(facts).filter(([name]) => !Object.hasOwn(campaignFlags, name));
  const published = limitsOf(brand, { ...campaign, segmentsPerMinute: null });
  return {
    ...Object.fromEntries(texts),
    brand_id: campaign.brandId,
    campaign_alias: campaign.alias,
    campaign_attributes: Object.fromEntries(attributes),
    campaign_id: campaign.campaignId,
    campaign_source: 'plivo',
    created_at: isoMicroseconds(campaign.createdAt),
    has_own_limit: campaign.segmentsPerMinute !== null,
    mno_metadata: {
      'AT&T': { message_class: attClassOf(brand, campaign), tpm: published.perMinute ?? null },
      'T-Mobile': { brand_tier: tmobileTierOf(brand) },
      'US Cellular': {},
      'Verizon Wireless': {},
    },
    registration_status: 'ACTIVE',
    segments_per_minute: limitsOf(brand, campaign).perMinute ?? null,
    sub_usecase: Array.isArray(subUsecases) ? subUsecases.join(',') : '',
    usecase: campaign.usecase,
  };
}
