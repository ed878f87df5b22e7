// The places of the area codes of the North American Numbering Plan, read from the generated table. Pure.
import {
  canadaWideAreaCodes,
  geographicAreaCodes,
  otherCountries,
  regionNames,
  tollFreeAreaCodes,
} from './area-code-table.ts';

export interface AreaCode {
  readonly areaCode: string;
  /**
   * ISO 3166-1. US territories are countries of their own here (PR, GU, VI, AS, MP), as in ISO. Toll-free codes
   * belong to the whole numbering plan; the table gives them to the US.
   */
  readonly countryIso2: string;
  /**
   * ISO 3166-2 codes without the country, of the US and Canada only. More than one where provinces share the code
   * (902: NS, PE); the first is the one to show.
   */
  readonly regionCodes: readonly string[];
  /** `national`: a code for services, without a place. */
  readonly use: 'geographic' | 'tollfree' | 'national';
}

const areaCodes: ReadonlyMap<string, AreaCode> = readTable();

function readTable(): Map<string, AreaCode> {
  const found = new Map<string, AreaCode>();
  const add = (list: string, countryIso2: string, use: AreaCode['use'], regionCode?: string): void => {
    for (const areaCode of list.split(' ')) {
      const others = found.get(areaCode)?.regionCodes ?? [];
      const regionCodes = regionCode === undefined ? others : [...others, regionCode];
      found.set(areaCode, { areaCode, countryIso2, regionCodes, use });
    }
  };
  for (const [countryIso2, regions] of Object.entries(geographicAreaCodes)) {
    for (const [regionCode, list] of Object.entries(regions))
      add(list, countryIso2, 'geographic', regionCode);
  }
  for (const [countryIso2, list] of Object.entries(otherCountries)) add(list, countryIso2, 'geographic');
  add(tollFreeAreaCodes, 'US', 'tollfree');
  add(canadaWideAreaCodes, 'CA', 'national');
  return new Map([...found].sort(([one], [other]) => Number(one) - Number(other)));
}

/** Returns the facts of an area code (three digits); `undefined` for one that the table does not have. */
export function findAreaCode(areaCode: string): AreaCode | undefined {
  return areaCodes.get(areaCode);
}

/** Returns every area code in the table, in the order of the digits. */
export function listAreaCodes(): readonly AreaCode[] {
  return [...areaCodes.values()];
}

export interface Region {
  readonly countryIso2: string;
  /** ISO 3166-2 code without the country. */
  readonly regionCode: string;
  readonly name: string;
  /** A code that provinces share is listed with each of them. */
  readonly areaCodes: readonly string[];
}

/** Returns the states of the US and the provinces and territories of Canada, by country and name. */
export function listRegions(): readonly Region[] {
  return Object.entries(geographicAreaCodes).flatMap(([countryIso2, lists]) =>
    Object.entries(lists)
      .map(([regionCode, list]) => ({
        countryIso2,
        regionCode,
        name: regionName(countryIso2, regionCode) ?? regionCode,
        areaCodes: list.split(' '),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}

/** Returns the region with a code or a name, in any case. No state has the code of a province. */
export function findRegion(text: string): Region | undefined {
  const wanted = text.trim().toLowerCase();
  return listRegions().find(
    ({ regionCode, name }) => regionCode.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
}

/** Returns the name of a state or province: `regionName('CA', 'ON')` is "Ontario". `undefined` outside the US and Canada. */
export function regionName(countryIso2: string, regionCode: string): string | undefined {
  const names = namesOf(countryIso2);
  return Object.hasOwn(names, regionCode) ? names[regionCode] : undefined;
}

/** Returns the name of the state or province of an area code of a country; empty where it has none. */
export function regionOfArea(countryIso2: string, areaCode: string): string {
  const code = findAreaCode(areaCode)?.regionCodes[0];
  return (code === undefined ? undefined : regionName(countryIso2, code)) ?? '';
}

/** Returns the code of a state or province, by its code or its name, in any case. */
export function findRegionCode(countryIso2: string, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  for (const [code, name] of Object.entries(namesOf(countryIso2))) {
    if (code.toLowerCase() === wanted || name.toLowerCase() === wanted) return code;
  }
  return undefined;
}

function namesOf(countryIso2: string): Readonly<Record<string, string>> {
  return (Object.hasOwn(regionNames, countryIso2) ? regionNames[countryIso2] : undefined) ?? {};
}
