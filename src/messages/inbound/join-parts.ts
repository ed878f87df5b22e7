// The text of a message from its parts. Pure.
import { finishEscapes } from '../../telecom/gsm-escapes.ts';

/** A part of a text. */
interface TextPart {
  /** From 1. */
  readonly part: number;
  readonly text: string;
}

/** Stands where parts are missing. */
const gap = '…';

/**
 * Returns the parts as one text, in the order of their numbers, with a mark for each gap between, before or after them. An escape of the GSM
 * alphabet at the end of a part belongs to the character that begins the next one.
 */
export function joinParts(parts: readonly TextPart[], total: number): string {
  const texts = new Map(parts.map(({ part, text }) => [part, text]));
  let joined = '';
  for (let part = 1; part <= total; part++) {
    const text = texts.get(part);
    const followsGap = part > 1 && !texts.has(part - 1);
    if (text !== undefined) joined += text;
    else if (!followsGap) joined += gap;
  }
  return finishEscapes(joined);
}
