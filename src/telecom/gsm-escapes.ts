// Escapes of the GSM alphabet in texts: a character of the extension table is an escape and another character, and the two may come in
// different parts of a message (3GPP TS 23.038 section 6.2.1.1). Pure.
import { basicCharacters, extensionCharacters } from './encoding.ts';

/** The code of the escape among those of the basic characters. */
export const escapeCode = 0x1b;
const escapeCharacter = '\u001b';

/** Basic characters by code, the escape among them. */
export const basicByCode: readonly string[] = [
  ...basicCharacters.slice(0, escapeCode),
  escapeCharacter,
  ...basicCharacters.slice(escapeCode),
];

/** Codes of the extension table, in the order of its characters. */
export const extensionCodes: readonly number[] = [0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65];

/** Characters of the extension table by the basic character behind their escape. */
const extensions = new Map(
  extensionCodes.map((code, index) => [basicByCode[code] ?? '', extensionCharacters[index] ?? '']),
);

const escaped = new RegExp(`${escapeCharacter}([^${escapeCharacter}])`, 'g');

/**
 * Returns a text with each escape and the character behind it as the character that they mean; without a meaning, as the one behind it. An
 * escape at the end stays: its character may be in the next part.
 */
export function resolveEscapes(text: string): string {
  if (!text.includes(escapeCharacter)) return text;
  return text.replace(escaped, (_, character: string) => extensions.get(character) ?? character);
}

/** Returns a whole text without escapes; one that nothing follows is read as a blank, as the standard says. */
export function finishEscapes(text: string): string {
  return resolveEscapes(text).replaceAll(escapeCharacter, ' ');
}
