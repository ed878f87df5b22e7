// States, provinces and territories as the server returns them, and their places on the map. Pure.
import type { components } from '../../../client/src/schema.ts';
import { tileId } from './tile-grid.ts';

export type Region = components['schemas']['PoolRegion'];

export const regionId = ({ country_iso2: country, region_code: code }: Region): string =>
  tileId(country, code);

/** The figures of the map in each region, by its id. */
export type RegionCounts = ReadonlyMap<string, number>;

export const membersByRegion = (regions: readonly Region[]): RegionCounts =>
  new Map(regions.map((region) => [regionId(region), region.members]));

/** Returns messages by the region of their recipients; traffic names regions in words. */
export function trafficByRegion(
  regions: readonly Region[],
  traffic: readonly components['schemas']['TrafficRegion'][],
): RegionCounts {
  const counts = new Map(traffic.map((one) => [`${one.country_iso2} ${one.region}`, one.messages]));
  return new Map(
    regions.map((region) => [regionId(region), counts.get(`${region.country_iso2} ${region.region}`) ?? 0]),
  );
}
