// The SQL of the log of requests.
import { scopeValues, visibleIn } from '../../accounts/scope.ts';
import { daysBefore } from '../../base/days.ts';
import { firstIdOf } from '../../base/id.ts';
import type { Db, Reader } from '../../db/db.ts';
import { dropPartitions, type PartitionedTable } from '../../db/partitions.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { Caller } from '../caller.ts';
import { idRange, type LogFilters, maxSearched } from '../log-filters.ts';
import type { ListedRequest, LoggedRequest } from './logged-request.ts';

// A path may name an account that there is not: such requests belong to no log.
const insertSql = `
  insert into logged_requests
    (id, account_id, subaccount_id, at, duration_ms, caller_kind, caller_id, caller_name, address, client, method, path, status, parameters, answer)
  select id, coalesce(accounts.main_id, accounts.auth_id), case when accounts.main_id is not null then accounts.auth_id end, at, duration_ms,
    caller_kind, caller_id, api_keys.name, asked.address, client, method, path, status, parameters, answer
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
    $11::integer[], $12::text[], $13::text[])
    as asked (id, asked_of, at, duration_ms, caller_kind, caller_id, address, client, method, path, status, parameters, answer)
  join accounts on accounts.auth_id = asked_of
  left join api_keys on key_id = caller_id`;

/** Stores requests. Those of accounts that there are not are left out. */
export async function insertRequests(db: Db, requests: readonly LoggedRequest[]): Promise<void> {
  const column = (read: (request: LoggedRequest) => unknown) => requests.map(read);
  await db.query(insertSql, [
    column(({ id }) => id),
    column(({ accountId }) => accountId),
    column(({ at }) => at),
    column(({ durationMs }) => durationMs),
    column(({ caller }) => caller?.kind ?? null),
    column(({ caller }) => caller?.id ?? null),
    column(({ address }) => address),
    column(({ client }) => client ?? null),
    column(({ method }) => method),
    column(({ path }) => path),
    column(({ status }) => status),
    column(({ parameters }) => parameters ?? null),
    column(({ answer }) => answer ?? null),
  ]);
}

export interface RequestFilters extends LogFilters {
  readonly method: string | undefined;
  readonly minStatus: number;
  /** Excluded. */
  readonly endStatus: number;
}

interface RequestRow {
  id: string;
  subaccount_id: string | null;
  at: Date;
  duration_ms: number;
  caller_kind: Caller['kind'] | null;
  caller_id: string | null;
  caller_name: string | null;
  address: string;
  client: string | null;
  method: string;
  path: string;
  status: number;
  parameters: string | null;
  answer: string | null;
}

const fromRow = (row: RequestRow): ListedRequest => ({
  id: row.id,
  subaccountId: row.subaccount_id ?? undefined,
  at: row.at,
  durationMs: row.duration_ms,
  caller:
    row.caller_kind === null || row.caller_id === null
      ? undefined
      : { kind: row.caller_kind, id: row.caller_id },
  callerName: row.caller_name ?? undefined,
  address: row.address,
  client: row.client ?? undefined,
  method: row.method,
  path: row.path,
  status: row.status,
  parameters: fromJson(row.parameters),
  answer: fromJson(row.answer),
});

const fromJson = (text: string | null): object | undefined =>
  text === null ? undefined : (JSON.parse(text) as object);

/** @param cut which requests count among the newest: a condition that an index is for. */
const listSql = (cut: string) => `
  select id, subaccount_id, at, duration_ms, caller_kind, caller_id, caller_name, address, client, method, path, status, parameters, answer
  from (
    select * from logged_requests where account_id = $1 and id >= $3 and id < $4 and ${cut}
    order by id desc limit ${maxSearched}) as newest
  where ${visibleIn()} and ($5::text is null or caller_id = $5) and ($6::text is null or starts_with(path, $6))
    and ($7::uuid is null or id = $7) and ($8::text is null or method = $8) and status >= $9 and status < $10
  order by id desc limit $11`;

const listAllSql = listSql('true');
const listRefusedSql = listSql('status >= 400');
const listOfSubaccountSql = listSql('subaccount_id = $2');

/** Returns the list of which the requests in question are part. */
function listFor(scope: Scope, { minStatus }: RequestFilters): string {
  if (scope.subaccountId !== undefined) return listOfSubaccountSql;
  return minStatus >= 400 ? listRefusedSql : listAllSql;
}

/** Returns up to `limit` requests that are older than `before`, the newest first, among the newest 100,000 of the account, or of the subaccount, in that time. */
export async function listRequests(
  reader: Reader,
  scope: Scope,
  filters: RequestFilters,
  before: string | undefined,
  limit: number,
): Promise<readonly ListedRequest[]> {
  const rows = await reader.query<RequestRow>(listFor(scope, filters), [
    ...scopeValues(scope),
    ...idRange(filters, before),
    filters.caller ?? null,
    filters.pathPrefix ?? null,
    filters.id ?? null,
    filters.method ?? null,
    filters.minStatus,
    filters.endStatus,
    limit,
  ]);
  return rows.map(fromRow);
}

/** Requests, divided by when they came. Old ones are needed no more. */
export const requestTable: PartitionedTable = {
  name: 'logged_requests',
  key: 'id',
  days: 1,
  neededSql: 'select where $1::uuid is null',
};

/** Drops the partitions of requests that are all older than so many days. Returns how many. */
export function dropOldRequests(db: Db, now: Date, days: number): Promise<number> {
  return dropPartitions(db, requestTable, firstIdOf(daysBefore(now, days).getTime()));
}
