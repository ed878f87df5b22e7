// How a text will go on the air, by the server's own rules: its alphabet, its segments, and what costs them.
import { encodingOf, simplifyForGsm } from '../../../src/telecom/encoding.ts';
import { isTooLong, measureText } from '../../../src/telecom/segments.ts';

export interface ShownMeasure {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
  /** Plain letters that still fit into the last segment. */
  readonly left: number;
  /** The characters that keep it out of GSM-7, each once, in order. */
  readonly forcing: readonly string[];
  /** Whether smart encoding replaces characters by their look-alikes. */
  readonly isSimplified: boolean;
  readonly isTooLong: boolean;
}

/** Measures what would be sent. `isSmart`: whether the powerpack has smart encoding. */
export function measureForSending(text: string, isSmart: boolean): ShownMeasure {
  const sent = isSmart ? simplifyForGsm(text) : text;
  if (isTooLong(sent)) {
    const encoding = encodingOf(sent.slice(0, maxShown));
    return { encoding, segments: 0, left: 0, forcing: [], isSimplified: false, isTooLong: true };
  }
  const { encoding, segments } = measureText(sent);
  const forcing =
    encoding === 'gsm7' ? [] : [...sent].filter((character) => encodingOf(character) === 'ucs2');
  return {
    encoding,
    segments,
    left: roomLeft(sent, segments),
    forcing: [...new Set(forcing)],
    isSimplified: sent !== text,
    isTooLong: false,
  };
}

/** How far into a text that is too long its alphabet is looked for. */
const maxShown = 2000;

/** Returns the room for plain letters: each takes one unit of either alphabet. */
function roomLeft(text: string, segments: number): number {
  let left = 0;
  while (measureText(text + 'a'.repeat(left + 1)).segments === segments) left += 1;
  return left;
}

/** Names for characters that cannot be seen. */
const invisible: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u200b': 'zero-width space',
  '\u200d': 'zero-width joiner',
  '\ufe0f': 'variation selector',
  '\ufeff': 'byte order mark',
  '\t': 'tab',
};

/** Returns a character as it can be shown: itself, its name where it cannot be seen, or its code. */
export function nameOfCharacter(character: string): string {
  const name = invisible[character];
  if (name !== undefined) return name;
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
