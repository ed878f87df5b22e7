// The names that the API gives to the audit log: extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { isoMicroseconds, Uuid } from '../http/schemas.ts';
import { readTime, timeRules } from '../http/time-wire.ts';
import { callerKinds, type ListedEntry } from './audit-entry.ts';
import type { AuditFilters } from './audit-store.ts';

const maxPageSize = 100;

const time = (description: string) => Type.Optional(Type.String({ ...timeRules, description }));

export const ListAuditInput = Type.Object({
  api_id: Type.Optional(
    Type.String({
      ...Uuid,
      expected: 'a UUID',
      description: 'Only the change by the request that was answered with this `api_id`.',
    }),
  ),
  at__gte: time('Only changes from this time on.'),
  at__lt: time('Only changes before this time.'),
  before: Type.Optional(
    Type.String({ ...Uuid, expected: 'a UUID', description: 'Only changes that are older than this entry.' }),
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
      description: 'Only changes by this auth id, API key (`key_id`) or user of the command line.',
    }),
  ),
});

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const state = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { description }));

export const AuditEntryBody = Type.Object({
  address: nullable(Type.String({ description: 'Address of the client; null for the command line.' })),
  after: state(
    'What the path showed after the change, or the answer where it shows nothing; secrets are masked.',
  ),
  at: Type.String(),
  before: state('What the path showed before the change.'),
  entry_id: Type.String({ description: 'Of a request, the `api_id` of its answer.' }),
  method: Type.String({ description: 'HTTP method, or `COMMAND`.' }),
  path: Type.String({ description: 'Below the account; empty for the account itself.' }),
  subaccount: nullable(Type.String({ description: 'The subaccount, where the change was made in one.' })),
  who: Type.Object({
    id: Type.String({ description: 'Auth id, id of the API key, or user of the machine.' }),
    kind: Type.Enum([...callerKinds], {
      description:
        "The auth token of an account, that of the operator's account, an API key, or a command on the machine of the server.",
    }),
    name: nullable(Type.String({ description: "The API key's name at that time." })),
  }),
});

export const AuditListBody = Type.Object({
  meta: Type.Object({ limit: Type.Integer(), next: nullable(Type.String()) }),
  objects: Type.Array(AuditEntryBody),
});

type ListAuditFields = Static<typeof ListAuditInput>;

/** Returns how many entries a page has. */
export const pageSizeOf = ({ limit = 20 }: ListAuditFields): number => Math.min(limit, maxPageSize);

/** @throws ApiError invalid for a time that is none. */
export function auditFiltersFromWire(input: ListAuditFields): AuditFilters {
  const { at__gte: from, at__lt: until } = input;
  return {
    id: input.api_id?.toLowerCase(),
    caller: input.who,
    pathPrefix: input.path__startswith,
    from: from === undefined ? undefined : new Date(readTime('at__gte', from).startMs),
    until: until === undefined ? undefined : new Date(readTime('at__lt', until).startMs),
  };
}

/** Returns the address of the page behind an entry. */
export function nextAuditPage(accountId: string, input: ListAuditFields, last: ListedEntry): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.set(name, String(value));
  query.set('before', last.id);
  return `/v1/Account/${accountId}/Audit/?${query}`;
}

export function auditEntryToWire(entry: ListedEntry) {
  return {
    address: entry.address ?? null,
    after: entry.after ?? null,
    at: isoMicroseconds(entry.at),
    before: entry.before ?? null,
    entry_id: entry.id,
    method: entry.method,
    path: entry.path,
    subaccount: entry.subaccountId ?? null,
    who: { id: entry.caller.id, kind: entry.caller.kind, name: entry.callerName ?? null },
  };
}
