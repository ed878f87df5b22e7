// SQL of snapshots: the rows of an account as JSON, taken and put back without leaving the database.
import { ApiError } from '../base/errors.ts';
import type { Reader, Transaction } from '../db/db.ts';
import { bulkPositions } from '../messages/outbox/bulk-positions.ts';
import { accountTables } from './account-tables.ts';

const rowsOf = (table: string, belongs: string): string =>
  `'${table}', (select coalesce(jsonb_agg(to_jsonb(row)), '[]') from ${table} as row where ${belongs})`;

// All migrations, not the last: one with a lower number may be released later.
const schemaSql = "(select md5(string_agg(name, ',' order by name)) from migrations)";

const takeSql = `
  insert into account_snapshots (account_id, name, taken_at, schema, state)
  select $1::text, $2::text, $3::timestamptz, ${schemaSql}, jsonb_build_object(
    'account', (select to_jsonb(accounts) from accounts where auth_id = $1),
    'rules', $5::jsonb,
    ${rowsOf('outbox', 'message_id in (select id from messages where account_id = $1)')},
    ${rowsOf('sender_queues', 'queue = any($4)')},
    ${accountTables.map(({ name, belongs }) => rowsOf(name, belongs)).join(',\n    ')})
  on conflict (account_id, name) do update
    set taken_at = excluded.taken_at, schema = excluded.schema, state = excluded.state`;

/** The state of an account beside its rows. */
interface StateParts {
  /** Its sender queues. */
  readonly queues: readonly string[];
  /** Its rules of the simulator, as the API writes them. */
  readonly rules: readonly object[];
}

/** Stores the state of an account under a name, in the place of an earlier one. */
export async function takeSnapshot(
  tx: Transaction,
  mainId: string,
  name: string,
  { queues, rules }: StateParts,
  now: Date,
): Promise<void> {
  await tx.query(takeSql, [mainId, name, now, queues, JSON.stringify(rules)]);
}

export interface Snapshot {
  readonly name: string;
  readonly takenAt: Date;
}

/** Returns an account's snapshots, by name: there are few. */
export async function listSnapshots(db: Reader, mainId: string): Promise<Snapshot[]> {
  const rows = await db.query<{ name: string; taken_at: Date }>(
    'select name, taken_at from account_snapshots where account_id = $1 order by name',
    [mainId],
  );
  return rows.map(({ name, taken_at: takenAt }) => ({ name, takenAt }));
}

/** Deletes a snapshot; returns whether it was there. */
export async function deleteSnapshot(db: Reader, mainId: string, name: string): Promise<boolean> {
  const rows = await db.query(
    'delete from account_snapshots where account_id = $1 and name = $2 returning name',
    [mainId, name],
  );
  return rows.length === 1;
}

/** Returns how many messages an account has, and how many bytes of media. */
export async function measureState(
  db: Reader,
  mainId: string,
): Promise<{ readonly messages: number; readonly mediaBytes: number }> {
  const [row] = await db.query<{ messages: number; media_bytes: number }>(
    `select (select count(*) from messages where account_id = $1) as messages,
       (select coalesce(sum(size), 0)::bigint from media where account_id = $1) as media_bytes`,
    [mainId],
  );
  return { messages: row?.messages ?? 0, mediaBytes: row?.media_bytes ?? 0 };
}

/**
 * Returns whether an account has a snapshot of this name.
 * @throws ApiError conflict for one whose rows do not fit the database any more.
 */
export async function findSnapshot(db: Reader, mainId: string, name: string): Promise<boolean> {
  const [row] = await db.query<{ fits: boolean }>(
    `select schema = ${schemaSql} as fits from account_snapshots where account_id = $1 and name = $2`,
    [mainId, name],
  );
  if (row?.fits === false)
    throw new ApiError(
      'conflict',
      `snapshot ${name} was taken by an older version of the server; take it again`,
    );
  return row !== undefined;
}

const savedRows = (table: string): string =>
  `from account_snapshots as saved cross join lateral jsonb_populate_recordset(null::${table}, saved.state -> '${table}') as row
   where saved.account_id = $1 and saved.name = $2`;

const restoreTableSql = accountTables.map(({ name, columns }) => ({
  name,
  sql:
    columns === undefined
      ? `insert into ${name} select row.* ${savedRows(name)}`
      : `insert into ${name} (${columns.join(', ')}) select ${columns.map((column) => `row.${column}`).join(', ')} ${savedRows(name)}`,
}));

// Most tables of a snapshot are empty, and a statement for each of them is most of the time that a reset takes.
const filledSql = `
  select part.key as name from account_snapshots as saved cross join lateral jsonb_each(saved.state) as part
  where saved.account_id = $1 and saved.name = $2 and part.value <> '[]'`;

const accountColumns = ['name', 'enabled', 'city', 'address', 'state', 'default_country', 'modified_at'];

const restoreAccountSql = `
  update accounts set (${accountColumns.join(', ')}) = (
    select ${accountColumns.map((column) => `row.${column}`).join(', ')} from account_snapshots as saved
    cross join lateral jsonb_populate_record(null::accounts, saved.state -> 'account') as row
    where saved.account_id = $1 and saved.name = $2)
  where auth_id = $1`;

const endLeasesSql =
  'update webhook_calls set leased_until = null where main_id = $1 and leased_until is not null';

const restoreQueuesSql = `
  insert into sender_queues (queue, next_free, bulk_free, last_position, queued, day, segments_today, paced_until)
  select row.queue, row.next_free, row.bulk_free, row.last_position, 0, row.day, row.segments_today, row.paced_until ${savedRows('sender_queues')}
  on conflict (queue) do update set next_free = excluded.next_free, bulk_free = excluded.bulk_free, day = excluded.day,
    segments_today = excluded.segments_today, paced_until = excluded.paced_until`;

// Behind every position that was used before.
const restoreOutboxSql = `
  insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms, attempts, submitting_at, passes_opt_out,
    unknown_attempts, carrier, parts_taken, quiet_from, not_before)
  select row.queue,
    sender_queues.last_position + row_number() over (partition by row.queue order by row.position)
      + case when row.position >= ${bulkPositions} then ${bulkPositions} else 0 end,
    row.message_id, row.due_at, row.expires_at, row.busy_ms, row.attempts, row.submitting_at, row.passes_opt_out,
    row.unknown_attempts, row.carrier, row.parts_taken, row.quiet_from, row.not_before
  from account_snapshots as saved cross join lateral jsonb_populate_recordset(null::outbox, saved.state -> 'outbox') as row
  join sender_queues on sender_queues.queue = row.queue
  where saved.account_id = $1 and saved.name = $2`;

const countQueuedSql = `
  update sender_queues set queued = waiting.jobs, last_position = greatest(last_position, waiting.last)
  from (select queue, count(*)::integer as jobs, max(position % ${bulkPositions}) as last from outbox
    where message_id in (select id from messages where account_id = $1) group by queue) as waiting
  where waiting.queue = sender_queues.queue`;

// A pool in the memory of a process is read again where its version is another one; the time gives one that never was.
const renewVersionsSql = `
  update pool_versions set version = (extract(epoch from clock_timestamp()) * 1000000)::bigint
  where pool_uuid in (select pool_uuid from powerpacks join accounts on accounts.auth_id = powerpacks.account_id
    where auth_id = $1 or main_id = $1)`;

/**
 * Restores an empty account to the state of a snapshot, its tokens included; the leases of that time are ended. Returns its rules of the
 * simulator.
 */
export async function restoreSnapshot(tx: Transaction, mainId: string, name: string): Promise<unknown> {
  const from = [mainId, name];
  const filled = new Set((await tx.query<{ name: string }>(filledSql, from)).map((part) => part.name));
  tx.send('delete from auth_tokens where auth_id = $1', [mainId]);
  tx.send(restoreAccountSql, from);
  for (const table of restoreTableSql) if (filled.has(table.name)) tx.send(table.sql, from);
  if (filled.has('webhook_calls')) tx.send(endLeasesSql, [mainId]);
  if (filled.has('sender_queues')) tx.send(restoreQueuesSql, from);
  if (filled.has('outbox')) {
    tx.send(restoreOutboxSql, from);
    tx.send(countQueuedSql, [mainId]);
  }
  tx.send(renewVersionsSql, [mainId]);
  const [row] = await tx.query<{ rules: unknown }>(
    "select state -> 'rules' as rules from account_snapshots where account_id = $1 and name = $2",
    from,
  );
  return row?.rules ?? [];
}
