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

/** Returns the filters in an address; empty ones count as absent. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(filterNames.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

/** Changes that take every filter away. */
export const noFilters: Readonly<Record<FilterName, string>> = Object.fromEntries(
  filterNames.map((name) => [name, '']),
) as Record<FilterName, string>;
