// The SQL of the history of opt-outs.
import { scopeValues } from '../../accounts/scope.ts';
import { firstIdOf } from '../../base/id.ts';
import type { Db, Reader, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PageRequest } from '../../http/page.ts';
import type { OptOutScope } from '../powerpack.ts';
import type { OptOutChange, OptOutSource } from './opt-out-change.ts';
import { visibleTo } from './opt-out-list-store.ts';

/** A change, and when it was made. */
export interface PastChange extends Omit<OptOutChange, 'optedOutAt'> {
  readonly at: Date;
}

const insertSql = `
  insert into opt_out_changes
    (id, account_id, destination, at, change, scope, queue, powerpack_uuid, source, reason, author, message_id)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::uuid[],
    $9::text[], $10::text[], $11::text[], $12::uuid[])`;

/** Stores changes in the history. */
export function insertChanges(
  tx: Transaction,
  changes: readonly (PastChange & { readonly id: string })[],
): void {
  tx.send(insertSql, [
    changes.map(({ id }) => id),
    changes.map(({ accountId }) => accountId),
    changes.map(({ destination }) => destination),
    changes.map(({ at }) => at),
    changes.map(({ change }) => change),
    changes.map(({ scope }) => scope),
    changes.map(({ queue }) => queue ?? null),
    changes.map(({ powerpackUuid }) => powerpackUuid ?? null),
    changes.map(({ cause }) => cause.source),
    changes.map(({ cause }) => cause.reason ?? null),
    changes.map(({ cause }) => cause.author ?? null),
    changes.map(({ cause }) => cause.messageId ?? null),
  ]);
}

interface ChangeRow {
  account_id: string;
  destination: string;
  at: Date;
  change: OptOutChange['change'];
  scope: OptOutScope;
  queue: string | null;
  powerpack_uuid: string | null;
  source: OptOutSource;
  reason: string | null;
  author: string | null;
  message_id: string | null;
}

const listSql = `
  select account_id, destination, at, change, scope, queue, powerpack_uuid, source, reason, author, message_id
  from opt_out_changes where ${visibleTo('opt_out_changes')} and destination = $3 order by id desc limit $4 offset $5`;

/** Returns a page of the changes of a person's opt-outs, the last one first, and one more where there is a next page. */
export async function listChanges(
  reader: Reader,
  scope: Scope,
  destination: string,
  { limit, offset }: PageRequest,
): Promise<readonly PastChange[]> {
  const rows = await reader.query<ChangeRow>(listSql, [
    ...scopeValues(scope),
    destination,
    limit + 1,
    offset,
  ]);
  return rows.map((row) => ({
    accountId: row.account_id,
    destination: row.destination,
    at: row.at,
    change: row.change,
    scope: row.scope,
    queue: row.queue ?? undefined,
    powerpackUuid: row.powerpack_uuid ?? undefined,
    cause: {
      source: row.source,
      reason: row.reason ?? undefined,
      author: row.author ?? undefined,
      messageId: row.message_id ?? undefined,
    },
  }));
}

/** Deletes up to `rows` changes that were made before a moment, and returns how many. */
export async function deleteOldChanges(db: Db, before: Date, rows: number): Promise<number> {
  const deleted = await db.query(
    `delete from opt_out_changes where id = any(array(
       select id from opt_out_changes where id < $1 order by id limit $2)) returning 1`,
    [firstIdOf(before.getTime()), rows],
  );
  return deleted.length;
}
