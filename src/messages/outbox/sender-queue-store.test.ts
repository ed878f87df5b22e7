// The schedule of a sender queue when a batch reserves in it, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import { reserve } from './sender-queue-store.ts';

const queue = '12015550100';
const evening = new Date('2026-03-14T23:59:59.500Z');
const midnight = new Date('2026-03-15T00:00:00.000Z');

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

/** Reserves two messages of three segments together. Returns the sender queue's schedule as it was before. */
async function bookBefore(now: Date) {
  const wanted = new Map([[queue, { queue, jobs: 2, segments: 3, busyMs: 3000 }]]);
  return (await db.transaction((tx) => reserve(tx, wanted, now))).get(queue);
}

test('a sender queue that was never used is free now', async () => {
  assert.deepEqual(await bookBefore(evening), { nextFree: evening, lastPosition: 0, segmentsToday: 0 });
});

test('reserved send slots come before later ones', async () => {
  await bookBefore(evening);
  const nextFree = new Date(evening.getTime() + 3000);
  assert.deepEqual(await bookBefore(evening), { nextFree, lastPosition: 2, segmentsToday: 3 });
});

test('segments are counted anew on another day, and nothing else is', async () => {
  await bookBefore(evening);
  const nextFree = new Date(evening.getTime() + 3000);
  assert.deepEqual(await bookBefore(midnight), { nextFree, lastPosition: 2, segmentsToday: 0 });
});
