// The filters of the list of messages. They have the API's names in the page's address too, so that a link says what it shows.

export const filterNames = [
  'message_direction',
  'message_state',
  'message_type',
  'from_number',
  'to_number',
  'powerpack_id',
  'error_code',
  'destination_country_iso2',
  'subaccount',
  'message_time__gte',
  'message_time__lt',
] as const;

export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

const path = '/console/messages';

/** The filters that an address holds; empty ones count as absent. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(filterNames.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

/** Objects to skip; whatever is no such number is none. */
export function offsetOf(query: Readonly<Record<string, string>>): number {
  const offset = Number(query.offset ?? 0);
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}

/** The address of the list with these filters. */
export function messagesAddress(filters: Filters, offset = 0): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (filters[name]) query.set(name, filters[name]);
  if (offset > 0) query.set('offset', String(offset));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
