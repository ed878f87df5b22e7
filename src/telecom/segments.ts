// The length of a text on the air, and its number of segments. Pure.
import { type Encoding, encodingOf, gsmSeptets } from './encoding.ts';
import type { Service } from './service.ts';

export interface TextMeasure {
  readonly encoding: Encoding;
  /** Septets (`gsm7`) or UTF-16 units (`ucs2`). */
  readonly length: number;
  /** At least 1: an empty text is sent as one segment. */
  readonly segments: number;
}

interface Limits {
  /** Capacity of a segment that is the whole message. */
  readonly alone: number;
  /** Capacity of one of several segments, where the header that joins them takes 6 bytes (3GPP TS 23.040 section 9.2.3.24.1). */
  readonly joined: number;
  /** The longest text that is accepted: the vendor's limit. */
  readonly text: number;
}

/** In septets and in UTF-16 units (wire-data-plane section 14). */
const limits: Readonly<Record<Encoding, Limits>> = {
  gsm7: { alone: 160, joined: 153, text: 1600 },
  ucs2: { alone: 70, joined: 67, text: 737 },
};

/**
 * Measures a text as it is sent. Neither an escape pair of the GSM alphabet nor a surrogate pair is divided between two
 * segments, so a segment may have one unit unused (wire-data-plane section 14).
 */
export function measureText(text: string): TextMeasure {
  const encoding = encodingOf(text);
  const { alone, joined } = limits[encoding];
  let length = 0;
  let segments = 1;
  let room = joined;
  let index = 0;
  while (index < text.length) {
    const units = encoding === 'ucs2' && isPairAt(text, index) ? 2 : 1;
    const size = encoding === 'gsm7' ? gsmSeptets(text.charCodeAt(index)) : units;
    if (size > room) {
      segments += 1;
      room = joined;
    }
    room -= size;
    length += size;
    index += units;
  }
  return { encoding, length, segments: length <= alone ? 1 : segments };
}

/** Measures the text of a message. A picture message is one segment, however long its text is (wire-data-plane section 14). */
export function measureMessage(service: Service, text: string): TextMeasure {
  const measure = measureText(text);
  return service === 'mms' ? { ...measure, segments: 1 } : measure;
}

/** Segments of the longest text that is accepted. */
export const largestMessage = 11;

/** Returns whether a text is longer than the vendor accepts: 1,600 septets or 737 UTF-16 units, 11 full segments either way. */
export function isTooLong(text: string): boolean {
  // No character takes less than one unit of either, so a huge text is refused without being read.
  if (text.length > limits.gsm7.text) return true;
  const { encoding, length } = measureText(text);
  return length > limits[encoding].text;
}

function isPairAt(text: string, index: number): boolean {
  return (
    isBetween(text.charCodeAt(index), 0xd800, 0xdbff) && isBetween(text.charCodeAt(index + 1), 0xdc00, 0xdfff)
  );
}

function isBetween(unit: number, first: number, last: number): boolean {
  return unit >= first && unit <= last;
}
