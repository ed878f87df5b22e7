// The list of tables that belong to accounts, held to the schema: a new table is in it, or is named here as one of the server's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountTables } from '../../src/test-kit/account-tables.ts';
import { openTestDatabase } from '../support/database.ts';

/** Tables that a reset leaves, or empties in a way of its own. */
const others = {
  account_snapshots: 'what a reset returns to',
  audit_entries: 'emptied, and in no snapshot: the audit log is no state to return to',
  carrier_bind_holders: 'of the server',
  carrier_binds: 'of the server',
  carrier_states: 'of the server',
  carriers: 'of the server',
  dispatchers: 'of the server: which processes dispatch',
  inbound_marks: 'of the server: what carriers have sent',
  inbound_parts: 'emptied by destination',
  logged_requests: 'emptied, and in no snapshot, as the audit log',
  migrations: 'of the server',
  outbox: 'put back behind every position that was used',
  pool_changes: 'goes with its pool',
  pool_versions: 'goes with its pool',
  retention_progress: 'of the server',
  routes: 'of the server',
  routing_version: 'of the server',
  sender_hours: 'emptied by sender queue',
  sender_queues: 'emptied in place',
  unmatched_reports: 'of the server: reports whose messages nobody knows',
};

test('every table belongs to accounts, or is named as another', async () => {
  const db = await openTestDatabase();
  try {
    const rows = await db.query<{ name: string }>(
      `select tablename as name from pg_tables
       where schemaname = current_schema() and tablename not in (select name from partitions) order by tablename`,
    );
    const known = [...accountTables.map(({ name }) => name), ...Object.keys(others)];
    assert.deepEqual(
      rows.map(({ name }) => name),
      known.sort(),
    );
  } finally {
    await db.close();
  }
});
