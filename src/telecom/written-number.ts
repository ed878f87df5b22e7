// Telephone numbers as people and customers' programs write them: with a country code, or national where a country is named. Pure.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { findAreaCode } from './area-codes.ts';
import { callingCode, countryName, digitsOf, isCountry, type PhoneNumber, parseE164 } from './e164.ts';

/**
 * Parses a written number: digits with spaces, dashes, dots, parentheses and invisible marks between them; the country code
 * comes first, with or without a `+`.
 *
 * Ten digits without a `+` that begin with an area code of the North American plan are never read as another country's number:
 * "(201) 555-0111" is a number in New Jersey, not 2015550111 in Egypt. They are refused, unless `country` decides how to read
 * them.
 *
 * @param country ISO 3166-1 code of the country whose national numbers are read as well, with or without their trunk prefix.
 */
export function parseNumber(text: string, country?: string): PhoneNumber | undefined {
  const digits = digitsOf(text);
  if (digits === undefined) return undefined;
  if (text.includes('+')) return parseE164(digits);
  if (country === undefined || !isCountry(country)) {
    return isNationalNanp(digits) ? undefined : parseE164(digits);
  }
  if (callingCode(country) !== '1') return parseIn(country, digits);
  return (tenDigits.test(digits) ? parseE164(`1${digits}`) : undefined) ?? parseE164(digits);
}

const tenDigits = /^\d{10}$/;

/** Returns whether the digits are a number of the North American plan without its country code, in an area code in use. */
function isNationalNanp(digits: string): boolean {
  return (
    tenDigits.test(digits) &&
    findAreaCode(digits.slice(0, 3)) !== undefined &&
    parseE164(`1${digits}`) !== undefined
  );
}

/** Reads digits without a `+` as written in a country outside the North American plan. */
function parseIn(country: CountryCode, digits: string): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(digits, country);
  const international = parseE164(digits);
  if (parsed === undefined || !parsed.isValid()) return isNationalNanp(digits) ? undefined : international;
  // The country's own code comes first.
  if (parsed.number === `+${digits}`) return international;
  const national = isMadeOf(digits, parsed.nationalNumber) ? parseE164(parsed.number) : undefined;
  // Complete, as the country writes its numbers: with the trunk prefix where it has one.
  if (parsed.formatNational().replace(/\D/g, '') === digits) return national;
  // The trunk prefix is missing, as a spreadsheet drops it. A number in use in another country is that number.
  const isForeign = parsePhoneNumberFromString(`+${digits}`)?.isValid() === true && !isNationalNanp(digits);
  return isForeign && international !== undefined ? international : national;
}

/**
 * Parses the digits of a number that is said to be national, with or without the trunk prefix of its country. Digits that make none there are
 * read as international: not all that say so are right.
 */
export function parseNational(digits: string, country: string): PhoneNumber | undefined {
  if (!/^\d{4,15}$/.test(digits) || !isCountry(country)) return undefined;
  const parsed = parsePhoneNumberFromString(digits, country);
  return (parsed === undefined ? undefined : parseE164(parsed.number)) ?? parseE164(digits);
}

/** Returns whether the digits are a national number, with at most a trunk prefix of two digits in front. */
const isMadeOf = (digits: string, nationalNumber: string): boolean =>
  digits.endsWith(nationalNumber) && digits.length - nationalNumber.length <= 2;

/** Returns the digits of a number in any spelling, for searching: ten digits of the North American plan get their country code. */
export const parseAnyNumber = (text: string): string | undefined =>
  (parseNumber(text) ?? parseNumber(text, 'US'))?.number;

/** Returns a suggestion for the end of an error: ": did you mean 12015550111?", or an empty text when no number is near. */
export function numberHint(text: string): string {
  const digits = text.replace(/\p{Cf}/gu, '').replace(/\D/g, '');
  if (!/^[\d\s\p{Cf}\p{Pd}\u2212.,()+/'"]{7,40}$/u.test(text)) return '';
  const meant = meantNumber(digits);
  if (meant === undefined) return '';
  const foreign = parseE164(digits);
  const other =
    foreign === undefined || foreign.number === meant
      ? ''
      : ` (+${digits} would be a number of ${countryName(foreign.countryIso2)}, with its plus)`;
  return `: did you mean ${meant}?${other}`;
}

/** Returns the number that is meant by digits that are not in E.164 form. */
function meantNumber(digits: string): string | undefined {
  if (isNationalNanp(digits)) return `1${digits}`;
  const international = digits.replace(/^(?:00|011)(?=[1-9])/, '');
  const known = parseE164(international);
  if (known !== undefined) return known.number;
  // A trunk prefix behind the country code: +44 (0)20 …
  const withoutTrunk = parsePhoneNumberFromString(`+${international}`);
  return withoutTrunk?.isValid() === true ? parseE164(withoutTrunk.number)?.number : undefined;
}
