// The orders in which kinds of senders are tried: one for each service to each country. Pure.
import type { components } from '../../../client/src/schema.ts';

export type PriorityEntry = components['schemas']['Powerpack']['number_priority'][number];
export type SenderKind = 'shortcode' | 'longcode' | 'tollfree';

export const kindInWords: Readonly<Record<SenderKind, string>> = {
  shortcode: 'Short code',
  longcode: 'Long code',
  tollfree: 'Toll-free',
};

/** Kinds that an entry does not name are tried after those that it does, in this order. */
const unlisted: readonly SenderKind[] = ['longcode', 'tollfree', 'shortcode'];

/** Returns all kinds in the order in which they are tried. */
export function orderOf({ priority }: PriorityEntry): readonly SenderKind[] {
  const listed = [priority.priority1, priority.priority2, priority.priority3].filter((kind) => kind !== null);
  return [...listed, ...unlisted.filter((kind) => !listed.includes(kind))];
}

/** Returns the entry with another order. */
export function withOrder(entry: PriorityEntry, order: readonly SenderKind[]): PriorityEntry {
  const [priority1 = null, priority2 = null, priority3 = null] = order;
  return { ...entry, priority: { priority1, priority2, priority3 } };
}

/** Returns the messages that an entry is for: `SMS to the United States`. */
export const entryInWords = ({
  service_type: service,
  country_iso: country,
}: Pick<PriorityEntry, 'service_type' | 'country_iso'>): string =>
  `${service} to ${country === 'US' ? 'the United States' : 'Canada'}`;

/** Returns whether two entries are for the same messages. */
export const isSameList = (one: PriorityEntry, other: PriorityEntry): boolean =>
  one.service_type === other.service_type && one.country_iso === other.country_iso;
