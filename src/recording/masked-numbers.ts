// Telephone numbers that stand for others in a recording: the same one for the same number, of the same country and kind.
import { findAreaCode, listAreaCodes } from '../telecom/area-codes.ts';
import { parseE164 } from '../telecom/e164.ts';

/** Returns the digits that stand for some digits. */
type NumberMask = (digits: string) => string;

const perAreaCode = 100;

/**
 * Makes a mask for one recording. Under +1 a number becomes one of the fictitious ones that the simulator sells (555-0100 to 555-0199): of
 * its area code, or of another of the same country and use once a hundred of that are taken. Elsewhere its country code and two digits
 * stay. Digits that are no number become others that are none.
 */
export function makeNumberMask(): NumberMask {
  const masked = new Map<string, string>();
  const taken = new Set<string>();
  let others = 0;

  const fictitious = (areaCode: string): string | undefined => {
    for (const code of similarAreaCodes(areaCode)) {
      for (let line = 0; line < perAreaCode; line++) {
        const candidate = `1${code}55501${String(line).padStart(2, '0')}`;
        if (!taken.has(candidate)) return candidate;
      }
    }
    return undefined;
  };
  const counted = (digits: string, kept: number): string => {
    others += 1;
    return (
      digits.slice(0, kept) +
      String(others)
        .padStart(digits.length - kept, '0')
        .slice(kept - digits.length)
    );
  };
  const make = (digits: string): string => {
    const number = parseE164(digits);
    if (number?.areaCode !== undefined) {
      const found = fictitious(number.areaCode);
      if (found !== undefined) return found;
    }
    if (number !== undefined) return counted(digits, number.countryCode.length + 2);
    // Without its country code, as people write it at home.
    if (digits.length === 10 && parseE164(`1${digits}`) !== undefined) return mask(`1${digits}`).slice(1);
    return counted(`0${digits.slice(1)}`, 1);
  };
  const mask = (digits: string): string => {
    const known = masked.get(digits);
    if (known !== undefined) return known;
    const made = make(digits);
    masked.set(digits, made);
    taken.add(made);
    return made;
  };
  return mask;
}

/** Returns an area code and then the others of its country and use. */
function* similarAreaCodes(areaCode: string): Generator<string> {
  yield areaCode;
  const own = findAreaCode(areaCode);
  for (const { areaCode: other, countryIso2, use } of listAreaCodes()) {
    if (other !== areaCode && countryIso2 === own?.countryIso2 && use === own.use) yield other;
  }
}
