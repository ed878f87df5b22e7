// The SQL of pauses: ending one makes its calls due a slice at a time, and finds what was left.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import { enqueueCalls } from '../../test/support/webhook-calls.ts';
import type { Db } from '../db/db.ts';
import { endPause, insertPause, makeLeftDue, maxMadeDue, maxPausedOfAccount } from './pause-store.ts';

const account = 'MA000000000000000001';
const other = 'MA000000000000000002';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  await db.query("insert into accounts (auth_id, name, created_at) values ($1, '', $3), ($2, '', $3)", [
    account,
    other,
    testStart,
  ]);
});

/** Adds a pause of the URL of a host, and calls that wait for its end. */
async function addPause(host: string, calls: number, mainId = account): Promise<void> {
  const url = `http://${host}/cb`;
  await db.transaction((tx) => insertPause(tx, { mainId, url }, testStart));
  await enqueueCalls(db, [host], testStart, mainId);
  await db.query('update webhook_calls set next_at = null where main_id = $1 and url = $2', [mainId, url]);
  // A copy differs by its id alone.
  await db.query(
    `insert into webhook_calls select (jsonb_populate_record(calls, jsonb_build_object('id', gen_random_uuid()))).*
     from webhook_calls as calls, generate_series(2, $3) where main_id = $1 and url = $2`,
    [mainId, url, calls],
  );
}

/** Returns how many calls of each account and host are due. */
async function due(): Promise<Record<string, number>> {
  const rows = await db.query<{ whose: string; count: number }>(
    `select main_id || ' ' || host as whose, count(*) as count from webhook_calls where next_at is not null group by 1`,
  );
  return Object.fromEntries(rows.map(({ whose, count }) => [whose, count]));
}

test('the end of a pause makes so many calls due at once, the rest follow; what is paused still waits', async () => {
  await addPause('a', maxMadeDue + 5);
  await addPause('a', 3, other);
  await addPause('b', 2);
  const ended = await db.transaction((tx) =>
    endPause(tx, { mainId: account, url: 'http://a/cb' }, testStart),
  );
  assert.equal(ended, maxMadeDue);
  assert.deepEqual(await due(), { [`${account} a`]: maxMadeDue });
  assert.equal(await makeLeftDue(db, testStart, 3), 3);
  assert.equal(await makeLeftDue(db, testStart, 3), 2);
  assert.equal(await makeLeftDue(db, testStart, 3), 0);
  assert.deepEqual(await due(), { [`${account} a`]: maxMadeDue + 5 });
});

test('calls of several pauses that have ended are made due, of every account', async () => {
  await addPause('a', 2);
  await addPause('b', 2);
  await addPause('c', 2, other);
  await db.query("delete from webhook_pauses where url <> 'http://a/cb'");
  assert.equal(await makeLeftDue(db, testStart), 4);
  assert.deepEqual(await due(), { [`${account} b`]: 2, [`${other} c`]: 2 });
});

test('pauses that are made at once are no more than an account may have', async () => {
  await db.query(
    "insert into webhook_pauses select $1, 'http://x.example/' || place, $2 from generate_series(2, $3::integer) as place",
    [account, testStart, maxPausedOfAccount],
  );
  const pause = (host: string) =>
    db.transaction((tx) => insertPause(tx, { mainId: account, url: `http://${host}/` }, testStart));
  const made = await Promise.all(['a', 'b', 'c', 'd'].map(pause));
  assert.deepEqual(made.toSorted(), [false, false, false, true]);
});
