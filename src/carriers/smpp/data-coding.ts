// Reads the text of a message from a handset by its data_coding (SMPP 3.4 section 5.2.19, 3GPP TS 23.038 section 4). Pure.
import { type AlphabetName, decodeUcs2 } from './alphabets.ts';
import { decodeGsm, unpackSeptets } from './gsm-alphabet.ts';

/** Alphabets that an inbound text may be in; `binary` is no text. */
export const inboundAlphabets = [
  'gsm',
  'gsm-packed',
  'ascii',
  'latin1',
  'ucs2',
  'binary',
  'iso-8859-5',
  'iso-8859-8',
  'shift_jis',
  'iso-2022-jp',
  'euc-jp',
  'euc-kr',
] as const;
export type InboundAlphabet = (typeof inboundAlphabets)[number];

/** Of the values that SMPP 3.4 lists, without 0, which is the SMSC's own. */
const listed: Readonly<Record<number, InboundAlphabet>> = {
  1: 'ascii',
  2: 'binary',
  3: 'latin1',
  4: 'binary',
  5: 'shift_jis',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  8: 'ucs2',
  10: 'iso-2022-jp',
  13: 'euc-jp',
  14: 'euc-kr',
};

/** Names an alphabet by its data_coding; `given` goes before the list (`inbound_coding` of the configuration). */
export function inboundAlphabetOf(
  dataCoding: number,
  standard: AlphabetName,
  given: Readonly<Record<string, InboundAlphabet>>,
): InboundAlphabet {
  const known = given[String(dataCoding)] ?? listed[dataCoding];
  if (known !== undefined) return known;
  if (dataCoding === 0) return standard === 'ucs2-only' ? 'ucs2' : standard;
  return alphabetOfGsmScheme(dataCoding);
}

/** Returns the alphabet of the GSM schemes that are seen in data_coding: general with a class, message waiting, class. */
function alphabetOfGsmScheme(scheme: number): InboundAlphabet {
  const byTwoBits = (['gsm', 'binary', 'ucs2', 'gsm'] as const)[(scheme >> 2) & 3] ?? 'gsm';
  if (scheme >= 0x10 && scheme <= 0x1f) return byTwoBits;
  if (scheme >= 0xc0 && scheme <= 0xdf) return 'gsm';
  if (scheme >= 0xe0 && scheme <= 0xef) return 'ucs2';
  if (scheme >= 0xf0) return (scheme & 4) === 0 ? 'gsm' : 'binary';
  return 'binary';
}

/**
 * Returns the text of a content behind its user data header, whose octets say where packed septets begin. Binary content has the empty
 * text. Octets that an alphabet does not have are replaced, never refused.
 */
export function decodeText(octets: Uint8Array, alphabet: InboundAlphabet, headerOctets: number): string {
  switch (alphabet) {
    case 'binary':
      return '';
    case 'gsm':
      return decodeGsm(octets);
    case 'gsm-packed':
      return decodeGsm(unpackSeptets(octets, fillBitsBehind(headerOctets)));
    case 'ascii':
    case 'latin1':
      return Buffer.from(octets).toString('latin1');
    case 'ucs2':
      return decodeUcs2(octets);
    default:
      return new TextDecoder(alphabet).decode(octets);
  }
}

/** Returns the bits between a user data header and the next septet (3GPP TS 23.040 section 9.2.3.24). */
export function fillBitsBehind(headerOctets: number): number {
  return (7 - ((headerOctets * 8) % 7)) % 7;
}
