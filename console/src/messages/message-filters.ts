// The filters of the list of messages. They have the API's names in the page's address too, so that a link says what it shows.
import { choiceOf } from '../parts/address.ts';
import { boundsOf, type Range, ranges } from './time-ranges.ts';

const filterNames = [
  'message_direction',
  'message_state',
  'message_type',
  'from_number',
  'to_number',
  'number',
  'text',
  'powerpack_id',
  'error_code',
  'area_code',
  'destination_country_iso2',
  'subaccount',
  'message_time__gte',
  'message_time__lt',
] as const;

export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** Returns the filters in an address; empty ones count as absent. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(filterNames.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

/** Returns the range in an address; `undefined` where there is none, and the list shows the last 24 hours or the times that are set. */
export const rangeOf = (query: Readonly<Record<string, string>>): Range | undefined =>
  choiceOf(ranges, query.range);

/** Changes that take every filter away. */
export const noFilters: Readonly<Record<FilterName | 'range', string>> = Object.fromEntries(
  [...filterNames, 'range'].map((name) => [name, '']),
) as Record<FilterName | 'range', string>;

/** Returns the filters with the times of a range, which count instead of those that are set. */
export function withRange(filters: Filters, range: Range | undefined, nowMs: number): Filters {
  if (range === undefined) return filters;
  const { from, until } = boundsOf(range, nowMs);
  const { message_time__gte: _from, message_time__lt: _until, ...others } = filters;
  return {
    ...others,
    message_time__gte: utcText(from),
    ...(until === undefined ? {} : { message_time__lt: utcText(until) }),
  };
}

const utcText = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ');

/** Filters that the counts of failures know as well. */
const ofFailures = [
  'message_state',
  'message_type',
  'from_number',
  'powerpack_id',
  'error_code',
  'area_code',
  'destination_country_iso2',
  'subaccount',
  'message_time__gte',
  'message_time__lt',
] as const satisfies readonly FilterName[];

/** Returns the filters for the counts of failures; `undefined` where there are others, which these counts cannot follow. */
export function failureFiltersOf({ message_direction: direction, ...filters }: Filters): Filters | undefined {
  if (direction === 'inbound') return undefined;
  const known = new Set<string>(ofFailures);
  return Object.keys(filters).every((name) => known.has(name)) ? filters : undefined;
}

/** Returns the filters that a typed text means: a number in any spelling, or a part of the messages' texts. */
export function searchOf(typed: string): Readonly<Record<'number' | 'text', string>> {
  const text = typed.trim();
  const isNumber = /^[+\d\s().-]+$/.test(text) && text.replace(/\D/g, '').length >= 5;
  return isNumber ? { number: text, text: '' } : { number: '', text };
}
