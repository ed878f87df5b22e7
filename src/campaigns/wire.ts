// Plivo's names for 10DLC brands and campaigns. Limits are an extension.
import { type Static, Type } from 'typebox';
import { PageMeta, pageParameters } from '../http/page.ts';
import { isoMicroseconds, NumberList, NumberSegment } from '../http/schemas.ts';
import {
  attClassOf,
  type Brand,
  type BrandType,
  brandTypes,
  type Campaign,
  limitsOf,
  tmobileTierOf,
} from './campaign.ts';
import type { ShownCampaign } from './campaign-store.ts';
import { leastLimit, type Pace, usageOf } from './permits.ts';

const id = (about: string) =>
  Type.String({ pattern: '^[A-Z0-9]{1,20}$', expected: 'up to 20 capitals and digits', description: about });

export const BrandPath = Type.Object({ brand_id: id('Id of a brand.') });
export const CampaignPath = Type.Object({ campaign_id: id('Id of a campaign.') });
export const CampaignNumberPath = Type.Object({ ...CampaignPath.properties, number: NumberSegment });

const alias = Type.String({ minLength: 1, maxLength: 255, trim: true, description: 'Name for people.' });

const text = (about = 'Kept and shown.') =>
  Type.Optional(Type.String({ maxLength: 4096, description: about }));
const flag = Type.Optional(Type.Boolean({ description: 'Kept and shown.' }));

const ownLimit = (about: string) =>
  Type.Optional(
    Type.String({
      pattern: '^(default|0|1[2-9]|[2-9][0-9]|[1-9][0-9]{2,7})$',
      expected: `a whole number from ${leastLimit}, 0, or default`,
      description: `Extension: ${about} 0 is no limit, \`default\` the published one.`,
    }),
  );

function limitFromWire(given: string | undefined): number | null | undefined {
  return given === undefined ? undefined : given === 'default' ? null : Number(given);
}

const brandSettings = {
  vetting_score: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'Extension: the score of the vetting, by which carriers give out their limits.',
    }),
  ),
  daily_segments: ownLimit('segments a day, Pacific time, of all campaigns of the brand together.'),
  company_name: text(),
  ein: text(),
  entity_type: text(),
  vertical: text(),
  website: text(),
};

export const CreateBrandInput = Type.Object({
  brand_alias: alias,
  brand_id: Type.Optional(id("Extension: the registry's own id; without it one is made up.")),
  brand_type: Type.Optional(
    Type.Enum([...brandTypes, ''], { default: 'STANDARD', description: 'Kind of registration.' }),
  ),
  profile_uuid: text(),
  secondary_vetting: text(),
  ...brandSettings,
});

export const UpdateBrandInput = Type.Object({ brand_alias: Type.Optional(alias), ...brandSettings });

const { limit, offset } = pageParameters;

export const ListBrandsInput = Type.Object({
  type: Type.Optional(Type.Enum([...brandTypes], { description: 'Only brands of this type.' })),
  status: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only brands of this status: all are `COMPLETED`.' }),
  ),
  limit,
  offset,
});

/** Returns the parameters that are kept as they were given. */
const factsOf = (input: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => names.includes(name) && value !== undefined),
  );

const brandFacts = [
  'company_name',
  'ein',
  'entity_type',
  'profile_uuid',
  'secondary_vetting',
  'vertical',
  'website',
];

/** Returns the settings of a brand that an input gives. */
export function brandChangeFromWire(input: Static<typeof UpdateBrandInput>): Partial<Omit<Brand, 'brandId'>> {
  const change = {
    alias: input.brand_alias,
    vettingScore: input.vetting_score,
    dailySegments: limitFromWire(input.daily_segments),
  };
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), facts: factsOf(input, brandFacts) };
}

export const brandTypeFromWire = (type: Static<typeof CreateBrandInput>['brand_type']): BrandType =>
  type || 'STANDARD';

const nullableInteger = Type.Union([Type.Integer(), Type.Null()]);

export const BrandBody = Type.Object({
  brand_alias: Type.String(),
  brand_id: Type.String(),
  brand_type: Type.Enum([...brandTypes]),
  company_name: Type.Optional(Type.String()),
  created_at: Type.String(),
  daily_segments: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Extension: segments a day, Pacific time, of all its campaigns together; null for no limit.',
  }),
  ein: Type.Optional(Type.String()),
  entity_type: Type.Optional(Type.String()),
  has_own_limit: Type.Boolean({
    description: 'Extension: whether the limit was set, and is not the published one.',
  }),
  profile_uuid: Type.Optional(Type.String()),
  registration_status: Type.Literal('COMPLETED'),
  secondary_vetting: Type.Optional(Type.String()),
  vertical: Type.Optional(Type.String()),
  vetting_score: nullableInteger,
  website: Type.Optional(Type.String()),
});

export const BrandAnswer = Type.Object({ brand: BrandBody });
export const BrandListBody = Type.Object({ brands: Type.Array(BrandBody), meta: PageMeta });
export const BrandMade = Type.Object({ brand_id: Type.String(), message: Type.String() });

export function brandToWire(brand: Brand) {
  const { perDay } = limitsOf(brand, { usecase: '', segmentsPerMinute: 0 });
  return {
    ...brand.facts,
    brand_alias: brand.alias,
    brand_id: brand.brandId,
    brand_type: brand.brandType,
    created_at: isoMicroseconds(brand.createdAt),
    daily_segments: perDay ?? null,
    has_own_limit: brand.dailySegments !== null,
    registration_status: 'COMPLETED',
    vetting_score: brand.vettingScore,
  };
}

/** Node's SDK writes the digit apart. */
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
  limit,
  offset,
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

export const CampaignUsage = Type.Object(
  {
    segments_last_minute: Type.Integer(),
    segments_today: Type.Integer({ description: 'Of all campaigns of its brand, Pacific time.' }),
    daily_segments: Type.Union([Type.Integer(), Type.Null()]),
    day_ends_at: Type.String(),
  },
  { description: 'Extension: what is used of the limits.' },
);

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

export function usageToWire({ brand, campaign }: ShownCampaign, pace: Pace, now: Date) {
  const { inMinute, ofDay, dayEndsAt } = usageOf(pace, now);
  return {
    segments_last_minute: inMinute,
    segments_today: ofDay,
    daily_segments: limitsOf(brand, campaign).perDay ?? null,
    day_ends_at: isoMicroseconds(dayEndsAt),
  };
}

export const LinkNumbersInput = Type.Object({ numbers: NumberList });

export const CampaignNumbersInput = Type.Object({ limit, offset });

export const CampaignNumbersBody = Type.Object({
  campaign_alias: Type.String(),
  campaign_id: Type.String(),
  meta: PageMeta,
  phone_numbers: Type.Array(Type.Object({ number: Type.String(), status: Type.Literal('ACTIVE') })),
  usecase: Type.String(),
});

export const LinkedBody = Type.Object({ message: Type.String() });
