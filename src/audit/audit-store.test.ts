// The list of changes on a real database: how far back a filter looks.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import type { Scope } from '../http/endpoint.ts';
import { listEntries } from './audit-store.ts';
import type { LogFilters } from './log-filters.ts';

let db: Awaited<ReturnType<typeof openTestDatabase>>;
before(async () => {
  db = await openTestDatabase();
});
afterEach(() => emptyTables(db));
after(() => db.close());

const account = 'MAACCOUNT';
const oldId = '019cebb2-7a55-7c3e-8d0b-5f6e7a8b9c0d';

/** Stores an old change by the operator, and 100,000 newer ones by a subaccount. */
async function makeChanges(oldSubaccountId: string | null): Promise<void> {
  const insert = `insert into audit_entries (id, account_id, subaccount_id, at, caller_kind, caller_id, method, path)`;
  await db.query(`${insert} values ($1, $2, $3, $4, 'operator', 'MAOPERATOR', 'POST', 'Powerpack/')`, [
    oldId,
    account,
    oldSubaccountId,
    testStart,
  ]);
  await db.query(
    `${insert} select ('f0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'SALOUD', $2, 'token', 'SALOUD', 'POST', 'Number/'
     from generate_series(1, 100000) n`,
    [account, testStart],
  );
}

async function listIds(scope: Scope, filters: Partial<LogFilters>, olderThan?: string): Promise<string[]> {
  const none = { id: undefined, caller: undefined, pathPrefix: undefined, from: undefined, until: undefined };
  const entries = await listEntries(db, scope, { ...none, ...filters }, olderThan, 20);
  return entries.map(({ id }) => id);
}

test('a filter looks through the newest 100,000 changes of the time, and no further', async () => {
  await makeChanges(null);
  const scope = { accountId: account, mainId: account, subaccountId: undefined, callerId: account };
  const middle = 'f0000000-0000-7000-8000-000000050000';
  for (const filters of [{ caller: 'MAOPERATOR' }, { pathPrefix: 'Powerpack/' }]) {
    assert.deepEqual(await listIds(scope, filters), []);
    assert.deepEqual(await listIds(scope, filters, middle), [oldId]);
  }
  assert.deepEqual(await listIds(scope, { id: oldId }), [oldId]);
});

test('a quiet subaccount finds its changes, whatever another one makes', async () => {
  await makeChanges('SAQUIET');
  const scope = { accountId: 'SAQUIET', mainId: account, subaccountId: 'SAQUIET', callerId: 'SAQUIET' };
  assert.deepEqual(await listIds(scope, { caller: 'MAOPERATOR' }), [oldId]);
});
