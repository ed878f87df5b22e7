// The GSM default alphabet in octets: one octet a septet, or packed (3GPP TS 23.038 sections 6.1.2 and 6.2.1). Pure.
import { extensionCharacters } from '../../telecom/encoding.ts';
import { basicByCode, escapeCode, extensionCodes, resolveEscapes } from '../../telecom/gsm-escapes.ts';

/** Octets by character: one, or the escape and one. */
const octetsByCharacter = new Map<string, readonly number[]>([
  ...basicByCode.map((character, code) => [character, [code]] as const),
  ...extensionCodes.map((code, index) => [extensionCharacters[index] ?? '', [escapeCode, code]] as const),
]);

/** Returns a text of the alphabet (`encodingOf` says `gsm7`), one octet a septet. Another character becomes a question mark. */
export function encodeGsm(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) octets.push(...(octetsByCharacter.get(character) ?? [0x3f]));
  return Uint8Array.from(octets);
}

/**
 * Reads one octet a septet. An octet above 0x7f, which the alphabet does not have, is read as Latin-1. An escape at the end stays
 * U+001B: its character may be in the next part, and `resolveEscapes` joins them.
 */
export function decodeGsm(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += basicByCode[octet] ?? String.fromCharCode(octet);
  return resolveEscapes(text);
}

/**
 * Returns septets packed eight into seven octets, behind `fillBits` zero bits (a header's padding to the next septet, 3GPP TS 23.040 section
 * 9.2.3.24). Where seven bits would be left over, they are a carriage return: as zeros they would be read as `@`.
 */
export function packSeptets(septets: Uint8Array, fillBits: number): Uint8Array {
  const bits = fillBits + septets.length * 7;
  const padded = bits % 8 === 1 ? [...septets, 0x0d] : septets;
  const packed = new Uint8Array(Math.ceil(bits / 8));
  let at = fillBits;
  for (const septet of padded) {
    const index = at >> 3;
    const shifted = septet << (at & 7);
    packed[index] = (packed[index] ?? 0) | (shifted & 0xff);
    if (index + 1 < packed.length) packed[index + 1] = shifted >> 8;
    at += 7;
  }
  return packed;
}

/** Returns the septets, one an octet, that lie behind `fillBits` bits. A carriage return in the last place is padding, as `packSeptets` makes it. */
export function unpackSeptets(packed: Uint8Array, fillBits: number): Uint8Array {
  const count = Math.max(Math.floor((packed.length * 8 - fillBits) / 7), 0);
  const septets = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const at = fillBits + index * 7;
    const pair = (packed[at >> 3] ?? 0) | ((packed[(at >> 3) + 1] ?? 0) << 8);
    septets[index] = (pair >> (at & 7)) & 0x7f;
  }
  const isPadded = (fillBits + count * 7) % 8 === 0 && septets[count - 1] === 0x0d;
  return isPadded ? septets.subarray(0, count - 1) : septets;
}
