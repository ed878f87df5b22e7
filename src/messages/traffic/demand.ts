// Where a powerpack has no number although it writes there, and how many it would take. Pure.
import { findAreaCode, regionOfArea } from '../../telecom/area-codes.ts';

/** Messages to an area code. */
export interface AreaDemand {
  readonly areaCode: string;
  readonly messages: number;
  readonly segments: number;
  /** Of the UTC day with the most. */
  readonly busiestDaySegments: number;
}

interface MissingArea extends AreaDemand {
  readonly countryIso2: string;
  /** State or province; empty outside of the US and Canada. */
  readonly region: string;
  /** Members in the same state or province, which stand in. */
  readonly regionMembers: number;
  /** Numbers that the busiest day would have needed. */
  readonly numbers: number;
}

export interface Demand {
  /** Messages to area codes of the North American plan. */
  readonly messages: number;
  /** Of them those to an area code that a member has. */
  readonly localMessages: number;
  /** Area codes without a member, most messages first. */
  readonly missing: readonly MissingArea[];
}

/** Numbers of an area code that could be added: those of the account that are in no pool, and those that are for sale. */
export interface Supply {
  readonly own: number;
  readonly forSale: number;
}

/** How the numbers that an area code lacks can be had. */
interface SupplyPlan {
  /** Of the account's own. */
  readonly add: number;
  readonly rent: number;
  /** Neither. */
  readonly lacking: number;
}

/** Returns how so many numbers can be had: the account's own first. */
export function planSupply(numbers: number, { own, forSale }: Supply): SupplyPlan {
  const add = Math.min(numbers, own);
  const rent = Math.min(numbers - add, forSale);
  return { add, rent, lacking: numbers - add - rent };
}

/**
 * Compares what was written to each area code with the members there. `dailySegments` says how many segments a day a number of a country
 * may send, `undefined` for no limit: then one number is enough.
 */
export function compareDemand(
  areas: readonly AreaDemand[],
  membersByArea: ReadonlyMap<string, number>,
  dailySegments: (countryIso2: string) => number | undefined,
): Demand {
  const written = areas.filter(({ areaCode }) => findAreaCode(areaCode)?.use === 'geographic');
  const isMissing = ({ areaCode }: AreaDemand): boolean => (membersByArea.get(areaCode) ?? 0) === 0;
  const byRegion = countByRegion(membersByArea);
  const missing = written
    .filter(isMissing)
    .sort((one, other) => other.messages - one.messages || (one.areaCode < other.areaCode ? -1 : 1))
    .map((area): MissingArea => {
      const { countryIso2, region } = placeOf(area.areaCode);
      const limit = dailySegments(countryIso2);
      return {
        ...area,
        countryIso2,
        region,
        regionMembers: byRegion.get(`${countryIso2} ${region}`) ?? 0,
        numbers: limit === undefined ? 1 : Math.max(1, Math.ceil(area.busiestDaySegments / limit)),
      };
    });
  return {
    messages: sumOf(written),
    localMessages: sumOf(written.filter((area) => !isMissing(area))),
    missing,
  };
}

const sumOf = (areas: readonly AreaDemand[]): number =>
  areas.reduce((sum, { messages }) => sum + messages, 0);

function countByRegion(membersByArea: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [areaCode, members] of membersByArea) {
    const { countryIso2, region } = placeOf(areaCode);
    const key = `${countryIso2} ${region}`;
    if (region !== '') counts.set(key, (counts.get(key) ?? 0) + members);
  }
  return counts;
}

function placeOf(areaCode: string): { readonly countryIso2: string; readonly region: string } {
  const countryIso2 = findAreaCode(areaCode)?.countryIso2 ?? '';
  return { countryIso2, region: regionOfArea(countryIso2, areaCode) };
}
