// The simulator's numbers for sale: 555-0100 to 555-0199 in every US and Canadian area code and in the toll-free codes. Pure.
import { type AreaCode, findAreaCode, findRegionCode, listAreaCodes } from './area-codes.ts';
import type { PhoneNumber } from './e164.ts';

/**
 * These numbers are reserved for fiction and have no subscriber, with one exception: under 800 only 555-0199 is, and the others
 * may be in use. The simulator sends nothing to the network; a real carrier must not get them.
 */
const exchangeAndHundred = '55501';
const numbersPerAreaCode = 100;

type Service = 'voice' | 'sms' | 'mms';

/** The services of every number for sale; this server has no telephony. */
export const inventoryServices: Readonly<Record<Service, boolean>> = { sms: true, mms: true, voice: false };

export interface InventoryNumber extends PhoneNumber {
  readonly areaCode: string;
  readonly services: Readonly<Record<Service, boolean>>;
}

export interface InventoryQuery {
  /** US or CA. Toll-free numbers, which serve both, are sold as US numbers only, so that each is sold once. */
  readonly countryIso2: string;
  /** `fixed`, `local` and `national` mean the same here: a number with an area code of a place. */
  readonly type?: 'fixed' | 'local' | 'national' | 'mobile' | 'tollfree' | 'any' | undefined;
  /** Digits that the number begins with, with or without the country code. */
  readonly pattern?: string | undefined;
  /** State or province, by code or by name. */
  readonly region?: string | undefined;
  /** Area code and exchange, six digits. */
  readonly npaNxx?: string | undefined;
  /** The number must offer all of them. */
  readonly services?: readonly Service[] | undefined;
  // A fictitious number has no exchange and so none of these four: a query for one returns nothing.
  readonly city?: string | undefined;
  readonly lata?: string | undefined;
  readonly rateCenter?: string | undefined;
  readonly localCallingArea?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface InventoryPage {
  /** How many numbers match the query and are not taken. */
  readonly total: number;
  readonly numbers: InventoryNumber[];
}

/** An area code with its numbers as text: a search compares these, and makes objects only for its page. */
interface Block {
  readonly areaCode: AreaCode;
  readonly numbers: readonly string[];
}

const blocks: readonly Block[] = listAreaCodes().filter(isSold).map(blockOf);

function isSold({ countryIso2, use }: AreaCode): boolean {
  return use === 'tollfree' || (use === 'geographic' && (countryIso2 === 'US' || countryIso2 === 'CA'));
}

function blockOf(areaCode: AreaCode): Block {
  const line = (index: number) => String(index).padStart(2, '0');
  const numbers = Array.from({ length: numbersPerAreaCode }, (_, index) => {
    return `1${areaCode.areaCode}${exchangeAndHundred}${line(index)}`;
  });
  return { areaCode, numbers };
}

/**
 * Returns one page of the numbers that match the query and are not taken, in the order of the digits, and their total. A filter
 * without matches, such as a country without inventory, is no error: the page is empty.
 */
export function searchInventory(query: InventoryQuery, isTaken: (number: string) => boolean): InventoryPage {
  const numbers: InventoryNumber[] = [];
  let total = 0;
  for (const { areaCode, numbers: candidates } of matchingBlocks(query)) {
    for (const candidate of candidates) {
      if (isTaken(candidate)) continue;
      if (total >= query.offset && numbers.length < query.limit)
        numbers.push(toInventoryNumber(candidate, areaCode));
      total++;
    }
  }
  return { total, numbers };
}

/** Returns how many numbers of an area code are for sale and not taken. */
export function countForSale(
  countryIso2: string,
  areaCode: string,
  isTaken: (number: string) => boolean,
): number {
  const query = { countryIso2, pattern: areaCode, limit: 0, offset: 0 };
  return searchInventory(query, isTaken).total;
}

/** Returns the area codes that match the query, each with its matching numbers. */
function matchingBlocks(query: InventoryQuery): readonly Block[] {
  const { city, lata, rateCenter, localCallingArea, npaNxx, services = [] } = query;
  const unknowable = [city, lata, rateCenter, localCallingArea].some((asked) => asked !== undefined);
  if (unknowable || services.some((service) => !inventoryServices[service])) return [];

  const prefixes = [`1${(query.pattern ?? '').replace(/^\+?1?/, '')}`];
  if (npaNxx !== undefined) {
    if (!/^\d{6}$/.test(npaNxx)) return [];
    prefixes.push(`1${npaNxx}`);
  }
  const regionCode = query.region === undefined ? undefined : findRegionCode(query.countryIso2, query.region);

  const matching: Block[] = [];
  for (const block of blocks) {
    const { areaCode, numbers } = block;
    if (areaCode.countryIso2 !== query.countryIso2 || !fitsType(areaCode, query.type ?? 'any')) continue;
    if (query.region !== undefined && !areaCode.regionCodes.some((code) => code === regionCode)) continue;
    const beginning = `1${areaCode.areaCode}${exchangeAndHundred}`;
    if (prefixes.every((prefix) => beginning.startsWith(prefix))) {
      matching.push(block);
    } else if (prefixes.every((prefix) => beginning.startsWith(prefix) || prefix.startsWith(beginning))) {
      const fitting = numbers.filter((number) => prefixes.every((prefix) => number.startsWith(prefix)));
      matching.push({ areaCode, numbers: fitting });
    }
  }
  return matching;
}

function fitsType({ use }: AreaCode, type: NonNullable<InventoryQuery['type']>): boolean {
  if (type === 'any') return true;
  if (type === 'mobile') return false;
  return type === 'tollfree' ? use === 'tollfree' : use === 'geographic';
}

/** Returns whether digits are those of a number that is set aside for fiction, for sale or not. */
export const isFictitious = (number: string): boolean => fictitious.test(number);

const fictitious = /^1\d{3}55501\d\d$/;

/** Returns the number for sale with these digits, taken or not; `undefined` when the inventory has none. */
export function findInventoryNumber(number: string): InventoryNumber | undefined {
  const areaCode = findAreaCode(number.slice(1, 4));
  if (areaCode === undefined || !isSold(areaCode) || !isFictitious(number)) return undefined;
  return toInventoryNumber(number, areaCode);
}

function toInventoryNumber(
  number: string,
  { areaCode, countryIso2, regionCodes, use }: AreaCode,
): InventoryNumber {
  const tollfree = use === 'tollfree';
  return {
    number,
    countryIso2,
    countryCode: '1',
    areaCode,
    regionCode: regionCodes[0],
    kind: tollfree ? 'tollfree' : 'longcode',
    numberType: tollfree ? 'tollfree' : 'local',
    services: inventoryServices,
  };
}
