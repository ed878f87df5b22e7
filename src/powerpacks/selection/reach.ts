// The senders that can carry a service to a country at all. Pure.
import type { Service } from '../../telecom/service.ts';
import type { SenderKind, Standing } from '../powerpack.ts';

/** The facts of a sender that decide how far it reaches. */
export interface Reaching {
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly services: readonly Service[];
  readonly routed: readonly Service[];
  readonly standing: Standing;
}

/** Returns whether a country is one of the two whose networks are one for long codes and toll-free numbers. */
export const isUsOrCanada = (countryIso2: string): boolean => countryIso2 === 'US' || countryIso2 === 'CA';

/** Returns whether a sender can send this service at all, to any country. */
export const carries = ({ services }: Pick<Reaching, 'services'>, service: Service): boolean =>
  services.includes(service);

/** Returns whether a sender can send this service, and a route leads it to a carrier. */
export const canSend = ({ routed }: Pick<Reaching, 'routed'>, service: Service): boolean =>
  routed.includes(service);

/** Returns whether a sender sends at all, if only to the recipients that it has. */
export const isSending = ({ standing }: Pick<Reaching, 'standing'>): boolean =>
  standing === 'active' || standing === 'draining';

/**
 * Returns whether a sender reaches a country. The US and Canada are reached from any long code or toll-free number of either, and from short codes of that same country; other
 * countries from any long code (semantics section 2, step 1), and from names where they take those.
 */
export function reaches(
  { kind, countryIso2 }: Pick<Reaching, 'kind' | 'countryIso2'>,
  destinationCountry: string,
  takesNames: boolean,
): boolean {
  if (kind === 'alphanumeric') return takesNames;
  if (!isUsOrCanada(destinationCountry)) return kind === 'longcode';
  return kind === 'shortcode' ? countryIso2 === destinationCountry : isUsOrCanada(countryIso2);
}

const kindsInWords: Readonly<Record<SenderKind, string>> = {
  longcode: 'long codes',
  tollfree: 'toll-free numbers',
  shortcode: 'short codes',
  alphanumeric: 'names',
};

/** Returns one sentence that says why none of the senders can carry the service to the country. */
export function whyNobodyCan(
  senders: readonly Reaching[],
  service: Service,
  destinationCountry: string,
  takesNames: boolean,
): string {
  if (senders.length === 0) return 'the number pool of the powerpack is empty';
  const carrying = senders.filter((sender) => carries(sender, service));
  if (carrying.length === 0) return `no member of the number pool can send ${service}`;
  const reaching = carrying.filter((sender) => reaches(sender, destinationCountry, takesNames));
  if (reaching.length > 0 && reaching.every(({ standing }) => standing === 'unverified'))
    return 'every toll-free number of the pool that could send it is not verified';
  if (reaching.length > 0 && !reaching.some(isSending))
    return 'every member of the number pool that could send it is aside, or not verified or approved';
  if (reaching.length > 0)
    return 'no route leads a member of the number pool that could send it to a carrier';
  const present = new Set(
    carrying.map(({ kind, countryIso2 }) =>
      kind === 'alphanumeric' ? kindsInWords[kind] : `${kindsInWords[kind]} (${countryIso2})`,
    ),
  );
  const shown = [...present].sort().slice(0, maxKindsShown).join(', ');
  return `no member of the number pool that can send ${service} reaches ${destinationCountry}; it has ${shown}`;
}

const maxKindsShown = 5;
