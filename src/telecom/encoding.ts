// The encoding of a text: GSM 7-bit if every character is in that alphabet, UCS-2 otherwise. Pure.

/** Alphabets of 3GPP TS 23.038: `gsm7` is the default alphabet with its extension table, `ucs2` is UTF-16. */
export type Encoding = 'gsm7' | 'ucs2';

/** The default alphabet in the order of its codes, without the escape (3GPP TS 23.038 section 6.2.1). One septet each. */
export const basicCharacters =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The extension table (section 6.2.1.1): an escape and a septet each. */
export const extensionCharacters = '\f^{}\\[~]|€';

/** Septets by UTF-16 unit, 0 where the alphabet lacks it; its highest character is the euro sign, U+20AC. */
const septetsByUnit = new Uint8Array(0x20ad);
for (const character of basicCharacters) septetsByUnit[character.charCodeAt(0)] = 1;
for (const character of extensionCharacters) septetsByUnit[character.charCodeAt(0)] = 2;

/** Returns the septets of a UTF-16 unit in the GSM alphabet: 1, or 2 with its escape; 0 when the alphabet lacks it. */
export function gsmSeptets(unit: number): number {
  return septetsByUnit[unit] ?? 0;
}

/** Returns the encoding of a text: one character outside the GSM alphabet makes all of it UCS-2 (wire-data-plane section 14). */
export function encodingOf(text: string): Encoding {
  for (let index = 0; index < text.length; index++) {
    if (gsmSeptets(text.charCodeAt(index)) === 0) return 'ucs2';
  }
  return 'gsm7';
}

/**
 * Characters that editors and phones write instead of plain ones. Each has the same meaning; an accent, a bullet or a letter of
 * another script would not, so none is listed.
 */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": '\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u2039\u203a\uff07\u0060\u00b4',
    '"': '\u201c\u201d\u201e\u201f\u2033\u2036\u02ba\u00ab\u00bb\uff02',
    '-': '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d',
    ' ': '\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
    '\n': '\u0085\u2028\u2029',
    '...': '\u2026',
    '': '\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff',
  }).flatMap(([plain, characters]) => [...characters].map((character) => [character, plain] as const)),
);

/**
 * Returns the text in the GSM alphabet, if only look-alikes of GSM characters prevent it: typographic quotes, dashes and
 * spaces, the ellipsis, characters of no width, letters written as letter and accent ("smart encoding", wire-data-plane section
 * 14; to be done before segments are counted). A text that stays UCS-2 all the same, because of an emoji, an accent or a
 * script, is returned unchanged.
 */
export function simplifyForGsm(text: string): string {
  if (encodingOf(text) === 'gsm7') return text;
  let simple = '';
  for (const character of text.normalize('NFC')) {
    const plain = gsmSeptets(character.charCodeAt(0)) > 0 ? character : lookAlikes.get(character);
    if (plain === undefined) return text;
    simple += plain;
  }
  return simple;
}
