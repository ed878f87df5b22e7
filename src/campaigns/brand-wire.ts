// Plivo's names for 10DLC brands. Limits are an extension.
import { type Static, Type } from 'typebox';
import { orderParameters } from '../http/order.ts';
import { PageMeta, pageParameters } from '../http/page.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import { brandOrders } from './brand-store.ts';
import { type Brand, type BrandType, brandTypes, limitsOf } from './campaign.ts';
import { alias, factsOf, id, limitFromWire, nullableInteger, ownLimit, text } from './registry-wire.ts';

export const BrandPath = Type.Object({ brand_id: id('Id of a brand.') });

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

export const ListBrandsInput = Type.Object({
  type: Type.Optional(Type.Enum([...brandTypes], { description: 'Only brands of this type.' })),
  status: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only brands of this status: all are `COMPLETED`.' }),
  ),
  ...orderParameters(brandOrders, 'without it the oldest comes first.'),
  ...pageParameters,
});

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
