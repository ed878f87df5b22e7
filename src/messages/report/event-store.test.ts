// The history of messages: what is kept of it, and what is shown.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import { addPartition } from '../../db/partitions.ts';
import { messageTables } from '../message-retention.ts';
import { insertEvents, listEvents, type MessageEvent } from './event-store.ts';

const [message, other] = ['0198c000-0000-7000-8000-000000000001', '0198c000-0000-7000-8000-000000000002'];

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const at = (seconds: number) => new Date(testStart.getTime() + seconds * 1000);

const eventAt = (seconds: number, event: MessageEvent['event'], messageId = message): MessageEvent => ({
  messageId,
  at: at(seconds),
  event,
  detail: `${event} ${seconds}`,
});

const insert = (...events: MessageEvent[]) => db.transaction(async (tx) => insertEvents(tx, events));

const shown = async (messageId = message) => (await listEvents(db, messageId)).map(({ detail }) => detail);

test('the history of a message is shown in the order of time', async () => {
  await insert(eventAt(2, 'repeated'), eventAt(1, 'deferred'), eventAt(9, 'answer', other));
  await insert(eventAt(3, 'failed'));
  assert.deepEqual(await shown(), ['deferred 1', 'repeated 2', 'failed 3']);
  assert.deepEqual(await listEvents(db, other), [{ at: at(9), event: 'answer', detail: 'answer 9' }]);
});

test('of a message that is tried again and again the newest 50 events of each kind are kept', async () => {
  await insert(eventAt(0, 'repeated'), eventAt(0, 'deferred', other));
  for (let second = 1; second <= 60; second++) await insert(eventAt(second, 'deferred'));
  await insert(eventAt(61, 'failed'));
  const newest = Array.from({ length: 50 }, (_, index) => `deferred ${index + 11}`);
  assert.deepEqual(await shown(), ['repeated 0', ...newest, 'failed 61']);
  assert.deepEqual(await shown(other), ['deferred 0']);
});

test('the newest 200 are shown', async () => {
  await insert(...Array.from({ length: 201 }, (_, index) => eventAt(index, 'answer')));
  assert.deepEqual(
    await shown(),
    Array.from({ length: 200 }, (_, index) => `answer ${index + 1}`),
  );
});

test('only events of the message itself make room, though others lie at the same place of another partition', async () => {
  for (const table of messageTables) await addPartition(db, table, testStart);
  const later = '01a8c000-0000-7000-8000-000000000001';
  const events = Array.from({ length: 40 }, (_, index) => eventAt(index, 'answer', later));
  await insert(...events);
  for (let second = 1; second <= 60; second++) await insert(eventAt(second, 'deferred'));
  assert.equal((await shown()).length, 50);
  assert.deepEqual(
    await shown(later),
    events.map(({ detail }) => detail),
  );
});
