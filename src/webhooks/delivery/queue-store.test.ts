// The queue's SQL: the hosts with calls to be made, and how many of them are leased.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { enqueueCalls } from '../../../test/support/webhook-calls.ts';
import type { Db } from '../../db/db.ts';
import { leaseWebhooks, listSql, listWaiting } from './queue-store.ts';

const later = (ms: number) => new Date(testStart.getTime() + ms);
const leasedUntil = later(30_000);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const enqueue = (host: string, count: number, dueAt = testStart, account = 'MA') =>
  enqueueCalls(db, Array<string>(count).fill(host), dueAt, account);
const first = { after: '', seen: new Map<string, string>() };

/** Leases calls. Returns how many of each host. */
async function lease(slots: Record<string, number>, limit = 1000): Promise<Record<string, number>> {
  const calls = await leaseWebhooks(db, {
    now: testStart,
    leasedUntil,
    slots: Object.entries(slots).map(([host, most]) => ({ account: 'MA', host, most })),
    limit,
  });
  const taken: Record<string, number> = {};
  for (const { host } of calls) taken[host] = (taken[host] ?? 0) + 1;
  return taken;
}

test('accounts are listed by name with their hosts, however many calls they have; they share a page', async () => {
  await enqueue('b', 40);
  await enqueue('a', 1);
  await enqueue('c', 3);
  await enqueue('c', 1, testStart, 'MB');
  const list = async (limit: number, { after, seen }: { after?: string; seen?: [string, string][] } = {}) =>
    (await listWaiting(db, testStart, { after: after ?? '', seen: new Map(seen) }, limit)).map(
      ({ name, hosts, hasMore }) =>
        `${name}: ${hosts.map((one) => one.name).join(' ')}${hasMore ? ' …' : ''}`,
    );
  assert.deepEqual(await list(10), ['MA: a b c', 'MB: c']);
  assert.deepEqual(await list(4), ['MA: a b …', 'MB: c']);
  assert.deepEqual(await list(4, { seen: [['MA', 'b']] }), ['MA: c', 'MB: c']);
  assert.deepEqual(
    await list(4, {
      seen: [
        ['MA', 'c'],
        ['MX', 'a'],
      ],
    }),
    ['MA: ', 'MB: c'],
  );
  assert.deepEqual(await list(1), ['MA: a …']);
  assert.deepEqual(await list(10, { after: 'MA' }), ['MB: c']);
  assert.deepEqual(await list(10, { after: 'MB' }), []);
});

test('the calls of another account to the same host are not taken', async () => {
  await enqueue('a', 2);
  await enqueue('a', 3, testStart, 'MB');
  assert.deepEqual(await lease({ a: 10 }), { a: 2 });
});

test('waiting calls are found by their index, however many calls are made already', async () => {
  await enqueue('a', 3);
  await db.query("update webhook_calls set next_at = null, outcome = 'delivered'");
  await enqueue('a', 3);
  await db.query('analyze webhook_calls');
  await db.transaction(async (tx) => {
    await tx.query('set local enable_seqscan = off');
    const values = [testStart, '', [], [], 10];
    const plan = await tx.query<{ 'QUERY PLAN': string }>(`explain ${listSql}`, values);
    const indexes = new Set(
      plan.flatMap((row) => /using (webhook_calls\w+)/.exec(row['QUERY PLAN'])?.[1] ?? []),
    );
    assert.deepEqual([...indexes], ['webhook_calls_first_waiting']);
  });
});

test('a host is due while it has calls that are not leased, and says when the next ones are', async () => {
  await enqueue('a', 2);
  await enqueue('a', 1, later(5000));
  await enqueue('b', 1, later(7000));
  const list = async (now: Date) => (await listWaiting(db, now, first, 10)).flatMap(({ hosts }) => hosts);
  const [a, b] = [
    { name: 'a', isDue: true, nextAt: later(5000) },
    { name: 'b', isDue: false, nextAt: later(7000) },
  ];
  assert.deepEqual(await list(testStart), [a, b]);
  assert.deepEqual(await lease({ a: 2 }), { a: 2 });
  assert.deepEqual(await list(testStart), [{ ...a, isDue: false }, b]);
  // The lease has run out.
  assert.deepEqual(await list(leasedUntil), [
    { name: 'a', isDue: true, nextAt: undefined },
    { name: 'b', isDue: true, nextAt: undefined },
  ]);
});

test('of each host as many calls are leased as there are slots for, the first host first, and none of others', async () => {
  for (const host of ['a', 'b', 'c']) await enqueue(host, 30);
  assert.deepEqual(await lease({}), {});
  assert.deepEqual(await lease({ b: 20, a: 2 }), { a: 2, b: 20 });
  assert.deepEqual(await lease({ b: 20, a: 20 }, 15), { a: 5, b: 10 });
  assert.deepEqual(await lease({ a: 100, b: 100, c: 1 }), { a: 23, c: 1 });
});

test('the longest due is served first', async () => {
  await enqueue('a', 1, testStart);
  await enqueue('a', 1, later(-1000));
  const [oldest] = await leaseWebhooks(db, {
    now: testStart,
    leasedUntil,
    slots: [{ account: 'MA', host: 'a', most: 1 }],
    limit: 10,
  });
  const [row] = await db.query<{ next_at: Date }>('select next_at from webhook_calls where id = $1', [
    oldest?.id,
  ]);
  assert.deepEqual(row?.next_at, later(-1000));
});
