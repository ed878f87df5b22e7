// A 10DLC brand and campaign, and the limits that carriers of the US publish for them. Pure.

export const brandTypes = ['STANDARD', 'STARTER', 'SOLE_PROPRIETOR'] as const;
export type BrandType = (typeof brandTypes)[number];

/** A company in the registry of campaigns. */
export interface Brand {
  readonly brandId: string;
  readonly alias: string;
  readonly brandType: BrandType;
  /** From 0 to 100; `null` for one that was not vetted. */
  readonly vettingScore: number | null;
  /** Its own limit of segments a day, 0 for none; `null` for the published one. */
  readonly dailySegments: number | null;
  /** Its other registered data, by the vendor's names. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** One purpose for which a brand sends messages, in the registry. */
export interface Campaign {
  readonly campaignId: string;
  readonly brandId: string;
  readonly alias: string;
  readonly usecase: string;
  /** Its own limit of segments a minute, 0 for none; `null` for the published one. */
  readonly segmentsPerMinute: number | null;
  /** Its other registered data, by the vendor's names. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** The zone whose midnight begins T-Mobile's day. */
export const dayZone = 'America/Los_Angeles';

/** AT&T's message classes and their segments a minute. */
const attPerMinute = { A: 4500, B: 4500, C: 2400, D: 2400, E: 240, F: 240, T: 75, W: 15 } as const;
type AttClass = keyof typeof attPerMinute;

/** T-Mobile's tiers of brands and their segments a day. */
const tmobileDaily = { TOP: 200_000, HIGH_MID: 40_000, LOW_MID: 10_000, LOW: 2000, SOLE_PROPRIETOR: 1000 };
type TmobileTier = keyof typeof tmobileDaily;

const isSoleProprietor = ({ brandType }: Pick<Brand, 'brandType'>): boolean =>
  brandType === 'SOLE_PROPRIETOR';

/**
 * Returns AT&T's message class of a campaign. Source of this and of the tiers: Telnyx, "10DLC Rate Limits & Throughput", as of November
 * 2026. Special use cases get their classes by agreement: they have a limit of their own here, or that of their score.
 */
export function attClassOf(
  brand: Pick<Brand, 'brandType' | 'vettingScore'>,
  { usecase }: Pick<Campaign, 'usecase'>,
): AttClass {
  if (isSoleProprietor(brand) || usecase === 'SOLE_PROPRIETOR') return 'W';
  if (usecase === 'LOW_VOLUME') return 'T';
  const isMixed = usecase === 'MIXED' || usecase === 'MARKETING';
  const score = brand.vettingScore ?? 0;
  if (score >= 75) return isMixed ? 'B' : 'A';
  if (score >= 50) return isMixed ? 'D' : 'C';
  return isMixed ? 'F' : 'E';
}

/** Returns T-Mobile's tier of a brand; one that was not vetted is in the lowest. */
export function tmobileTierOf(brand: Pick<Brand, 'brandType' | 'vettingScore'>): TmobileTier {
  if (isSoleProprietor(brand)) return 'SOLE_PROPRIETOR';
  const score = brand.vettingScore ?? 0;
  if (score >= 75) return 'TOP';
  if (score >= 50) return 'HIGH_MID';
  return score >= 25 ? 'LOW_MID' : 'LOW';
}

/** The limits of a campaign in segments, of all its numbers together; `undefined` for none. */
export interface CampaignLimits {
  readonly perMinute: number | undefined;
  /** Of all campaigns of its brand together. */
  readonly perDay: number | undefined;
}

/**
 * Returns the limits that a campaign keeps to. Which carrier a recipient has is not known without asking for each, so the limits of AT&T and
 * of T-Mobile hold for the messages to all carriers.
 */
export function limitsOf(
  brand: Pick<Brand, 'brandType' | 'vettingScore' | 'dailySegments'>,
  campaign: Pick<Campaign, 'usecase' | 'segmentsPerMinute'>,
): CampaignLimits {
  const perMinute = campaign.segmentsPerMinute ?? attPerMinute[attClassOf(brand, campaign)];
  const perDay = brand.dailySegments ?? tmobileDaily[tmobileTierOf(brand)];
  return { perMinute: perMinute || undefined, perDay: perDay || undefined };
}
