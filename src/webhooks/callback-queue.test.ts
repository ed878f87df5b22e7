// Storing calls: which are leased from the start, and what follows once they are durable.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { repeatableBytes, testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import { uuidv7 } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import { Notifier } from '../events/notifier.ts';
import { CallbackQueue } from './callback-queue.ts';
import type { LeasedWebhook, NewWebhook } from './webhook.ts';

const leasedUntil = new Date(testStart.getTime() + 30_000);
const randomBytes = repeatableBytes(9);

let db: Db;
let queue: CallbackQueue;
let started: LeasedWebhook[];
let wakeUps: number;
let endStarting: () => void;

before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  const notifier = new Notifier();
  queue = new CallbackQueue(notifier);
  started = [];
  wakeUps = 0;
  notifier.on('webhooks', () => {
    wakeUps += 1;
  });
  endStarting = queue.startBy({
    lease: (calls) => calls.map(({ host }) => (host === 'mine.example' ? leasedUntil : undefined)),
    start: (calls) => void started.push(...calls),
  });
});

const callTo = (host: string): NewWebhook => ({
  id: uuidv7(testStart, randomBytes),
  accountId: 'MA',
  mainId: 'MA',
  messageId: uuidv7(testStart, randomBytes),
  kind: 'status',
  url: `https://${host}/cb`,
  method: 'POST',
  parameters: [['Text', 'a\0b']],
  isPrivate: false,
});

const store = (calls: readonly NewWebhook[]) =>
  db.transaction(async (tx) => {
    queue.add(tx, calls, testStart);
    assert.deepEqual([started, wakeUps], [[], 0], 'nothing happens before the calls are durable');
  });

const leases = async () =>
  Object.fromEntries(
    (
      await db.query<{ host: string; leased_until: Date | null }>(
        'select host, leased_until from webhook_calls',
      )
    ).map(({ host, leased_until }) => [host, leased_until]),
  );

test('a call that the worker has a slot for is stored leased to it and started, as it is stored, and no worker is woken', async () => {
  const call = callTo('mine.example');
  await store([call]);
  assert.deepEqual(await leases(), { 'mine.example': leasedUntil });
  const [row] = await db.query<{ form: string }>('select form from webhook_calls');
  const [first] = started;
  const { parameters: _, ...rest } = call;
  assert.deepEqual(first, {
    ...rest,
    host: 'mine.example',
    attempts: 0,
    leasedUntil,
    form: row?.form,
  });
  assert.deepEqual([started.length, wakeUps], [1, 0]);
});

test('a call that it has no slot for is stored without a lease, and the workers are woken', async () => {
  await store([callTo('mine.example'), callTo('full.example')]);
  assert.deepEqual(await leases(), { 'mine.example': leasedUntil, 'full.example': null });
  assert.deepEqual([started.map(({ host }) => host), wakeUps], [['mine.example'], 1]);
});

test('no call is started whose transaction fails', async () => {
  const failing = db.transaction(async (tx) => {
    queue.add(tx, [callTo('mine.example'), callTo('full.example')], testStart);
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  assert.deepEqual([await leases(), started, wakeUps], [{}, [], 0]);
});

test('without a worker in this process every call is left to the workers of others', async () => {
  endStarting();
  await store([callTo('mine.example')]);
  assert.deepEqual([await leases(), started, wakeUps], [{ 'mine.example': null }, [], 1]);
});
