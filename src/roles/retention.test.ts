// Retention on a clock that the test advances: when rows are deleted, and that one failure does not stop the rest.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { frozenClock, repeatableBytes, testStart } from '../../test/support/app.ts';
import { openTestDatabase } from '../../test/support/database.ts';
import { insertMessage } from '../../test/support/message-rows.ts';
import { readConfig } from '../base/config.ts';
import { uuidv7 } from '../base/id.ts';
import { InFlightTracker } from '../base/in-flight.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Db } from '../db/db.ts';
import { Notifier } from '../events/notifier.ts';
import { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import { CallbackQueue } from '../webhooks/callback-queue.ts';
import { startRetention } from './retention.ts';

const dayMs = 24 * 3600 * 1000;
const randomBytes = repeatableBytes(11);
const notifier = new Notifier();
const callbacks = new CallbackQueue(notifier);
const { settings } = readConfig({});

let db: Db;
let clock: VirtualClock;
let tracker: InFlightTracker;
let logged: [level: string, fields: Record<string, unknown>][];
let stop: () => Promise<void>;

// A database for each test: partitions of later times stay behind the clock of the test before.
beforeEach(async () => {
  db = await openTestDatabase();
  clock = frozenClock();
  tracker = new InFlightTracker();
  logged = [];
  stop = start();
  await tracker.idle();
});
afterEach(async () => {
  await stop();
  await db.close();
});

function start(): () => Promise<void> {
  const note = (level: string) => (fields: object) => void logged.push([level, { ...fields }]);
  const logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    fatal: note('fatal'),
  };
  return startRetention({
    db,
    timers: clock,
    inFlight: tracker,
    notifier,
    callbacks,
    settings,
    pools: new PoolCache(settings),
    randomBytes,
    logger,
  });
}

const advance = (days: number) => clock.advance(days * dayMs, () => tracker.idle());

/** Stores an inbound message whose webhook is never sent; returns its id. */
async function receive(at = testStart): Promise<string> {
  const id = uuidv7(at, randomBytes);
  const accountId = 'MADEMO00000000000001';
  await insertMessage(db, id, { accountId });
  await db.query("update messages set direction = 'inbound', status = 'received', text = 'hello'");
  const call = {
    id: uuidv7(at, randomBytes),
    accountId,
    mainId: accountId,
    messageId: id,
    kind: 'inbound',
    url: 'https://example.com/cb',
    method: 'POST',
    parameters: [],
    isPrivate: false,
  } as const;
  await db.transaction(async (tx) => callbacks.add(tx, [call], at));
  return id;
}

async function statusAndText(): Promise<unknown> {
  const rows = await db.query<{ status: string; text: string | null }>('select status, text from messages');
  return rows.map(({ status, text }) => [status, text])[0];
}

async function callOutcomes(): Promise<string[]> {
  const rows = await db.query<{ outcome: string }>('select outcome from webhook_calls');
  return rows.map(({ outcome }) => outcome);
}

test('advancing by days deletes what is stored for days', async () => {
  await receive();
  await advance(5);
  assert.deepEqual(await statusAndText(), ['received', 'hello']);
  await advance(10);
  assert.deepEqual(await statusAndText(), ['undelivered', null]);
});

test('a webhook that was not sent for six days has failed, and its message with it; then its log is deleted like others', async () => {
  await receive();
  await advance(5.5);
  assert.deepEqual(await callOutcomes(), ['pending']);
  assert.deepEqual(logged, []);
  await advance(1);
  assert.deepEqual([await callOutcomes(), await statusAndText()], [['failed'], ['undelivered', 'hello']]);
  assert.deepEqual(logged, [['warn', { calls: 1 }]]);
  await advance(2);
  assert.deepEqual(await callOutcomes(), []);
});

test('the audit log is kept for as long as the settings say', async () => {
  const insert = `insert into audit_entries (id, account_id, at, caller_kind, caller_id, method, path)
    values ($1, 'MADEMO00000000000001', $2, 'token', 'MADEMO00000000000001', 'POST', '')`;
  await db.query(insert, [uuidv7(testStart, randomBytes), testStart]);
  const count = async () => (await db.query('select from audit_entries')).length;
  await advance(settings.auditDays - 1);
  assert.equal(await count(), 1);
  await advance(2);
  assert.equal(await count(), 0);
});

test('a step that fails stops no other, and is tried again', async () => {
  await receive();
  await db.query('alter table sender_hours rename to away');
  await advance(8);
  const errors = logged.filter(([level]) => level === 'error');
  assert.deepEqual(
    [errors.map(([, { what }]) => what), await callOutcomes()],
    [['sender hours'], ['failed']],
  );
  await db.query('alter table away rename to sender_hours');
  logged = [];
  await advance(1);
  assert.deepEqual([logged, await callOutcomes()], [[], []]);
});

test('carriers’ message ids are stored for seven days, however many there are', async () => {
  const insert = `insert into carrier_messages (carrier, carrier_message_id, message_id, at)
    select 'simulator', $1 || number, gen_random_uuid(), $2 from generate_series(1, $3) number`;
  await db.query(insert, ['old', testStart, 2500]);
  await db.query(insert, ['young', new Date(testStart.getTime() + dayMs), 3]);
  await advance(7.1);
  const kept = await db.query('select carrier_message_id as name from carrier_messages order by name');
  assert.deepEqual(kept, [{ name: 'young1' }, { name: 'young2' }, { name: 'young3' }]);
});

/** Returns how many rows there are of messages and of what belongs to them. */
async function messageRows(): Promise<unknown> {
  const [row] = await db.query(
    `select (select count(*) from messages) as messages, (select count(*) from message_events) as events,
       (select count(*) from failed_messages) as failures, (select count(*) from message_media) as media`,
  );
  return row;
}

/** Returns whether the time of a message has a partition of its own in each table of messages. */
async function hasPartitions(id: string): Promise<boolean> {
  const found = await db.query(
    `select from partitions where from_id <= $1 and before_id > $1 and parent in ('messages', 'message_events', 'failed_messages')`,
    [id],
  );
  return found.length === 3;
}

test('messages are dropped with all that belongs to them once their partition is 90 days old', async () => {
  await advance(20);
  const id = await receive(clock.now());
  await db.query("insert into message_media values ($1, 0, null, 'http://a', $2)", [id, clock.now()]);
  await db.query(
    "insert into failed_messages values ($1, 'MADEMO00000000000001', null, 'failed', 1, 'sms', '1', null, 'US', '')",
    [id],
  );
  await advance(1);
  assert.equal(await hasPartitions(id), true);
  await advance(89);
  // The event is that its webhook was given up.
  assert.deepEqual(await messageRows(), { messages: 1, events: 1, failures: 1, media: 1 });
  await advance(15);
  assert.deepEqual(await messageRows(), { messages: 0, events: 0, failures: 0, media: 0 });
  assert.equal(await hasPartitions(id), false);
});

test('a table that can be neither divided nor dropped stops no other', async () => {
  const [last] = await db.query<{ name: string; next: string }>(
    `select name, to_char(time_of_id(from_id) at time zone 'UTC' + interval '15 days', '"message_events_"YYYYMMDD') as next
     from partitions where parent = 'message_events' and before_id is null`,
  );
  await db.query(`create view ${last?.next} as select`);
  const partitions = async () =>
    (
      await db.query<{ list: string }>(
        `select parent || ' ' || count(*) as list from partitions where parent not in ('webhook_calls', 'logged_requests') group by parent order by parent`,
      )
    ).map(({ list }) => list);
  await advance(20);
  const failed = () => [...new Set(logged.map(([level, { what }]) => `${level} ${what}`))];
  assert.deepEqual(failed(), ['error next partition of message_events']);
  assert.deepEqual(await partitions(), ['failed_messages 3', 'message_events 2', 'messages 3']);
  await db.query(`drop view ${last?.next}`);
  await advance(1);
  assert.deepEqual(await partitions(), ['failed_messages 3', 'message_events 3', 'messages 3']);
  logged = [];
  await db.query(`create view in_the_way as select from ${last?.name}`);
  await advance(110);
  assert.deepEqual(failed(), ['error old partitions of message_events']);
  assert.deepEqual(await partitions(), ['failed_messages 3', 'message_events 4', 'messages 3']);
  await db.query('drop view in_the_way');
  await advance(1);
  assert.deepEqual(await partitions(), ['failed_messages 3', 'message_events 3', 'messages 3']);
});

test('messages older than their partition may be are deleted one by one where it holds younger ones', async () => {
  const ids = [await receive(new Date(testStart.getTime() - 100 * dayMs)), await receive()];
  const stored = async () =>
    (await db.query<{ id: string }>('select id from messages order by id')).map(({ id }) => id);
  await advance(4);
  assert.deepEqual(await stored(), ids);
  await advance(2);
  assert.deepEqual(await stored(), ids.slice(1));
});

test('a message that waits in the outbox keeps its partition', async () => {
  await advance(20);
  const id = uuidv7(clock.now(), randomBytes);
  await insertMessage(db, id, { accountId: 'MADEMO00000000000001' });
  await db.query("insert into outbox values ('14155550100', 1, $1, now(), now(), 1000)", [id]);
  await advance(200);
  assert.deepEqual(await messageRows(), { messages: 1, events: 0, failures: 0, media: 0 });
  await db.query('delete from outbox');
  await advance(1);
  assert.deepEqual(await messageRows(), { messages: 0, events: 0, failures: 0, media: 0 });
});

test('webhooks are dropped by days, and one that is made again keeps its day until it is done', async () => {
  await advance(2);
  const id = await receive(clock.now());
  await advance(6.5);
  assert.deepEqual(await callOutcomes(), ['failed']);
  await db.query("update webhook_calls set outcome = 'pending', next_at = $1 where message_id = $2", [
    clock.now(),
    id,
  ]);
  await advance(3);
  assert.deepEqual(await callOutcomes(), ['pending']);
  await db.query("update webhook_calls set outcome = 'delivered', next_at = null");
  await advance(0.1);
  assert.deepEqual(await callOutcomes(), []);
});
