// The regions of a pool's numbers: states of the US, provinces and territories of Canada. Pure.
import { listRegions, type Region } from '../../telecom/area-codes.ts';

/** The members of one region together. */
export interface PoolShare {
  readonly members: number;
  readonly queued: number;
  readonly segmentsToday: number;
}

/** The long codes of +1 with an area code; all other members have the area code `''`. */
export interface PoolArea extends PoolShare {
  readonly areaCode: string;
}

export interface PoolRegion extends PoolShare {
  readonly region: Region;
}

const regions = listRegions();
const regional = new Set(regions.flatMap(({ areaCodes }) => areaCodes));

/**
 * Returns the members of each region, regions without members included, and the members of no region. A number whose area code
 * provinces share counts in each of them: it is local in each.
 */
export function shareByRegion(areas: readonly PoolArea[]): {
  readonly regions: readonly PoolRegion[];
  readonly elsewhere: PoolShare;
} {
  const byAreaCode = new Map(areas.map((area) => [area.areaCode, area]));
  return {
    regions: regions.map((region) => ({
      region,
      ...sum(region.areaCodes.flatMap((areaCode) => byAreaCode.get(areaCode) ?? [])),
    })),
    elsewhere: sum(areas.filter(({ areaCode }) => !regional.has(areaCode))),
  };
}

const sum = (shares: readonly PoolShare[]): PoolShare => ({
  members: shares.reduce((all, { members }) => all + members, 0),
  queued: shares.reduce((all, { queued }) => all + queued, 0),
  segmentsToday: shares.reduce((all, { segmentsToday }) => all + segmentsToday, 0),
});
