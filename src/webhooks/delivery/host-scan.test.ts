// Passes over the hosts, in a real queue that is longer than a look.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { enqueueCalls } from '../../../test/support/webhook-calls.ts';
import type { Db } from '../../db/db.ts';
import { HostScan } from './host-scan.ts';

const later = (ms: number) => new Date(testStart.getTime() + ms);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const enqueue = (hosts: readonly string[], dueAt: Date, account = 'MA') =>
  enqueueCalls(db, hosts, dueAt, account);
/** Returns the hosts that a look finds due. */
const look = async (scan: HostScan, now: Date) => (await scan.look(db, now)).map(({ host }) => host);
const numbered = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}${String(index).padStart(4, '0')}`);

test('a pass goes through more hosts than a look sees, each once, and the next one begins anew', async () => {
  const names = numbered(1_010, 'r');
  await enqueue(names, testStart);
  const scan = new HostScan();
  const first = await look(scan, testStart);
  assert.equal(scan.isOver, false);
  const second = await look(scan, testStart);
  assert.equal(scan.isOver, true);
  assert.deepEqual([...first, ...second], names);
  assert.deepEqual(await look(scan, testStart), first);
});

test('the earliest call that is not due yet is known, of the last pass alone', async () => {
  await enqueue(['a'], later(5_000));
  await enqueue(['b'], later(3_000));
  await enqueue(['c'], testStart);
  const scan = new HostScan();
  assert.deepEqual(await look(scan, testStart), ['c']);
  assert.deepEqual(scan.nextDue, later(3_000));
  assert.deepEqual(await look(scan, later(4_000)), ['b', 'c']);
  assert.deepEqual(scan.nextDue, later(5_000));
  await look(scan, later(6_000));
  assert.equal(scan.nextDue, undefined);
});

test('an account with thousands of hosts shares each look, and those of another are seen with every one', async () => {
  await enqueue(numbered(1_300, 'a'), testStart, 'MA');
  await enqueue(['b1'], testStart, 'MB');
  const scan = new HostScan();
  const seen: string[] = [];
  for (let looks = 1; looks <= 3; looks++) {
    const due = await look(scan, testStart);
    assert.ok(due.includes('b1') && due.length <= 502, `look ${looks}`);
    seen.push(...due.filter((name) => name.startsWith('a')));
    assert.equal(scan.isOver, looks === 3);
    // The second one is new.
    if (looks === 1) await enqueue(['b0'], testStart, 'MB');
    else assert.ok(due.includes('b0'));
  }
  assert.deepEqual(seen, numbered(1_300, 'a'));
});

test('a pass goes through more accounts than a look sees, and forgets those whose calls are made', async () => {
  await enqueue(['a1', 'a2'], testStart, 'MA');
  for (const account of numbered(1_010, 'N')) await enqueue(['b'], testStart, account);
  const scan = new HostScan();
  assert.equal((await look(scan, testStart)).length, 1_000);
  assert.equal(scan.isOver, false);
  await db.query("update webhook_calls set next_at = null where main_id = 'MA'");
  assert.equal((await look(scan, testStart)).length, 11);
  // Those of the first page had one host each, and are asked for more.
  assert.equal((await look(scan, testStart)).length, 1);
  assert.equal(scan.isOver, false);
  await look(scan, testStart);
  assert.equal(scan.isOver, true);
});
