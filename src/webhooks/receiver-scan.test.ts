// Passes over the receivers, against a real queue that is longer than a look.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import { enqueueCalls } from '../../test/support/webhook-calls.ts';
import type { Db } from '../db/db.ts';
import { ReceiverScan } from './receiver-scan.ts';

const later = (ms: number) => new Date(testStart.getTime() + ms);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const enqueue = (receivers: readonly string[], dueAt: Date) => enqueueCalls(db, receivers, dueAt);

test('a pass goes through more receivers than a look sees, each once, and the next one begins anew', async () => {
  const names = Array.from({ length: 1_010 }, (_, index) => `r${String(index).padStart(4, '0')}`);
  await enqueue(names, testStart);
  const scan = new ReceiverScan();
  const first = await scan.look(db, testStart);
  assert.equal(scan.isOver, false);
  const second = await scan.look(db, testStart);
  assert.equal(scan.isOver, true);
  assert.deepEqual([...first, ...second], names);
  assert.deepEqual(await scan.look(db, testStart), first);
});

test('the earliest call that is not due yet is told, of the last pass alone', async () => {
  await enqueue(['a'], later(5_000));
  await enqueue(['b'], later(3_000));
  await enqueue(['c'], testStart);
  const scan = new ReceiverScan();
  assert.deepEqual(await scan.look(db, testStart), ['c']);
  assert.deepEqual(scan.nextDue, later(3_000));
  assert.deepEqual(await scan.look(db, later(4_000)), ['b', 'c']);
  assert.deepEqual(scan.nextDue, later(5_000));
  await scan.look(db, later(6_000));
  assert.equal(scan.nextDue, undefined);
});

test('who got as much as it had places for, or had none, may have more until it is looked for again', async () => {
  const scan = new ReceiverScan();
  const places = new Map([
    ['full', 2],
    ['done', 2],
  ]);
  const taken = ['full', 'full', 'done'].map((receiver) => ({ receiver }));
  scan.noteTaken(['full', 'done', 'none'], places, taken);
  const left = () => ['full', 'done', 'none'].filter((name) => scan.hasLeft(name));
  assert.deepEqual(left(), ['full', 'none']);
  scan.forgetLeft('full');
  assert.deepEqual(left(), ['none']);
  await scan.look(db, testStart);
  assert.deepEqual(left(), []);
});
