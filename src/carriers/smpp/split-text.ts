// Cuts a text into the parts that go out as one PDU each. Pure.
import { gsmSeptets } from '../../telecom/encoding.ts';

/** Units that a part holds: septets, or UTF-16 units for UCS-2. */
export interface PartSizes {
  /** Of a message of one part. */
  readonly alone: number;
  /** Of each of several parts, beside the header that joins them. */
  readonly joined: number;
}

/**
 * Returns the parts of a text, each as full as whole characters make it: neither an escape and its character nor a surrogate pair is
 * divided. With 160 and 153, or 70 and 67, the parts are those that `measureText` counts.
 */
export function splitText(text: string, isUcs2: boolean, { alone, joined }: PartSizes): string[] {
  const sizeOf = (character: string) => (isUcs2 ? character.length : gsmSeptets(character.charCodeAt(0)));
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let size = 0;
  let whole = 0;
  for (const character of text) {
    const units = sizeOf(character);
    if (size + units > joined) {
      parts.push(text.slice(start, at));
      start = at;
      size = 0;
    }
    at += character.length;
    size += units;
    whole += units;
  }
  return whole <= alone ? [text] : [...parts, text.slice(start)];
}
