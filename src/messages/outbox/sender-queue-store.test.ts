// The schedule of a sender queue when a batch reserves in it, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import { allFree, type QueueSchedule, reserveSlot } from './pacing.ts';
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
  const wanted = new Map([[queue, { queue, jobs: 2, segments: 3, busyMs: 3000, bulkBusyMs: 0 }]]);
  return (await db.transaction((tx) => reserve(tx, wanted, now))).get(queue);
}

test('a sender queue that was never used is free now', async () => {
  assert.deepEqual(await bookBefore(evening), {
    nextFree: evening,
    bulkFree: undefined,
    lastPosition: 0,
    segmentsToday: 0,
  });
});

test('reserved send slots come before later ones', async () => {
  await bookBefore(evening);
  const nextFree = new Date(evening.getTime() + 3000);
  assert.deepEqual(await bookBefore(evening), {
    nextFree,
    bulkFree: undefined,
    lastPosition: 2,
    segmentsToday: 3,
  });
});

test('bulk messages are reserved behind all others of any batch, as one after another would', async () => {
  let schedule: QueueSchedule | undefined;
  const steps: [bulk: boolean, atMs: number][] = [
    [true, 0],
    [false, 0],
    [true, 500],
    [false, 700],
    [false, 9000],
    [true, 9100],
  ];
  for (const [isBulk, atMs] of steps) {
    const now = new Date(evening.getTime() + atMs);
    const [busyMs, bulkBusyMs] = isBulk ? [0, 1000] : [1000, 0];
    const wanted = new Map([[queue, { queue, jobs: 1, segments: 1, busyMs, bulkBusyMs }]]);
    const before = (await db.transaction((tx) => reserve(tx, wanted, now))).get(queue);
    assert.ok(before);
    if (schedule !== undefined)
      assert.equal(dueOf(before, isBulk, now), dueOf(schedule, isBulk, now), `at ${atMs}`);
    const priority = isBulk ? 'bulk' : 'transactional';
    const request = {
      segments: 1,
      priority,
      busyMs: 1000,
      expiresAt: new Date(now.getTime() + 60_000),
    } as const;
    const reserved = reserveSlot(schedule ?? before, request, now);
    assert.ok('queue' in reserved);
    schedule = reserved.queue;
  }
});

function dueOf(schedule: QueueSchedule, isBulk: boolean, now: Date): number {
  const free = isBulk ? allFree(schedule) : schedule.nextFree;
  return Math.max(free.getTime(), now.getTime());
}

test('segments are counted anew on another day, and nothing else is', async () => {
  await bookBefore(evening);
  const nextFree = new Date(evening.getTime() + 3000);
  assert.deepEqual(await bookBefore(midnight), {
    nextFree,
    bulkFree: undefined,
    lastPosition: 2,
    segmentsToday: 0,
  });
});
