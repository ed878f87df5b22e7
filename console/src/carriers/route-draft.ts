// A route as it is being written in the console's form.
import type { components } from '../../../client/src/schema.ts';

/** The kinds of senders that a route can be for; `default` is everything that no other route is for. */
export const matchKeys = ['default', 'number', 'kind', 'country', 'powerpack', 'account'] as const;
export type MatchKey = (typeof matchKeys)[number];

type SenderKind = NonNullable<components['schemas']['Route']['kind']>;

export interface RouteDraft {
  readonly service: 'sms' | 'mms';
  readonly carrier: string;
  /** Names with commas between. */
  readonly fallback: string;
  readonly key: MatchKey;
  /** Of the number, powerpack or account. */
  readonly value: string;
  readonly kind: SenderKind;
  /** Beside a kind or a short code it may be empty. */
  readonly country: string;
}

/** Returns the draft of a route that is there, or of a new default route to a carrier. */
export function draftOf(route: components['schemas']['Route'] | undefined, carrier: string): RouteDraft {
  const key = matchKeys.find((one) => one !== 'default' && route?.[one] != null && one !== 'country');
  return {
    service: route?.service ?? 'sms',
    carrier: route?.carrier ?? carrier,
    fallback: route?.fallback.join(', ') ?? '',
    key: key ?? (route?.country != null ? 'country' : 'default'),
    value: route?.number ?? route?.powerpack ?? route?.account ?? '',
    kind: route?.kind ?? 'longcode',
    country: route?.country ?? '',
  };
}

/** Returns the parameters of a draft. */
export function bodyOf({ service, carrier, fallback, key, value, kind, country }: RouteDraft) {
  const given = value.trim();
  const where = country.trim() === '' ? {} : { country: country.trim().toUpperCase() };
  const match = {
    default: {},
    number: { number: given, ...where },
    kind: { kind, ...where },
    country: where,
    powerpack: { powerpack: given },
    account: { account: given },
  }[key];
  return {
    service,
    carrier,
    fallback: fallback
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    ...match,
  };
}
