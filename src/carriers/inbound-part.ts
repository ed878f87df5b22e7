// Whether a part of a message from a handset is one: decided alike for all carriers. Pure.
import type { InboundPart } from './carrier.ts';

/** The most parts of one message (3GPP 23.040 section 9.2.3.24.1). */
const maxParts = 255;

/** Returns a part as it was read; `undefined` for the only part of a message and for one outside of its message, which are messages of their own. */
export function partOfMany(read: InboundPart): InboundPart | undefined {
  const { part, total } = read;
  return total > 1 && total <= maxParts && part >= 1 && part <= total ? read : undefined;
}
