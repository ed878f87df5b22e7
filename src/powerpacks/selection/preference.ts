// The order in which a powerpack tries its members for a destination: their kind by priority, then how local they are. Pure.
import type { Service } from '../../telecom/service.ts';
import type { NumberPriority, SenderKind } from '../powerpack.ts';
import { isUsOrCanada } from './reach.ts';

/** The place that a message goes to, as far as its number tells; a `PhoneNumber` is one. */
export interface Destination {
  readonly countryIso2: string;
  readonly areaCode?: string | undefined;
  readonly regionCode?: string | undefined;
}

/** The settings of a powerpack that decide the order. */
interface PriorityRules {
  readonly localConnect: boolean;
  readonly alphanumericFirst: boolean;
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
 * Returns the preference of a powerpack for a destination. The US and Canada have priorities, and locality where local connect is on. Elsewhere
 * only long codes reach, those of the destination's country first, and names, before or behind them (semantics section 2, steps 1, 4 and 5).
 */
export function preferenceOf(rules: PriorityRules, destination: Destination, service: Service): Preference {
  const { countryIso2, areaCode, regionCode } = destination;
  if (!isUsOrCanada(countryIso2)) {
    const kinds: SenderKind[] = rules.alphanumericFirst
      ? ['alphanumeric', 'longcode']
      : ['longcode', 'alphanumeric'];
    return { kinds, prefersCountry: true, areaCode: undefined, regionCode: undefined, countryIso2 };
  }
  const listed = rules.numberPriority.find(
    (entry) => entry.countryIso2 === countryIso2 && entry.serviceType.toLowerCase() === service,
  );
  const kinds: SenderKind[] = [...new Set([...(listed?.order ?? []), ...kindsByDefault])];
  return rules.localConnect
    ? { kinds, prefersCountry: true, areaCode, regionCode, countryIso2 }
    : { kinds, prefersCountry: false, areaCode: undefined, regionCode: undefined, countryIso2 };
}
