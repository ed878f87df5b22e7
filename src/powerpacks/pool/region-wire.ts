// Our names for the regions of a pool's numbers. Extensions.
import { Type } from 'typebox';
import type { PoolRegion, PoolShare, shareByRegion } from './regions.ts';

const share = { members: Type.Integer(), queued: Type.Integer(), segments_today: Type.Integer() };

export const PoolRegionBody = Type.Object({
  country_iso2: Type.String(),
  region_code: Type.String({ description: 'ISO 3166-2 code of the state or province, without the country.' }),
  region: Type.String(),
  area_codes: Type.Array(Type.String()),
  ...share,
});

export const PoolRegionsBody = Type.Object({
  regions: Type.Array(PoolRegionBody, { description: 'Every one, those without members too.' }),
  elsewhere: Type.Object(share, {
    description: 'Members of no region: toll-free numbers, short codes, other countries.',
  }),
});

export function poolRegionsToWire({ regions, elsewhere }: ReturnType<typeof shareByRegion>) {
  return { regions: regions.map(regionToWire), elsewhere: shareToWire(elsewhere) };
}

const regionToWire = ({ region, ...rest }: PoolRegion) => ({
  country_iso2: region.countryIso2,
  region_code: region.regionCode,
  region: region.name,
  area_codes: region.areaCodes,
  ...shareToWire(rest),
});

const shareToWire = ({ members, queued, segmentsToday }: PoolShare) => ({
  members,
  queued,
  segments_today: segmentsToday,
});
