// The SQL of opt-outs as an account lists, looks up and exports them.
import { scopeValues } from '../../accounts/scope.ts';
import type { Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PageRequest } from '../../http/page.ts';
import type { OptOutScope } from '../powerpack.ts';
import type { Cause, OptOutSource } from './opt-out-change.ts';

/** An opt-out as the list shows it. */
export interface ListedOptOut {
  readonly destination: string;
  readonly queue: string | undefined;
  readonly powerpackUuid: string | undefined;
  readonly scope: OptOutScope;
  readonly optedOutAt: Date;
  readonly cause: Cause;
  /** Sender queues and powerpacks that START has taken out of it. */
  readonly excepted: readonly string[];
}

interface ListedRow {
  destination: string;
  queue: string | null;
  powerpack_uuid: string | null;
  scope: OptOutScope;
  opted_out_at: Date;
  source: OptOutSource;
  reason: string | null;
  author: string | null;
  message_id: string | null;
  excepted: string[];
}

const columns = `destination, queue, powerpack_uuid, scope, opted_out_at, source, reason, author, message_id, excepted`;

const fromRow = (row: ListedRow): ListedOptOut => ({
  destination: row.destination,
  queue: row.queue ?? undefined,
  powerpackUuid: row.powerpack_uuid ?? undefined,
  scope: row.scope,
  optedOutAt: row.opted_out_at,
  cause: {
    source: row.source,
    reason: row.reason ?? undefined,
    author: row.author ?? undefined,
    messageId: row.message_id ?? undefined,
  },
  excepted: row.excepted,
});

/**
 * Returns the condition that a scope sees a row: a main account sees all of its own, a subaccount those of its powerpacks and numbers.
 * `$1` and `$2` are `scopeValues`.
 */
export const visibleTo = (table: 'opt_outs' | 'opt_out_changes'): string => `
  ${table}.account_id = $1 and ($2::text is null
    or ${table}.powerpack_uuid in (select uuid from powerpacks where powerpacks.account_id = $2)
    or ${table}.queue in (select number from numbers where numbers.subaccount_id = $2))`;

export interface OptOutFilters {
  /** The first digits of the person's number. */
  readonly startsWith: string | undefined;
  readonly scope: OptOutScope | undefined;
  readonly powerpackUuid: string | undefined;
  /** Digits of the number or short code that STOP was written to. */
  readonly sender: string | undefined;
  readonly source: OptOutSource | undefined;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
}

const listSql = `
  select ${columns} from opt_outs
  where ${visibleTo('opt_outs')} and ($3::text is null or starts_with(destination, $3)) and ($4::text is null or scope = $4)
    and ($5::uuid is null or powerpack_uuid = $5) and ($6::text is null or split_part(queue, '/', 1) = $6)
    and ($7::text is null or source = $7) and ($8::timestamptz is null or opted_out_at >= $8)
    and ($9::timestamptz is null or opted_out_at <= $9)
  order by opted_out_at desc, destination, queue, powerpack_uuid limit $10 offset $11`;

/** Returns a page of opt-outs, the newest first, and one more where there is a next page. */
export async function listOptOuts(
  reader: Reader,
  scope: Scope,
  filters: OptOutFilters,
  { limit, offset }: PageRequest,
): Promise<readonly ListedOptOut[]> {
  const rows = await reader.query<ListedRow>(listSql, [
    ...scopeValues(scope),
    filters.startsWith ?? null,
    filters.scope ?? null,
    filters.powerpackUuid ?? null,
    filters.sender ?? null,
    filters.source ?? null,
    filters.from ?? null,
    filters.until ?? null,
    limit + 1,
    offset,
  ]);
  return rows.map(fromRow);
}

const ofPeopleSql = `
  select ${columns} from opt_outs where ${visibleTo('opt_outs')} and destination = any($3)
  order by destination, opted_out_at, queue, powerpack_uuid`;

/** Returns the opt-outs of people, by their number. */
export async function findOptOuts(
  reader: Reader,
  scope: Scope,
  destinations: readonly string[],
): Promise<ReadonlyMap<string, readonly ListedOptOut[]>> {
  const rows = await reader.query<ListedRow>(ofPeopleSql, [...scopeValues(scope), destinations]);
  const found = new Map<string, ListedOptOut[]>();
  for (const optOut of rows.map(fromRow)) {
    const ofPerson = found.get(optOut.destination) ?? [];
    found.set(optOut.destination, ofPerson);
    ofPerson.push(optOut);
  }
  return found;
}

/** The place of an opt-out in an export. */
export interface ExportPlace {
  readonly destination: string;
  readonly queue: string;
  readonly powerpackUuid: string;
}

const exportSql = `
  select ${columns} from opt_outs
  where ${visibleTo('opt_outs')} and destination >= $3
    and (destination, coalesce(queue, ''), coalesce(powerpack_uuid::text, '')) > ($3, $4, $5)
  order by destination, coalesce(queue, ''), coalesce(powerpack_uuid::text, '') limit $6`;

/** Returns up to `rows` opt-outs behind a place, in the order of people's numbers. */
export async function exportOptOuts(
  reader: Reader,
  scope: Scope,
  { destination, queue, powerpackUuid }: ExportPlace,
  rows: number,
): Promise<readonly ListedOptOut[]> {
  const values = [...scopeValues(scope), destination, queue, powerpackUuid, rows];
  return (await reader.query<ListedRow>(exportSql, values)).map(fromRow);
}
