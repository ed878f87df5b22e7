// Dispatch with carriers that have no room, take parts, lose connections and answer late, against a real database.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { frozenClock, repeatableBytes } from '../../../test/support/app.ts';
import { sampleCarrier } from '../../../test/support/carriers.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { insertOwnNumbers, insertPool, poolAccount } from '../../../test/support/pool-rows.ts';
import { readConfig } from '../../base/config.ts';
import { uuidv7 } from '../../base/id.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import { makeLogger } from '../../base/logger.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import type { Carrier, Submission, Taken } from '../../carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../carriers/submit-error.ts';
import type { Db } from '../../db/db.ts';
import { AccountResets } from '../../events/account-resets.ts';
import { Notifier } from '../../events/notifier.ts';
import { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { acceptRequests } from '../accept/accept-requests.ts';
import { listEvents } from '../report/event-store.ts';
import { takeLateAnswer } from '../report/settle-taken.ts';
import { startDispatch } from './dispatch.ts';

const sender = '12015550100';
const other = '12015550101';
const secondMs = 1000;
const minuteMs = 60 * secondMs;
const { settings: unpaced } = readConfig({ RUCKSACK_PACING: 'unlimited' });
const randomBytes = repeatableBytes(9);

let db: Db;
let clock: VirtualClock;
let notifier: Notifier;
let tracker: InFlightTracker;
let carriers: Map<string, Carrier>;
let routes: Record<string, readonly string[]>;
let seen: (Submission & { readonly by: string })[];
let stop: () => Promise<void>;
/** Leases are renewed by a clock of their own, whatever carriers do. */
let leaseClock: VirtualClock;

before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

beforeEach(async () => {
  await emptyTables(db);
  clock = frozenClock();
  notifier = new Notifier();
  tracker = new InFlightTracker();
  carriers = new Map();
  routes = {};
  seen = [];
  stop = async () => {};
  await insertPool(db, 1, [sender, other]);
});
afterEach(() => stop());

/** Adds a carrier, whose `answer` says what it does with each submission, which is on its way at once. */
function addCarrier(
  name: string,
  answer: (submission: Submission) => Promise<Taken>,
  given: Partial<Carrier> = {},
): void {
  const submit = (submission: Submission, onWay = () => {}) => {
    seen.push({ ...submission, by: name });
    onWay();
    return answer(submission);
  };
  carriers.set(name, sampleCarrier({ name, submit, ...given }));
}

const take = async ({ reference }: Submission): Promise<Taken> => ({
  parts: [{ part: 1, name: reference }],
  totalParts: 1,
});

const fail = (failure: SubmitFailure, taken?: Taken) => async (): Promise<Taken> => {
  throw new SubmitError(failure, 'as the test says', { taken });
};

const newId = () => uuidv7(clock.now(), randomBytes);

function start(on: Db = db): void {
  leaseClock = new VirtualClock(systemTimers);
  leaseClock.freeze();
  const ended = startDispatch({
    db: on,
    carriers,
    carriersOf: (job) => routes[job.sender] ?? [...carriers.keys()],
    hasCarrier: (name) => carriers.has(name),
    isUpElsewhere: () => false,
    timers: clock,
    realTimers: leaseClock,
    inFlight: tracker,
    notifier,
    resets: new AccountResets(),
    callbacks: new CallbackQueue(notifier),
    newId,
    holder: newId(),
    publicUrl: 'http://localhost',
    countSubmission: () => {},
    logger: makeLogger('silent'),
  });
  stop = () => ended(new Promise(() => {}));
}

async function accept(from: string, text = 'hello', expirySeconds = 3600): Promise<string> {
  const [answer] = await acceptAll([from], { text, expirySeconds });
  return answer ?? assert.fail();
}

async function acceptAll(
  from: readonly string[],
  { text = 'hello', expirySeconds = 3600, accountId = poolAccount, settings = unpaced },
): Promise<string[]> {
  const requests = from.map((one) => ({
    accountId,
    subaccountId: undefined,
    from: { kind: 'number' as const, sender: one },
    destinations: [parseE164('12025551000') ?? assert.fail()],
    service: 'sms' as const,
    text,
    media: [],
    callback: undefined,
    log: 'true' as const,
    expirySeconds,
    requesterIp: undefined,
    details: {},
  }));
  const answers = await db.transaction((tx) =>
    acceptRequests(tx, requests, clock.now(), {
      pools: new PoolCache(settings),
      randomBytes,
      settings,
      notifier,
      callbacks: new CallbackQueue(notifier),
    }),
  );
  return answers.flatMap((answer) => (Array.isArray(answer) ? answer : [])).map((one) => one.messageId ?? '');
}

const advance = (durationMs: number) => clock.advance(durationMs, () => tracker.idle());

async function stateOf(id: string): Promise<string> {
  const rows = await db.query<{ status: string; error_code: number | null; carrier: string | null }>(
    'select status, error_code, carrier from messages where id = $1',
    [id],
  );
  return rows.map((row) => `${row.status} ${row.error_code ?? ''} ${row.carrier ?? ''}`.trimEnd())[0] ?? '';
}

const historyOf = async (id: string) =>
  (await listEvents(db, id)).map(({ event, detail }) => `${event}: ${detail}`);

const namesOf = (id: string) =>
  db.query('select carrier_message_id as name, part from carrier_messages where message_id = $1 order by 1', [
    id,
  ]);

/** Returns the database with a count of the rows that statements have written. */
function countWrites(): { on: Db; rows: () => number } {
  let count = 0;
  const writes = /^\s*(with[\s\S]*)?\b(insert into|update|delete from)\b/i;
  const on: Db = {
    ...db,
    async query(sql, values) {
      const rows = await db.query<never>(sql, values);
      if (writes.test(sql)) count += rows.length;
      return rows;
    },
    transaction(work, options) {
      count += 1;
      return db.transaction(work, options);
    },
  };
  return { on, rows: () => count };
}

test('while a link is down nothing is written, however many wait; once it is up they go, in order', async () => {
  let room = 0;
  addCarrier('one', take, { room: () => room });
  const accountId = 'MAMANY00000000000000';
  const numbers = Array.from({ length: 1000 }, (_, index) => `1201${2_000_000 + index}`);
  await insertOwnNumbers(db, accountId, numbers);
  const { on, rows } = countWrites();
  start(on);
  const ids = await acceptAll([...numbers, ...numbers], { expirySeconds: 3 * 3600, accountId });
  await advance(10 * secondMs);
  const before = rows();
  await advance(60 * minuteMs);
  assert.equal(rows() - before, 0);
  for (let renewal = 0; renewal < 720; renewal++) {
    await leaseClock.advance(5 * secondMs, () => tracker.idle());
  }
  assert.equal(
    rows() - before,
    720,
    'in an hour, the lease of the process every five seconds, not those of its sender queues',
  );
  assert.equal(seen.length, 0);
  assert.deepEqual(await db.query('select from outbox where attempts > 0'), []);
  room = Number.POSITIVE_INFINITY;
  notifier.emitHere('queues', []);
  await tracker.idle();
  await advance(secondMs);
  assert.equal(seen.length, ids.length);
  for (const number of numbers) {
    const ofNumber = seen.filter((one) => one.sender === number).map(({ ordinal }) => ordinal);
    assert.deepEqual(ofNumber, [1, 2]);
  }
});

test('a message that waits at its carrier keeps those behind it waiting: the pace of its number counts from when it goes', async () => {
  const { settings } = readConfig({});
  const handed: number[] = [];
  const open: (() => void)[] = [];
  const submit = async (submission: Submission, onWay = () => {}): Promise<Taken> => {
    handed.push(clock.now().getTime());
    await new Promise<void>((resolve) => open.push(resolve));
    onWay();
    return take(submission);
  };
  carriers.set('one', sampleCarrier({ name: 'one', submit }));
  start();
  await acceptAll([sender, sender], { settings });
  const goOn = (durationMs: number) => clock.advance(durationMs, () => new Promise(setImmediate));
  await stopWhen(() => open.length === 1);
  await goOn(5 * secondMs);
  assert.equal(open.length, 1);
  const goneAt = clock.now().getTime();
  open[0]?.();
  while (open.length < 2) await goOn(100);
  assert.ok((handed[1] ?? 0) - goneAt >= secondMs, `${handed} ${goneAt}`);
  open[1]?.();
});

test('a message that waits for room expires in time', async () => {
  addCarrier('one', take, { room: () => 0 });
  const id = await accept(sender, 'hello', 60);
  start();
  await advance(59 * secondMs);
  assert.equal(await stateOf(id), 'queued');
  await advance(secondMs);
  assert.equal(await stateOf(id), 'failed 420');
});

test('no more is with a carrier than it has room for', async () => {
  const open: (() => void)[] = [];
  addCarrier(
    'one',
    async (submission) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return take(submission);
    },
    { room: () => 2 - open.length },
  );
  for (let number = 0; number < 5; number++) await accept(number % 2 === 0 ? sender : other);
  start();
  await stopWhen(() => seen.length === 2);
  assert.equal(seen.length, 2);
  await stopWhen(() => {
    for (const answer of open.splice(0)) answer();
    return seen.length === 5;
  });
});

/** Waits until a condition holds. */
async function stopWhen(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('a carrier that is down holds up nobody whose carrier is another', async () => {
  addCarrier('down', take, { room: () => 0 });
  addCarrier('up', take);
  routes = { [sender]: ['down'], [other]: ['up'] };
  const [waiting, sent] = [await accept(sender), await accept(other)];
  start();
  await advance(10 * secondMs);
  assert.deepEqual([await stateOf(waiting), await stateOf(sent)], ['queued', 'sent  up']);
});

test('a message without a route fails at once, and says why', async () => {
  routes = { [sender]: [] };
  const id = await accept(sender);
  start();
  await tracker.idle();
  assert.equal(await stateOf(id), 'failed 90');
  assert.deepEqual(await historyOf(id), ['failed: no route leads its sender to a carrier']);
});

test('a message that a deleted carrier perhaps has fails at once, and those behind it go', async () => {
  addCarrier('one', fail('lostInFlight'));
  const lost = await accept(sender);
  start();
  await tracker.idle();
  await stop();
  const next = await accept(sender);
  carriers.clear();
  addCarrier('two', take);
  start();
  await advance(minuteMs);
  assert.deepEqual([await stateOf(lost), await stateOf(next)], ['failed 300', 'sent  two']);
  assert.deepEqual((await historyOf(lost)).slice(1).toSorted(), [
    'doubtful: an attempt has no known end: the carrier may have taken the message',
    'failed: its carrier is gone',
  ]);
});

test('connections that end in flight are tried again, five times, with the same carrier and another copy each', async () => {
  addCarrier('one', fail('lostInFlight'));
  addCarrier('two', take);
  const id = await accept(sender);
  start();
  await advance(10 * minuteMs);
  assert.deepEqual(
    seen.map(({ attempt, by }) => [attempt, by]),
    [1, 2, 3, 4, 5].map((attempt) => [attempt, 'one']),
  );
  assert.equal(await stateOf(id), 'failed 300');
  const repetitions = (await historyOf(id)).filter((line) => line.startsWith('repeated'));
  assert.equal(repetitions.length, 4);
  assert.deepEqual(await db.query('select message_id, carrier, sender, destination from unknown_attempts'), [
    { message_id: id, carrier: 'one', sender, destination: '12025551000' },
  ]);
});

test('refusals between two attempts without a known end do not make them more', async () => {
  const answers: (typeof take)[] = [
    ...Array.from({ length: 8 }, () => fail('throttled')),
    fail('lostInFlight'),
    fail('throttled'),
    take,
  ];
  addCarrier('one', (submission) => (answers.shift() ?? take)(submission));
  const id = await accept(sender);
  start();
  await advance(30 * minuteMs);
  assert.equal(seen.length, 11);
  assert.equal(await stateOf(id), 'sent  one');
});

test('a carrier that denies the account is asked seldom, and no message fails for it', async () => {
  let isWrong = true;
  addCarrier('one', (submission) => (isWrong ? fail('misconfigured')() : take(submission)));
  const ids = [await accept(sender, 'hello', 2 * 3600), await accept(other, 'hello', 2 * 3600)];
  start();
  await advance(60 * minuteMs);
  assert.ok(seen.length < 70, `${seen.length} attempts in an hour`);
  isWrong = false;
  await advance(3 * minuteMs);
  assert.deepEqual(await Promise.all(ids.map(stateOf)), ['sent  one', 'sent  one']);
});

const parts = (from: number, to: number, totalParts: number): Taken => ({
  parts: Array.from({ length: to - from + 1 }, (_, index) => ({
    part: from + index,
    name: `part ${from + index}`,
  })),
  totalParts,
});

const long = 'x'.repeat(400);

test('a message of which a part was taken goes on behind it, with the same carrier', async () => {
  const answers = [fail('throttled', parts(1, 2, 3)), async () => parts(3, 3, 3)];
  addCarrier('one', () => (answers.shift() ?? assert.fail())());
  addCarrier('two', take);
  const id = await accept(sender, long);
  start();
  await advance(minuteMs);
  assert.deepEqual(
    seen.map(({ by, partsTaken, ordinal }) => [by, partsTaken, ordinal]),
    [
      ['one', 0, 1],
      ['one', 2, 1],
    ],
  );
  assert.equal(await stateOf(id), 'sent  one');
  assert.deepEqual(await namesOf(id), [
    { name: 'part 1', part: 1 },
    { name: 'part 2', part: 2 },
    { name: 'part 3', part: 3 },
  ]);
  assert.deepEqual(await historyOf(id), [
    'deferred: throttled: as the test says (partial: 2 of 3 parts were taken)',
  ]);
});

test('the parts that were taken are known after a restart', async () => {
  const answers = [fail('disconnected', parts(1, 1, 3)), async () => parts(2, 3, 3)];
  addCarrier('one', () => (answers.shift() ?? assert.fail())());
  await accept(sender, long);
  start();
  await tracker.idle();
  await stop();
  start();
  await advance(minuteMs);
  assert.deepEqual(
    seen.map(({ partsTaken }) => partsTaken),
    [0, 1],
  );
});

test('a message whose later part is refused for good has failed, and its history says what was taken', async () => {
  addCarrier('one', fail('spam', parts(1, 2, 3)));
  const id = await accept(sender, long);
  start();
  await tracker.idle();
  assert.equal(await stateOf(id), 'failed 30');
  assert.deepEqual(await historyOf(id), [
    'failed: spam: as the test says (partial: 2 of 3 parts were taken)',
  ]);
});

test('parts without a name are taken, and two of one name are stored once', async () => {
  const alike = [1, 2, 3].map((part) => ({ part, name: part === 2 ? '' : '123456789' }));
  addCarrier('one', async () => ({ parts: alike, totalParts: 3 }));
  const id = await accept(sender, long);
  start();
  await tracker.idle();
  assert.equal(await stateOf(id), 'sent  one');
  assert.deepEqual(await namesOf(id), [{ name: '123456789', part: 3 }]);
});

const tellLate = (reference: string, attempt: number, taken = parts(1, 1, 1)) =>
  takeLateAnswer(
    { db, timers: clock, notifier, callbacks: new CallbackQueue(notifier), newId },
    { carrier: 'one', reference, attempt, ...taken },
  );

test('a late answer settles a message that nobody has submitted again', async () => {
  addCarrier('one', fail('unanswered'));
  const [id, next] = [await accept(sender), await accept(sender)];
  start();
  await tracker.idle();
  await tellLate(id, 1);
  assert.equal(await stateOf(id), 'sent  one');
  assert.deepEqual(await namesOf(id), [{ name: 'part 1', part: null }]);
  assert.ok((await historyOf(id)).includes('late: the carrier took attempt 1: its answer came late'));
  await advance(minuteMs);
  assert.deepEqual(
    seen.filter(({ reference }) => reference === id).map(({ attempt }) => attempt),
    [1],
  );
  await tellLate(next, 1);
  assert.deepEqual(await db.query('select from sender_queues where queued <> 0'), []);
});

test('a late answer to an attempt that was repeated is a name more, and nothing else', async () => {
  const answers = [fail('unanswered'), take];
  addCarrier('one', (submission) => (answers.shift() ?? assert.fail())(submission));
  const id = await accept(sender);
  start();
  await advance(minuteMs);
  await tellLate(id, 1);
  assert.equal(await stateOf(id), 'sent  one');
  assert.deepEqual(await namesOf(id), [
    { name: id, part: null },
    { name: 'part 1', part: null },
  ]);
});

test('a late answer of which a part is missing settles nothing', async () => {
  addCarrier('one', fail('unanswered'));
  const id = await accept(sender, long);
  start();
  await tracker.idle();
  await tellLate(id, 1, parts(1, 2, 3));
  assert.equal(await stateOf(id), 'queued');
  await tellLate('no message of ours', 1);
});
