// The queue's SQL: who has calls to be made, and who is served how much of them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import { enqueueCalls } from '../../test/support/webhook-calls.ts';
import type { Db } from '../db/db.ts';
import { claimWebhooks, listReceivers } from './queue-store.ts';

const later = (ms: number) => new Date(testStart.getTime() + ms);
const leasedUntil = later(30_000);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const enqueue = (receiver: string, count: number, dueAt = testStart) =>
  enqueueCalls(db, Array<string>(count).fill(receiver), dueAt);

/** How many calls of each receiver are taken. */
async function claim(places: Record<string, number>, limit = 1000): Promise<Record<string, number>> {
  const calls = await claimWebhooks(db, {
    now: testStart,
    leasedUntil,
    places: new Map(Object.entries(places)),
    limit,
  });
  const taken: Record<string, number> = {};
  for (const { receiver } of calls) taken[receiver] = (taken[receiver] ?? 0) + 1;
  return taken;
}

test('receivers are listed by name, a page at a time, however many calls they have', async () => {
  await enqueue('b', 40);
  await enqueue('a', 1);
  await enqueue('c', 3);
  const list = async (after: string, limit: number) =>
    (await listReceivers(db, testStart, after, limit)).map(({ name }) => name);
  assert.deepEqual(await list('', 10), ['a', 'b', 'c']);
  assert.deepEqual(await list('', 2), ['a', 'b']);
  assert.deepEqual(await list('b', 2), ['c']);
  assert.deepEqual(await list('c', 2), []);
});

test('a receiver is due while it has calls that nobody has taken, and says when the next ones are', async () => {
  await enqueue('a', 2);
  await enqueue('a', 1, later(5000));
  await enqueue('b', 1, later(7000));
  const list = (now: Date) => listReceivers(db, now, '', 10);
  const [a, b] = [
    { name: 'a', isDue: true, nextAt: later(5000) },
    { name: 'b', isDue: false, nextAt: later(7000) },
  ];
  assert.deepEqual(await list(testStart), [a, b]);
  assert.deepEqual(await claim({ a: 2 }), { a: 2 });
  assert.deepEqual(await list(testStart), [{ ...a, isDue: false }, b]);
  // The lease has run out.
  assert.deepEqual(await list(leasedUntil), [
    { name: 'a', isDue: true, nextAt: undefined },
    { name: 'b', isDue: true, nextAt: undefined },
  ]);
});

test('each receiver is served as many as there are places for, the first first, and nobody else', async () => {
  for (const receiver of ['a', 'b', 'c']) await enqueue(receiver, 30);
  assert.deepEqual(await claim({}), {});
  assert.deepEqual(await claim({ b: 20, a: 2 }), { a: 2, b: 20 });
  assert.deepEqual(await claim({ b: 20, a: 20 }, 15), { a: 5, b: 10 });
  assert.deepEqual(await claim({ a: 100, b: 100, c: 1 }), { a: 23, c: 1 });
});

test('the longest due is served first', async () => {
  await enqueue('a', 1, testStart);
  await enqueue('a', 1, later(-1000));
  const [oldest] = await claimWebhooks(db, {
    now: testStart,
    leasedUntil,
    places: new Map([['a', 1]]),
    limit: 10,
  });
  const [row] = await db.query<{ next_at: Date }>('select next_at from webhook_calls where id = $1', [
    oldest?.id,
  ]);
  assert.deepEqual(row?.next_at, later(-1000));
});
