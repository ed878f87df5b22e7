// How numbers for sale are asked for.
import type { Region } from './regions.ts';

export type Inventory = 'local' | 'tollfree';

interface InventoryQuery {
  readonly inventory: Inventory;
  readonly region: Region | undefined;
  /** As far as it is typed. */
  readonly areaCode: string;
  readonly regions: readonly Region[];
}

interface SearchQuery {
  readonly country_iso: string;
  readonly type: Inventory;
  readonly region?: string;
  readonly pattern?: string;
}

/** Returns the query of a search. Toll-free numbers are sold as US numbers; an area code implies its country. */
export function searchQuery({ inventory, region, areaCode, regions }: InventoryQuery): SearchQuery {
  const pattern = areaCode === '' ? {} : { pattern: `1${areaCode}` };
  if (inventory === 'tollfree') return { country_iso: 'US', type: inventory, ...pattern };
  const home = region ?? regions.find(({ area_codes: codes }) => codes.includes(areaCode));
  return {
    country_iso: home?.country_iso2 ?? 'US',
    type: inventory,
    ...(region !== undefined && { region: region.region }),
    ...pattern,
  };
}
