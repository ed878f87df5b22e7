// The names that the API gives to what both logs have: filters, pages, the caller. Extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { Uuid } from '../http/schemas.ts';
import { readTime, timeRules } from '../http/time-wire.ts';
import { type Caller, callerKinds } from './caller.ts';
import type { LogFilters } from './log-filters.ts';

const maxPageSize = 100;

const time = (description: string) => Type.Optional(Type.String({ ...timeRules, description }));

/** Returns the filters of the list of `things`, such as `changes`. */
export const logInput = (things: string) => ({
  api_id: Type.Optional(
    Type.String({
      ...Uuid,
      expected: 'a UUID',
      description: `Only ${things} by the request that was answered with this \`api_id\`.`,
    }),
  ),
  at__gte: time(`Only ${things} from this time on.`),
  at__lt: time(`Only ${things} before this time.`),
  before: Type.Optional(
    Type.String({ ...Uuid, expected: 'a UUID', description: `Only ${things} that are older than this one.` }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      default: 20,
      description: `Entries per page; more than ${maxPageSize} counts as ${maxPageSize}.`,
    }),
  ),
  path__startswith: Type.Optional(
    Type.String({
      maxLength: 255,
      trim: true,
      description: 'How the path begins below the account, such as `Powerpack/`.',
    }),
  ),
  who: Type.Optional(
    Type.String({
      maxLength: 255,
      trim: true,
      description: `Only ${things} by this auth id, API key (\`key_id\`) or user of the command line.`,
    }),
  ),
});

const LogInput = Type.Object(logInput('entries'));
type LogFields = Static<typeof LogInput>;

export const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** The caller that made a request or a change. */
export const Who = Type.Object({
  id: Type.String({ description: 'Auth id, id of the API key, or user of the machine.' }),
  kind: Type.Enum([...callerKinds], {
    description:
      "The auth token of an account, that of the operator's account, an API key, or a command on the machine of the server.",
  }),
  name: nullable(Type.String({ description: "The API key's name at that time." })),
});

export const LogMeta = Type.Object({ limit: Type.Integer(), next: nullable(Type.String()) });

export const whoToWire = ({ id, kind }: Caller, name: string | undefined) => ({
  id,
  kind,
  name: name ?? null,
});

/** Returns how many entries a page has. */
export const pageSizeOf = ({ limit = 20 }: LogFields): number => Math.min(limit, maxPageSize);

/** @throws ApiError invalid for a time that is none. */
export function logFiltersFromWire(input: LogFields): LogFilters {
  const { at__gte: from, at__lt: until } = input;
  return {
    id: input.api_id?.toLowerCase(),
    caller: input.who,
    pathPrefix: input.path__startswith,
    from: from === undefined ? undefined : new Date(readTime('at__gte', from).startMs),
    until: until === undefined ? undefined : new Date(readTime('at__lt', until).startMs),
  };
}

/**
 * Returns a page of a list with its `meta`. `found` is one entry more than the page has, where there is another page behind it.
 * @param list the address of the list.
 */
export function pageOf<Entry extends { readonly id: string }, Wire>(
  list: string,
  input: LogFields,
  found: readonly Entry[],
  toWire: (entry: Entry) => Wire,
) {
  const limit = pageSizeOf(input);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = last !== undefined && found.length > limit ? nextAddress(list, input, last.id) : null;
  return { meta: { limit, next }, objects: shown.map(toWire) };
}

/** Returns the address of the page behind an entry. */
function nextAddress(list: string, input: LogFields, lastId: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.set(name, String(value));
  query.set('before', lastId);
  return `${list}?${query}`;
}
