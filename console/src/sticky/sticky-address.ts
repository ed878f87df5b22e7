// What the sticky page shows, as it stands in the address.
import { digitsOf } from '../parts/format.ts';

export interface StickyView {
  /** Digits of the recipient that was looked up. */
  readonly recipient: string;
  readonly offset: number;
}

export function viewOf(query: Readonly<Record<string, string | undefined>>): StickyView {
  const offset = Number(query.offset ?? 0);
  return {
    recipient: digitsOf(query.recipient ?? ''),
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
}

export function addressOf(powerpackUuid: string, { recipient, offset }: StickyView): string {
  const query = new URLSearchParams();
  if (recipient !== '') query.set('recipient', recipient);
  if (offset > 0) query.set('offset', String(offset));
  const text = query.toString();
  return `/console/powerpacks/${powerpackUuid}/sticky${text === '' ? '' : `?${text}`}`;
}
