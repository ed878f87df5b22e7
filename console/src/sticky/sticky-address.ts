// The view of the sticky page in its address.
import { addressAt, offsetOf, offsetText } from '../parts/address.ts';
import { digitsOf } from '../parts/format.ts';

export interface StickyView {
  /** Digits of the recipient that was looked up. */
  readonly recipient: string;
  readonly offset: number;
}

export function viewOf(query: Readonly<Record<string, string | undefined>>): StickyView {
  return {
    recipient: digitsOf(query.recipient ?? ''),
    offset: offsetOf(query.offset),
  };
}

export const addressOf = (powerpackUuid: string, { recipient, offset }: StickyView): string =>
  addressAt(`/console/powerpacks/${powerpackUuid}/sticky`, { recipient, offset: offsetText(offset) });
