// The text of a message without its content: as long, in the same alphabet, and so of as many segments. Pure.
import { gsmSeptets } from '../telecom/encoding.ts';

/**
 * Returns the text with another letter for each letter and 0 for each digit. A letter outside the GSM alphabet becomes another one outside
 * it, of as many UTF-16 units. Marks, blanks and emojis stay.
 */
export function maskText(text: string): string {
  return text.replace(/\p{L}|\p{M}|\p{N}/gu, (character) => {
    if (character.length === 2) return '\u{10400}';
    if (gsmSeptets(character.charCodeAt(0)) === 0) return 'ж';
    return /\p{N}/u.test(character) ? '0' : /\p{Lu}/u.test(character) ? 'X' : 'x';
  });
}
