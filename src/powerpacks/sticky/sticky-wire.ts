// Our names for sticky senders. Extensions.
import { type Static, Type } from 'typebox';
import { daysAfter } from '../../base/days.ts';
import { pageParameters } from '../../http/page.ts';
import { isoMicroseconds, NumberSegment, Uuid } from '../../http/schemas.ts';
import { readNewNumber, readNumber } from '../../numbers/rent-numbers.ts';
import { isShortCode } from '../../telecom/e164.ts';
import type { Pin } from './pin-sticky-sender.ts';
import type { StickyFilters, StickySender } from './sticky-store.ts';

export const StickyPath = Type.Object({ powerpack_uuid: Uuid, destination: NumberSegment });

export const ListStickyInput = Type.Object({
  number: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only recipients of this member: a number or a short code.' }),
  ),
  order: Type.Optional(
    Type.Enum(['destination', 'newest'], {
      default: 'destination',
      description: 'By recipient, or those with the newest message first.',
    }),
  ),
  ...pageParameters,
});

export function stickyFiltersFromWire(input: Static<typeof ListStickyInput>): StickyFilters {
  return {
    sender: input.number === undefined ? undefined : readMember(input.number),
    order: input.order ?? 'destination',
  };
}

export const PinInput = Type.Object({
  number: Type.String({
    maxLength: 40,
    description: 'The member that is to send: a number or a short code.',
  }),
  country_iso2: Type.Optional(
    Type.Enum(['US', 'CA'], {
      aliases: ['country_iso'],
      description: 'Which short code is meant when the pool has the same one for two countries.',
    }),
  ),
});

export const StickyBody = Type.Object({
  country_iso2: Type.String(),
  destination: Type.String(),
  expires_on: Type.String(),
  last_message_on: Type.String(),
  number: Type.String(),
  type: Type.Enum(['longcode', 'tollfree', 'shortcode']),
});

export const ForgottenBody = Type.Object({ response: Type.Literal('success'), removed: Type.Integer() });

export function pinFromWire(destination: string, input: Static<typeof PinInput>): Pin {
  return {
    destination: readNewNumber(destination),
    sender: readMember(input.number),
    countryIso2: input.country_iso2,
  };
}

function readMember(text: string): string {
  if (isShortCode(text)) return text;
  return readNumber(text).number;
}

/** Returns a mapping for the wire; `lifeDays` is for how long after the last message it counts. */
export function stickyToWire(mapping: StickySender, lifeDays: number) {
  const { destination, sender, kind, countryIso2, lastMessageAt } = mapping;
  return {
    country_iso2: countryIso2,
    destination,
    expires_on: isoMicroseconds(daysAfter(lastMessageAt, lifeDays)),
    last_message_on: isoMicroseconds(lastMessageAt),
    number: sender,
    type: kind,
  };
}
