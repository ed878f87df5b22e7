// Readiness, as supervisors see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db, Transaction } from '../db/db.ts';
import { healthPages } from './pages.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

async function readiness(isStopping = false): Promise<unknown> {
  const page = healthPages(db, undefined, () => isStopping).find(({ path }) => path === '/readyz');
  const { status, body } =
    (await page?.answer({}, { takesGzip: false, wantsHtml: true, origin: undefined })) ?? assert.fail();
  return [status, JSON.parse(String(body))];
}

test('a process is ready while the database and its disk are writable, and it is not stopping', async () => {
  assert.deepEqual(await readiness(), [200, { status: 'ready' }]);
  assert.deepEqual(await readiness(true), [503, { status: 'stopping' }]);
  // One query at a time, so that the pool gives the same connection each time.
  await db.query('set default_transaction_read_only = on');
  assert.deepEqual(await readiness(), [503, { status: 'database is read-only' }]);
  await db.query('set default_transaction_read_only = off');
  // Like a full disk: files cannot grow.
  await db.query('set temp_file_limit = 0');
  assert.deepEqual(await readiness(), [503, { status: 'database cannot write to its disk' }]);
  await db.query('reset temp_file_limit');
  assert.deepEqual(await readiness(), [200, { status: 'ready' }]);
});

test('readiness requests at once share one check of the database', async () => {
  let looks = 0;
  const counting: Db = { ...db, query: (sql, values) => db.query(sql, values), transaction: count };
  function count<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    looks += 1;
    return db.transaction(work);
  }
  const page =
    healthPages(counting, undefined, () => false).find(({ path }) => path === '/readyz') ?? assert.fail();
  const ask = async () =>
    (await page.answer({}, { takesGzip: false, wantsHtml: true, origin: undefined })).status;
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [200, 200, 200]);
  assert.equal(looks, 1);
  assert.equal(await ask(), 200);
  assert.equal(looks, 2);
});
