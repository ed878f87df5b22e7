// Changes of status against a real database: forwards only, whoever comes first, each told once.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { repeatableBytes, testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { insertMessage } from '../../../test/support/message-rows.ts';
import { uuidv7 } from '../../base/id.ts';
import type { Db } from '../../db/db.ts';
import { Notifier } from '../../events/notifier.ts';
import { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { type Direction, nextStatuses, type Status } from '../message.ts';
import { deleteOldMessages, dropOldTexts } from '../message-retention.ts';
import { recordStatuses } from './record-status.ts';

const randomBytes = repeatableBytes(6);
const newId = () => uuidv7(testStart, randomBytes);
const notifier = new Notifier();
const callbacks = new CallbackQueue(notifier);
const later = (ms: number) => new Date(testStart.getTime() + ms);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

/** Stores a message with a callback, in a status. */
async function store(
  status: Status,
  fields: { log?: string; id?: string; direction?: Direction } = {},
): Promise<string> {
  const { id = newId(), log = 'true', direction = 'outbound' } = fields;
  await insertMessage(db, id, { accountId: 'MA' });
  await db.query(
    `update messages set status = $2, callback_url = 'http://localhost/', callback_method = 'POST', callbacks = 1,
       text = 'hello', log = $3, direction = $4, sent_at = case when $2 in ('sent', 'delivered', 'undelivered') then accepted_at end
     where id = $1`,
    [id, status, log, direction],
  );
  return id;
}

const change = (messageId: string, status: Status, errorCode?: number) =>
  db.transaction((tx) =>
    recordStatuses(tx, [{ messageId, status, errorCode, at: later(1000) }], later(1000), {
      notifier,
      callbacks,
      newId,
    }),
  );

interface Row {
  status: Status;
  error_code: number | null;
  callbacks: number;
  text: string | null;
  destination: string;
}

async function rowOf(id: string): Promise<Row | undefined> {
  const rows = await db.query<Row>(
    'select status, error_code, callbacks, text, destination from messages where id = $1',
    [id],
  );
  return rows[0];
}

const statusesOf = {
  outbound: ['queued', 'sent', 'delivered', 'undelivered', 'failed'],
  inbound: ['received', 'delivered', 'undelivered'],
} as const satisfies Record<Direction, readonly Status[]>;

for (const direction of ['outbound', 'inbound'] as const) {
  for (const from of statusesOf[direction]) {
    test(`from ${direction} ${from} only what follows it is recorded`, async () => {
      for (const to of new Set([...statusesOf.outbound, ...statusesOf.inbound])) {
        const id = await store(from, { direction });
        const changed = await change(id, to);
        const isLegal = nextStatuses[direction][from]?.includes(to) ?? false;
        assert.equal(changed.length, isLegal ? 1 : 0, to);
        assert.equal((await rowOf(id))?.status, isLegal ? to : from);
      }
    });
  }
}

test('of many that end a message at once the first counts, and it is told and counted once', async () => {
  const id = await store('sent');
  const ends = ['delivered', 'undelivered', 'delivered', 'undelivered'] as const;
  const answers = await Promise.all(ends.map((end) => change(id, end, end === 'delivered' ? 0 : 80)));
  const [winner, ...others] = answers.flat();
  assert.deepEqual(others, []);
  const row = await rowOf(id);
  assert.deepEqual([row?.status, row?.callbacks], [winner?.status, 2]);
  const calls = await db.query<{ form: string }>('select form from webhook_calls');
  assert.equal(calls.length, 1);
  const told = new URLSearchParams(calls[0]?.form);
  assert.deepEqual([told.get('Status'), told.get('Sequence')], [winner?.status, '2']);
  const counts = await db.query('select finished, delivered from sender_hours');
  assert.deepEqual(counts, [{ finished: 1, delivered: winner?.status === 'delivered' ? 1 : 0 }]);
});

test('a message that fails before it reached a carrier says nothing about its number', async () => {
  await change(await store('queued'), 'failed', 420);
  assert.deepEqual(await db.query('select from sender_hours'), []);
});

test('a text that may not be kept goes with the submission', async () => {
  for (const [log, text] of [
    ['true', 'hello'],
    ['content_only', 'hello'],
    ['number_only', null],
    ['false', null],
  ] as const) {
    const id = await store('queued', { log });
    await change(id, 'sent');
    assert.equal((await rowOf(id))?.text, text, log);
  }
});

const carrierMoments: [what: string, atMs: number, keptMs: number][] = [
  ['before it was sent', -3_600_000, -589],
  ['in between', 400, 400],
  ['ahead of our time', 86_400_000, 1000],
];

for (const [what, atMs, keptMs] of carrierMoments) {
  test(`a report whose time is ${what} is kept within what is possible, and told at once`, async () => {
    const id = await store('sent');
    const report = { messageId: id, status: 'delivered', errorCode: 0, at: later(atMs) } as const;
    const [message] = await db.transaction((tx) =>
      recordStatuses(tx, [report], later(1000), { notifier, callbacks, newId }),
    );
    assert.deepEqual([message?.finishedAt, message?.updatedAt], [later(keptMs), later(keptMs)]);
    const calls = await db.query('select next_at, created_at from webhook_calls');
    assert.deepEqual(calls, [{ next_at: later(1000), created_at: later(1000) }]);
  });
}

test('an inbound message is never told as a change of status', async () => {
  await change(await store('received', { direction: 'inbound' }), 'delivered', 0);
  assert.deepEqual(await db.query('select from webhook_calls'), []);
});

test('old texts go in portions, queued messages keep theirs, and a second look begins where the first ended', async () => {
  const dayMs = 24 * 3600 * 1000;
  const ids = [];
  for (const [day, status] of [
    [0, 'delivered'],
    [1, 'queued'],
    [2, 'delivered'],
    [9, 'delivered'],
  ] as const) {
    const id = uuidv7(later(day * dayMs), randomBytes);
    ids.push(await store(status, { id, log: 'content_only' }));
  }
  const now = later(10 * dayMs);
  assert.deepEqual(
    [await dropOldTexts(db, now, 2), await dropOldTexts(db, now, 2), await dropOldTexts(db, now, 2)],
    [2, 1, 0],
  );
  const rows = [];
  for (const id of ids) rows.push(await rowOf(id));
  assert.deepEqual(
    rows.map((row) => [row?.text, row?.destination]),
    [
      [null, '14155550***'],
      ['hello', '14155550199'],
      [null, '14155550***'],
      ['hello', '14155550199'],
    ],
  );
  assert.equal(await deleteOldMessages(db, later(107.5 * dayMs), 100), 2);
  const kept = await Promise.all(ids.map(async (id) => (await rowOf(id)) !== undefined));
  assert.deepEqual(kept, [false, true, false, true], 'what is queued is never deleted');
});
