// Telephone numbers in E.164 digits, and the facts in the digits. Pure.
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { findAreaCode } from './area-codes.ts';

export interface PhoneNumber {
  /** E.164 digits, country code first, without `+`. */
  readonly number: string;
  /** ISO 3166-1 code of two capitals. Toll-free numbers under +1 count as US. */
  readonly countryIso2: string;
  /** Digits such as "1" or "44". */
  readonly countryCode: string;
  /** Only under +1. */
  readonly areaCode?: string | undefined;
  /** State or province, ISO 3166-2 without the country; only in the US and Canada, where the area code determines it. */
  readonly regionCode?: string | undefined;
  readonly kind: 'longcode' | 'tollfree';
  /** Under +1 mobile and fixed numbers look alike, so every number with a place is `local`. */
  readonly numberType: 'local' | 'tollfree' | 'mobile' | 'fixed' | 'national';
}

/**
 * Parses a number in E.164 digits, as stored, answered, found in paths and received from carriers: the country code comes
 * first. A leading `+` and separators (spaces, dashes, dots, parentheses, invisible marks) do not count. Dialling prefixes (00,
 * 011) are not understood. For input from people or customers' programs use `parseNumber`.
 *
 * Returns `undefined` for anything that cannot be a number. Under +1 the form decides (NXX-NXX-XXXX), so that fictitious
 * numbers (555-0100 to 555-0199) and area codes newer than our table are accepted; elsewhere libphonenumber's lengths do. A
 * text whose digits libphonenumber would change is no number: no digit is ever dropped. Numbers of no country (+800, +881, +883
 * and the like) are not accepted.
 */
export function parseE164(text: string): PhoneNumber | undefined {
  const digits = e164Digits.test(text) ? text : (digitsOf(text) ?? '');
  if (!e164Digits.test(digits)) return undefined;
  return digits.startsWith('1') ? parseNanp(digits) : parseElsewhere(digits);
}

const e164Digits = /^[1-9]\d{6,14}$/;
const dashes = '\\-\u2010-\u2015\u2212';
const writtenNumber = new RegExp(`^[\\s(]*\\+?[\\d\\s.()${dashes}]+$`);
/** Invisible characters: writing directions, joiners, soft hyphens. They come along when a number is copied. */
const invisibleMarks = /\p{Cf}/gu;
/** The most characters of a written number. */
export const maxWrittenLength = 40;

/** Returns the digits of a written number, or `undefined` when it holds anything that is not part of one. */
export function digitsOf(text: string): string | undefined {
  if (text.length > maxWrittenLength) return undefined;
  const visible = text.replace(invisibleMarks, '');
  return writtenNumber.test(visible) ? visible.replace(/\D/g, '') : undefined;
}

/**
 * Under +1: area code and exchange begin with 2 to 9; the area code is not N11 (911 and the like) and its middle digit is not 9
 * (reserved for longer numbers). An exchange may be N11, as in libphonenumber: accepting it does no harm.
 */
const nanpNumber = /^1(?!.11)([2-9][0-8]\d)[2-9]\d{6}$/;

function parseNanp(number: string): PhoneNumber | undefined {
  const areaCode = nanpNumber.exec(number)?.[1];
  if (areaCode === undefined) return undefined;
  const known = findAreaCode(areaCode);
  const tollfree = known?.use === 'tollfree';
  return {
    number,
    // An area code that is not in the table is new, or one of the plan's service codes (500, 900): most belong to the US.
    countryIso2: known?.countryIso2 ?? 'US',
    countryCode: '1',
    areaCode,
    regionCode: known?.regionCodes[0],
    kind: tollfree ? 'tollfree' : 'longcode',
    numberType: tollfree ? 'tollfree' : known?.use === 'geographic' ? 'local' : 'national',
  };
}

/** libphonenumber takes 10 to 20 µs a number, so recent results are cached. */
const remembered = new LRUCache<string, PhoneNumber | 'no number'>({ max: 5000 });

function parseElsewhere(digits: string): PhoneNumber | undefined {
  let known = remembered.get(digits);
  if (known === undefined) {
    known = parseWithLibrary(digits) ?? 'no number';
    remembered.set(digits, known);
  }
  return known === 'no number' ? undefined : known;
}

function parseWithLibrary(digits: string): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (parsed === undefined || !parsed.isPossible()) return undefined;
  const number = parsed.number.slice(1);
  if (number !== digits) return undefined;
  // Countries that share a code (+44, +7) are distinguished only in numbers in use; otherwise the code's main country is
  // returned.
  const countryIso2 = parsed.country ?? parsed.getPossibleCountries()[0];
  if (countryIso2 === undefined) return undefined;
  const numberType = numberTypes[parsed.getType() ?? 'UNKNOWN'];
  return {
    number,
    countryIso2,
    countryCode: parsed.countryCallingCode,
    areaCode: undefined,
    regionCode: undefined,
    kind: numberType === 'tollfree' ? 'tollfree' : 'longcode',
    numberType,
  };
}

const numberTypes: Readonly<Record<PhoneNumberType | 'UNKNOWN', PhoneNumber['numberType']>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  FIXED_LINE_OR_MOBILE: 'mobile',
  TOLL_FREE: 'tollfree',
  PREMIUM_RATE: 'national',
  SHARED_COST: 'national',
  VOIP: 'national',
  PERSONAL_NUMBER: 'national',
  PAGER: 'national',
  UAN: 'national',
  VOICEMAIL: 'national',
  UNKNOWN: 'national',
};

/**
 * Five or six digits, as the US and the Canadian registry assign, the first from 2 to 9, as in the US. (In Canada codes that
 * begin with 4 are left to the operators; they are accepted all the same.)
 */
const shortCode = /^[2-9]\d{4,5}$/;

/** Returns whether the text is a US or Canadian short code. None is a telephone number as well: those have seven digits or more. */
export function isShortCode(text: string): boolean {
  return shortCode.test(text);
}

/** Returns whether the text is the ISO 3166-1 code, in capitals, of a country with telephone numbers of its own. */
export function isCountry(iso2: string): iso2 is CountryCode {
  return isSupportedCountry(iso2);
}

/** Returns the country code for calls, digits without `+`: "44" for GB. `undefined` when the text is no country. */
export function callingCode(iso2: string): string | undefined {
  return isCountry(iso2) ? getCountryCallingCode(iso2) : undefined;
}

const englishNames = new Intl.DisplayNames(['en'], { type: 'region' });

/**
 * Returns the English name in capitals, as the vendor writes it: "UNITED STATES". A text that is no country is returned
 * unchanged.
 */
export function countryName(iso2: string): string {
  return isCountry(iso2) ? (englishNames.of(iso2) ?? iso2).toUpperCase() : iso2;
}
