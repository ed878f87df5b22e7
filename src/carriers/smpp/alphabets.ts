// Alphabets of short messages: in which one a text goes to an SMSC, and its octets there. Pure.
import { encodingOf } from '../../telecom/encoding.ts';
import { encodeGsm } from './gsm-alphabet.ts';

/** Alphabets that `data_coding` 0 stands for, or that an SMSC takes texts in (carriers' configuration). */
export const alphabetNames = ['gsm', 'gsm-packed', 'latin1', 'ascii', 'ucs2-only'] as const;
export type AlphabetName = (typeof alphabetNames)[number];

/** Alphabets of octets on the wire. */
export type WireAlphabet = 'gsm' | 'latin1' | 'ascii' | 'ucs2';

/** Positions of ASCII that countries may use otherwise (ITU-T T.50), so that SMSCs differ on them. */
const nationalPositions = new Set('@[\\]^`{|}~');

/**
 * Returns the alphabet that a text goes out in. Latin-1 and ASCII are used only for characters that GSM has too: an SMSC that converts
 * drops the others. A text that does not fit goes as UCS-2.
 */
export function wireAlphabetOf(text: string, alphabet: AlphabetName): WireAlphabet {
  if (alphabet === 'ucs2-only' || encodingOf(text) === 'ucs2') return 'ucs2';
  switch (alphabet) {
    case 'latin1':
      return [...text].every((character) => character <= '\u00ff') ? 'latin1' : 'ucs2';
    case 'ascii':
      return [...text].every(isSafeAscii) ? 'ascii' : 'ucs2';
    default:
      return 'gsm';
  }
}

/** Returns the octets of a text, unpacked for GSM. The text must fit, as `wireAlphabetOf` says. */
export function encodeText(text: string, alphabet: WireAlphabet): Uint8Array {
  switch (alphabet) {
    case 'gsm':
      return encodeGsm(text);
    case 'latin1':
    case 'ascii':
      return Uint8Array.from(Buffer.from(text, 'latin1'));
    case 'ucs2':
      return Uint8Array.from(Buffer.from(text, 'utf16le').swap16());
  }
}

/** Reads UCS-2, big-endian; halves of surrogate pairs stay as they are, an odd octet at the end is left out. */
export function decodeUcs2(octets: Uint8Array): string {
  const whole = octets.length & ~1;
  return Buffer.from(octets.subarray(0, whole)).swap16().toString('utf16le');
}

function isSafeAscii(character: string): boolean {
  return character <= '\u007e' && !nationalPositions.has(character);
}
