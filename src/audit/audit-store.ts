// The SQL of the audit log.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import { firstIdOf } from '../base/id.ts';
import type { Db, Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { AuditEntry, ListedEntry } from './audit-entry.ts';
import type { Caller } from './caller.ts';
import { idRange, type LogFilters, maxSearched } from './log-filters.ts';

const insertSql = `
  insert into audit_entries
    (id, account_id, subaccount_id, at, caller_kind, caller_id, caller_name, address, method, path, before, after)
  values ($1, $2, $3, $4, $5, $6, (select name from api_keys where key_id = $6), $7, $8, $9, $10, $11)`;

/** Stores an entry in the transaction of the change. */
export function insertEntry(tx: Transaction, entry: AuditEntry): void {
  tx.send(insertSql, [
    entry.id,
    entry.accountId,
    entry.subaccountId ?? null,
    entry.at,
    entry.caller.kind,
    entry.caller.id,
    entry.address ?? null,
    entry.method,
    entry.path,
    entry.before ?? null,
    entry.after ?? null,
  ]);
}

interface EntryRow {
  id: string;
  subaccount_id: string | null;
  at: Date;
  caller_kind: Caller['kind'];
  caller_id: string;
  caller_name: string | null;
  address: string | null;
  method: string;
  path: string;
  before: object | null;
  after: object | null;
}

const fromRow = (row: EntryRow): ListedEntry => ({
  id: row.id,
  subaccountId: row.subaccount_id ?? undefined,
  at: row.at,
  caller: { kind: row.caller_kind, id: row.caller_id },
  callerName: row.caller_name ?? undefined,
  address: row.address ?? undefined,
  method: row.method,
  path: row.path,
  before: row.before ?? undefined,
  after: row.after ?? undefined,
});

/** @param cut which entries count among the newest: a condition that an index is for. */
const listSql = (cut: string) => `
  select id, subaccount_id, at, caller_kind, caller_id, caller_name, address, method, path, before, after
  from (
    select * from audit_entries where account_id = $1 and id >= $3 and id < $4 and ${cut}
    order by id desc limit ${maxSearched}) as newest
  where ${visibleIn()} and ($5::text is null or caller_id = $5) and ($6::text is null or starts_with(path, $6))
    and ($7::uuid is null or id = $7)
  order by id desc limit $8`;

const listAllSql = listSql('true');
const listOfSubaccountSql = listSql('subaccount_id = $2');

/** Returns up to `limit` entries that are older than `before`, the newest first, among the newest 100,000 of the account, or of the subaccount, in that time. */
export async function listEntries(
  reader: Reader,
  scope: Scope,
  filters: LogFilters,
  before: string | undefined,
  limit: number,
): Promise<readonly ListedEntry[]> {
  const sql = scope.subaccountId === undefined ? listAllSql : listOfSubaccountSql;
  const rows = await reader.query<EntryRow>(sql, [
    ...scopeValues(scope),
    ...idRange(filters, before),
    filters.caller ?? null,
    filters.pathPrefix ?? null,
    filters.id ?? null,
    limit,
  ]);
  return rows.map(fromRow);
}

/** Deletes up to `rows` entries that were made before a moment, and returns how many. */
export async function deleteOldEntries(db: Db, before: Date, rows: number): Promise<number> {
  const deleted = await db.query(
    `delete from audit_entries where id = any(array(
       select id from audit_entries where id < $1 order by id limit $2)) returning 1`,
    [firstIdOf(before.getTime()), rows],
  );
  return deleted.length;
}
