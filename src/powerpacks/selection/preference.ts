// In which order members are tried for a destination: their kind by priority, then how local they are. Pure.
import type { Service } from '../../telecom/service.ts';
import type { NumberPriority, SenderKind } from '../powerpack.ts';
import { isUsOrCanada } from './reach.ts';
import { type LocalRule, localRules } from './reason.ts';

/** Where a message goes, as far as its number tells; a `PhoneNumber` is one. */
export interface Destination {
  readonly countryIso2: string;
  readonly areaCode?: string | undefined;
  readonly regionCode?: string | undefined;
}

/** What of a powerpack decides the order. */
export interface PriorityRules {
  readonly localConnect: boolean;
  readonly numberPriority: readonly NumberPriority[];
}

export interface Preference {
  /** Kinds in the order in which they are tried. */
  readonly kinds: readonly SenderKind[];
  /** Whether long codes of the destination's country go first. */
  readonly prefersCountry: boolean;
  /** Those of its area code and region before them, where that is known and wanted. */
  readonly areaCode: string | undefined;
  readonly regionCode: string | undefined;
  readonly countryIso2: string;
}

/** Kinds that a priority does not list come last, in this order. */
const kindsByDefault: readonly SenderKind[] = ['longcode', 'tollfree', 'shortcode'];

/**
 * What a powerpack prefers for a destination. The US and Canada have priorities, and locality where local connect is on. Elsewhere
 * only long codes reach, those of the destination's country first (semantics section 2, steps 1, 4 and 5).
 */
export function preferenceOf(rules: PriorityRules, destination: Destination, service: Service): Preference {
  const { countryIso2, areaCode, regionCode } = destination;
  if (!isUsOrCanada(countryIso2)) {
    const kinds: SenderKind[] = ['longcode'];
    return { kinds, prefersCountry: true, areaCode: undefined, regionCode: undefined, countryIso2 };
  }
  const listed = rules.numberPriority.find(
    (entry) => entry.countryIso2 === countryIso2 && entry.serviceType.toLowerCase() === service,
  );
  const kinds = [...new Set([...(listed?.order ?? []), ...kindsByDefault])];
  return rules.localConnect
    ? { kinds, prefersCountry: true, areaCode, regionCode, countryIso2 }
    : { kinds, prefersCountry: false, areaCode: undefined, regionCode: undefined, countryIso2 };
}

/** How near a member is: the place of the nearest rule of locality that it satisfies, or `anywhere`. */
export const nearness = { area: 0, region: 1, country: 2, anywhere: localRules.length } as const;
const levels = nearness.anywhere + 1;

/** Whether long codes are preferred because they are of the destination's country. */
export const isAtHome = (
  { prefersCountry, countryIso2 }: Preference,
  member: { readonly kind: SenderKind; readonly countryIso2: string },
): boolean => prefersCountry && member.kind === 'longcode' && member.countryIso2 === countryIso2;

/** How far behind the first choice members are: their kind counts more than their nearness. The lower the earlier. */
export const stepOf = ({ kinds }: Preference, kind: SenderKind, near: number): number =>
  kinds.indexOf(kind) * levels + near;

/** Whether a step belongs to a kind that comes behind that of another step. */
export const isLaterKind = (step: number, other: number): boolean =>
  Math.floor(step / levels) > Math.floor(other / levels);

/** The nearest rule of locality that a step satisfies. */
export const localRuleOf = (step: number): LocalRule | undefined => localRules[step % levels];
