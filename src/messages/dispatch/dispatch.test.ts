// Dispatch against a real database: what several processes do with the same sender queues, and what is left when one of them dies.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { textTo } from '../../../test/support/accepting.ts';
import { frozenClock, repeatableBytes, testStart } from '../../../test/support/app.ts';
import { sampleCarrier } from '../../../test/support/carriers.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { insertOwnNumbers, insertPool, poolAccount } from '../../../test/support/pool-rows.ts';
import { readConfig } from '../../base/config.ts';
import { uuidv7 } from '../../base/id.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import { type Logger, makeLogger } from '../../base/logger.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import type { Carrier, Submission, Taken } from '../../carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../carriers/submit-error.ts';
import type { Db } from '../../db/db.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import { AccountResets } from '../../events/account-resets.ts';
import { Notifier } from '../../events/notifier.ts';
import { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { type AcceptParts, acceptRequests } from '../accept/accept-requests.ts';
import { listEvents } from '../report/event-store.ts';
import type { SendRequest } from '../send-request.ts';
import { startDispatch } from './dispatch.ts';

const { settings } = readConfig({});
const longcodes = ['12015550100', '12015550101', '12015550102'];
const tollfree = '18005550100';
const randomBytes = repeatableBytes(9);

let db: Db;
let clock: VirtualClock;
let leaseClock: VirtualClock;
let notifier: Notifier;
let tracker: InFlightTracker;
let seen: Seen[];
let dispatchers: Dispatcher[];

interface Seen extends Submission {
  readonly by: string;
  readonly atMs: number;
}

interface Dispatcher {
  /** Waits for the carrier as long as it takes, or until `cutOff`. */
  readonly stop: (cutOff?: Promise<void>) => Promise<void>;
  /** Lets the carrier answer what it holds, and all that comes. */
  release(): void;
  /** Ends the standstill of a dispatcher that is away; resolves once it has done all that it wants to. */
  wake(): Promise<void>;
}

before(async () => {
  db = await openTestDatabase();
});

after(() => db.close());

beforeEach(async () => {
  await emptyTables(db);
  clock = frozenClock();
  leaseClock = new VirtualClock(systemTimers);
  leaseClock.freeze();
  notifier = new Notifier();
  tracker = new InFlightTracker();
  seen = [];
  dispatchers = [];
  await insertPool(db, 1, [...longcodes, tollfree]);
});

afterEach(async () => {
  for (const dispatcher of dispatchers) dispatcher.release();
  for (const dispatcher of dispatchers) await dispatcher.stop();
});

interface DispatchOptions {
  /** It stands still as soon as its carrier has a message. */
  readonly isAway?: boolean;
  /** Its carrier answers nothing before it is released. */
  readonly isSlow?: boolean;
  /** Its carrier is said to be up in another process. */
  readonly isUpElsewhere?: boolean;
  /** Its carrier, where it does something in another way. */
  readonly carrier?: Partial<Carrier>;
  /** How its carrier fails each message. */
  readonly failure?: SubmitFailure;
  readonly on?: Db;
  /** Told of what it logs as an error. */
  readonly onError?: Logger['error'];
}

/** Starts a dispatcher with a carrier that takes everything at once, unless the options say otherwise. */
function dispatch(by: string, options: DispatchOptions = {}): Dispatcher {
  const { isAway = false, isSlow = false, isUpElsewhere = false, failure, on = db, onError } = options;
  let isHolding = isAway || isSlow;
  const own = isAway
    ? { clock: new VirtualClock(systemTimers), notifier: new Notifier(), inFlight: new InFlightTracker() }
    : { clock, notifier, inFlight: tracker };
  own.clock.freeze();
  own.clock.set(clock.now());
  let held: (() => void)[] = [];
  const carrier = sampleCarrier({
    async submit(submission, onWay) {
      onWay?.();
      seen.push({ ...submission, by, atMs: clock.now().getTime() });
      if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
      if (failure !== undefined) throw new SubmitError(failure, 'as the test says');
      return { parts: [{ part: 1, name: `${by} ${submission.reference}` }], totalParts: 1 };
    },
    ...options.carrier,
  });
  const stop = startDispatch({
    db: on,
    carriers: new Map([[carrier.name, carrier]]),
    carriersOf: () => [carrier.name],
    hasCarrier: () => true,
    isUpElsewhere: () => isUpElsewhere,
    timers: own.clock,
    realTimers: leaseClock,
    inFlight: own.inFlight,
    notifier: own.notifier,
    resets: new AccountResets(),
    callbacks: new CallbackQueue(own.notifier),
    newId: () => uuidv7(clock.now(), randomBytes),
    holder: uuidv7(clock.now(), randomBytes),
    publicUrl: 'http://localhost',
    countSubmission: () => {},
    logger: { ...makeLogger('silent'), ...(onError === undefined ? {} : { error: onError }) },
  });
  const dispatcher = {
    stop: (cutOff = new Promise<void>(() => {})) => stop(cutOff),
    release() {
      isHolding = false;
      for (const answer of held) answer();
      held = [];
    },
    async wake() {
      dispatcher.release();
      await own.inFlight.idle();
      own.clock.set(clock.now());
      own.notifier.emit('queues');
      await own.inFlight.idle();
    },
  };
  dispatchers.push(dispatcher);
  return dispatcher;
}

/** Sends `count` messages from a number, with wake-ups through `told`; returns their identifiers. */
async function accept(sender: string, count: number, told = notifier): Promise<string[]> {
  return acceptAll([requestFrom(poolAccount, sender, count)], { settings, notifier: told });
}

/** Sends `count` messages from each number of an account, without pace and without a wake-up. */
async function acceptFrom(accountId: string, senders: readonly string[], count: number): Promise<void> {
  const { settings: unpaced } = readConfig({ RUCKSACK_PACING: 'unlimited' });
  const requests = senders.map((sender) => requestFrom(accountId, sender, count));
  await acceptAll(requests, { settings: unpaced, notifier: new Notifier() });
}

async function acceptAll(
  requests: readonly SendRequest[],
  parts: Pick<AcceptParts, 'settings' | 'notifier'>,
): Promise<string[]> {
  const answers = await db.transaction((tx) =>
    acceptRequests(tx, requests, clock.now(), {
      pools: new PoolCache(parts.settings),
      callbacks: new CallbackQueue(parts.notifier),
      randomBytes,
      ...parts,
    }),
  );
  return answers.flatMap((answer) => {
    assert.ok(Array.isArray(answer));
    return answer.map(({ messageId }) => messageId ?? assert.fail());
  });
}

function requestFrom(accountId: string, sender: string, count: number): SendRequest {
  const destinations = Array.from(
    { length: count },
    (_, index) => parseE164(`1202555${1000 + index}`) ?? assert.fail(),
  );
  return textTo(count, { accountId, from: { kind: 'number', sender }, destinations });
}

const advance = (durationMs: number) => clock.advance(durationMs, () => tracker.idle());

/** Waits until carriers have seen so many submissions. */
async function untilSeen(count: number): Promise<void> {
  while (seen.length < count) await new Promise((resolve) => setImmediate(resolve));
}

const references = (of: readonly Seen[]) => of.map(({ reference }) => reference);

async function statusesOf(ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ status: string }>(
    'select status from messages where id = any($1::uuid[]) order by id',
    [ids],
  );
  return rows.map(({ status }) => status);
}

/** Starts the renewal of leases. */
const renewLeases = () => leaseClock.advance(5000, async () => {});

/** Returns the database, in which the first query with this text waits until it is released. */
function holdFirst(text: string): { on: Db; isHeld: Promise<void>; release: () => void } {
  let [hold, release] = [() => {}, () => {}];
  const isHeld = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isFirst = true;
  const on: Db = {
    ...db,
    async query(sql, values) {
      if (isFirst && sql.includes(text)) {
        isFirst = false;
        hold();
        await isReleased;
      }
      return db.query(sql, values);
    },
  };
  return { on, isHeld, release };
}

/** Returns the database, whose transactions wait until they are released. */
function holdTransactions(): { on: Db; release: () => void } {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  const on: Db = {
    ...db,
    transaction: (work, options) => isReleased.then(() => db.transaction(work, options)),
  };
  return { on, release };
}

/** Returns the database, which loses the connection at the first of some queries: before it is carried out, or before its answer. */
function loseAnswer(
  isMeant: (sql: string) => boolean,
  isCarriedOut: boolean,
): { on: Db; wasLost: () => boolean } {
  let wasLost = false;
  const on: Db = {
    ...db,
    async query(sql, values) {
      if (wasLost || !isMeant(sql)) return db.query(sql, values);
      wasLost = true;
      if (isCarriedOut) await db.query(sql, values);
      throw new DatabaseUnavailable('no connection');
    },
  };
  return { on, wasLost: () => wasLost };
}

/** Ends every lease, as fifteen seconds without its process do. */
const endLeases = () => db.query("update dispatchers set held_until = '2000-01-01'");

/** Moves the jobs that one process has with its carrier to a second one, whose carrier does not answer. */
async function handOn(): Promise<void> {
  await endLeases();
  dispatch('two', { isSlow: true });
  await tracker.idle();
  clock.set(new Date(testStart.getTime() + 2000));
  notifier.emit('queues');
  await untilSeen(2);
}

function assertPace(ofQueue: readonly Seen[], leastMs: number): void {
  for (const [index, { atMs }] of ofQueue.slice(1).entries()) {
    const gapMs = atMs - (ofQueue[index]?.atMs ?? 0);
    assert.ok(gapMs >= leastMs, `${gapMs} ms after the one before`);
  }
}

test('two dispatchers submit every message once, each sender queue in order and at its pace', async () => {
  const ids = new Map<string, string[]>();
  for (const number of longcodes) ids.set(number, await accept(number, 5));
  dispatch('one');
  dispatch('two');
  await advance(2500);
  for (const number of longcodes) ids.set(number, [...(ids.get(number) ?? []), ...(await accept(number, 5))]);
  await advance(20_000);
  for (const number of longcodes) {
    const ofQueue = seen.filter(({ sender }) => sender === number);
    assert.deepEqual(references(ofQueue), ids.get(number));
    assertPace(ofQueue, 1000);
  }
  assert.deepEqual(await db.query('select from outbox'), []);
  assert.deepEqual(await db.query('select sum(queued)::integer as queued from sender_queues'), [
    { queued: 0 },
  ]);
});

test('a dispatcher that stops gives its sender queues up, and another goes on where it was, at the pace', async () => {
  const ids = await accept('12015550100', 6);
  const one = dispatch('one');
  await advance(2500);
  await one.stop();
  assert.deepEqual(await db.query('select from sender_queues where holder is not null'), []);
  dispatch('two');
  await advance(20_000);
  assert.deepEqual(references(seen), ids);
  assert.deepEqual(
    seen.map(({ by }) => by),
    ['one', 'one', 'one', 'two', 'two', 'two'],
  );
  assertPace(seen, 1000);
});

test('a try that is refused keeps its number busy, also for the process that goes on', async () => {
  const long = { ...requestFrom(poolAccount, '12015550100', 1), text: 'x'.repeat(10 * 153) };
  const [id] = await acceptAll([long], { settings, notifier });
  const one = dispatch('one', { failure: 'throttled' });
  await tracker.idle();
  await one.stop();
  dispatch('two');
  await advance(20_000);
  assert.deepEqual(
    seen.map(({ by, reference }) => [by, reference]),
    [
      ['one', id],
      ['two', id],
    ],
  );
  assertPace(seen, 10_000);
});

test('a sender queue whose holder died is taken over when its lease is over: what was under way is repeated, and the unknown outcome noted', async () => {
  const ids = await accept('12015550100', 3);
  const dead = dispatch('dead', { isAway: true });
  await untilSeen(1);
  const two = dispatch('two');
  await advance(5000);
  assert.equal(seen.length, 1, 'not before its lease is over');
  await endLeases();
  notifier.emit('queues');
  await advance(20_000);
  const [first] = ids;
  assert.deepEqual(
    seen.map(({ by, reference, attempt }) => [by, ids.indexOf(reference), attempt]),
    [
      ['dead', 0, 1],
      ['two', 0, 2],
      ['two', 1, 1],
      ['two', 2, 1],
    ],
  );
  assertPace(seen, 1000);
  const events = await listEvents(db, first ?? '');
  assert.deepEqual(
    events.map(({ event }) => event),
    ['repeated'],
  );

  // The dead one was only slow: what it wakes up with is another's by now.
  await dead.wake();
  await dead.stop();
  await two.stop();
  assert.deepEqual(await statusesOf(ids), ['sent', 'sent', 'sent']);
  assert.equal(seen.length, 4);
});

for (const failure of ['throttled', 'spam'] as const) {
  test(`${failure}: a late answer is not the last word on a message that another process has tried since`, async () => {
    const ids = await accept('12015550100', 1);
    const late = dispatch('late', { isAway: true, failure });
    await untilSeen(1);
    await handOn();
    await late.wake();
    assert.deepEqual(await db.query('select attempts, submitting_at is not null as is_marked from outbox'), [
      { attempts: 2, is_marked: true },
    ]);
    assert.deepEqual(await statusesOf(ids), ['queued']);
  });
}

test('a dispatcher that was away for longer than its lease submits nothing that another has submitted', async () => {
  const ids = await accept('12015550100', 4);
  const slow = dispatch('slow', { isAway: true });
  await untilSeen(1);
  await endLeases();
  dispatch('two');
  await advance(20_000);
  await slow.wake();
  await slow.stop();
  assert.deepEqual(
    seen.filter(({ by }) => by === 'slow').map(({ reference }) => ids.indexOf(reference)),
    [0],
  );
  assert.deepEqual(
    seen.filter(({ by }) => by === 'two').map(({ reference }) => ids.indexOf(reference)),
    [0, 1, 2, 3],
  );
});

test('a message that was answered keeps its place in the window until it is recorded, though its carrier has room at once', async () => {
  const [first] = await accept('12015550100', 1);
  const [second] = await accept('12015550101', 1);
  let free = 1;
  const answers: (() => void)[] = [];
  const recording = holdTransactions();
  dispatch('one', {
    on: recording.on,
    carrier: {
      room: () => free,
      async submit(submission, onWay) {
        free -= 1;
        onWay?.();
        seen.push({ ...submission, by: 'one', atMs: clock.now().getTime() });
        const taken = { parts: [{ part: 1, name: submission.reference }], totalParts: 1 };
        // A carrier's answer passes a few functions that wait for it.
        const answer = async () => new Promise<Taken>((resolve) => answers.push(() => resolve(taken)));
        return answer();
      },
    },
  });
  await untilSeen(1);
  // Time enough for the worker to end its round.
  for (let look = 0; look < 3; look++) await db.query('select from sender_queues');
  free += 1;
  notifier.emit('queues', []);
  answers[0]?.();
  for (let look = 0; look < 10; look++) await db.query('select from sender_queues');
  const unrecorded = references(seen);
  recording.release();
  await untilSeen(2);
  answers[1]?.();
  await tracker.idle();
  assert.deepEqual(unrecorded, [first], 'a crash would have both submitted again');
  assert.deepEqual(references(seen), [first, second]);
});

test('a stop waits for what is with the carrier', async () => {
  const ids = await accept('12015550100', 2);
  const one = dispatch('one', { isAway: true });
  await untilSeen(1);
  const stopped = one.stop();
  one.release();
  await stopped;
  assert.deepEqual(await statusesOf(ids), ['sent', 'queued']);
  assert.equal(seen.length, 1);
});

test('a message that its carrier has not answered in thirty seconds is tried once more, and the unknown outcome noted', async () => {
  const [id = ''] = await accept('12015550100', 1);
  const historyOf = async () => (await listEvents(db, id)).map(({ event, detail }) => `${event}: ${detail}`);
  const one = dispatch('one', { isAway: true });
  await untilSeen(1);
  await leaseClock.advance(30_000, async () => {});
  await one.wake();
  assert.deepEqual(await historyOf(), ['deferred: unanswered: no answer within 30 s']);
  assert.deepEqual(await statusesOf([id]), ['queued']);
  clock.set(new Date(testStart.getTime() + 60_000));
  await one.wake();
  assert.deepEqual(
    seen.map(({ reference, attempt }) => [reference, attempt]),
    [
      [id, 1],
      [id, 2],
    ],
  );
  assert.deepEqual(await statusesOf([id]), ['sent']);
  assert.equal((await historyOf()).length, 2);
});

test('a stop that is cut off waits for no carrier, and what that has in hand is repeated once its lease is over', async () => {
  const [id] = await accept(longcodes[0] ?? '', 1);
  const one = dispatch('one', { isAway: true });
  await untilSeen(1);
  await one.stop(Promise.resolve());
  await handOn();
  assert.deepEqual(
    seen.map(({ reference, attempt, by }) => [reference, attempt, by]),
    [
      [id, 1, 'one'],
      [id, 2, 'two'],
    ],
  );
});

test('a sender queue that is just being read is not given up', async () => {
  const ids = await accept('12015550100', 1);
  const reading = holdFirst('cross join lateral');
  dispatch('one', { on: reading.on });
  await reading.isHeld;
  await renewLeases();
  reading.release();
  await tracker.idle();
  assert.deepEqual(references(seen), ids);
});

test('a message for a sender queue that is just being released is submitted', async () => {
  const ids = await accept('12015550100', 1);
  const releasing = holdFirst('set holder = null');
  dispatch('one', { on: releasing.on });
  await tracker.idle();
  await renewLeases();
  notifier.emit('queues', []);
  await releasing.isHeld;
  clock.set(new Date(testStart.getTime() + 10_000));
  ids.push(...(await accept('12015550100', 1)));
  notifier.emit('queues', ['12015550100']);
  // Time enough to look for it in vain.
  for (let look = 0; look < 3; look++) await db.query('select from sender_queues');
  releasing.release();
  await tracker.idle();
  assert.deepEqual(references(seen), ids);
});

for (const { who, isAlone, lookMs } of [
  { who: 'a process among others', isAlone: false, lookMs: 1000 },
  { who: 'a process that is the only one', isAlone: true, lookMs: 5000 },
]) {
  test(`a message for an idle sender queue without a wake-up is found by ${who} ${lookMs / 1000} s after its last look`, async (t) => {
    notifier = new Notifier(undefined, isAlone);
    const ids = await accept('12015550100', 1);
    const startedAt = performance.now();
    let laterMs = 0;
    t.mock.method(performance, 'now', () => startedAt + laterMs);
    dispatch('one');
    await tracker.idle();
    clock.set(new Date(testStart.getTime() + 1000));
    ids.push(...(await accept('12015550100', 1, new Notifier())));
    for (const [ms, count] of [
      [lookMs - 1, 1],
      [lookMs, 2],
    ] as const) {
      laterMs = ms;
      notifier.emit('queues', []);
      await tracker.idle();
      assert.deepEqual(references(seen), ids.slice(0, count));
    }
  });
}

test('queued messages that are gone do not block what is behind them', async () => {
  const ids = await accept('12015550100', 6);
  await db.query('delete from messages where id = any($1::uuid[])', [ids.slice(0, 4)]);
  dispatch('one');
  await advance(10_000);
  assert.deepEqual(references(seen), ids.slice(4));
  assert.deepEqual(await db.query('select from outbox'), []);
  assert.deepEqual(await db.query('select queued from sender_queues where queued <> 0'), []);
});

test('a number that is quicker than the database keeps its order and its pace', async () => {
  const ids = await accept(tollfree, 3);
  const marking = holdFirst('update outbox set attempts');
  dispatch('one', { on: marking.on });
  await marking.isHeld;
  // The moments of the second and the third message have come; the first is still on its way.
  clock.set(new Date(testStart.getTime() + 80));
  notifier.emit('queues', [tollfree]);
  await db.query('select from outbox');
  await new Promise((resolve) => setImmediate(resolve));
  marking.release();
  await untilSeen(1);
  assert.deepEqual(references(seen), ids.slice(0, 1));
  for (let turn = 0; seen.length < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.set(new Date(clock.now().getTime() + 1));
    notifier.emit('queues', [tollfree]);
    assert.ok(turn < 100_000);
  }
  assert.deepEqual(references(seen), ids);
  assertPace(seen, 40);
});

test('accounts take turns, and no more than two batches are being marked at once', async () => {
  const busyAccount = 'MABUSY00000000000000';
  const quietAccount = 'MAQUIET0000000000000';
  const busy = Array.from({ length: 240 }, (_, index) => `1201${2_000_000 + index}`);
  const quiet = '12022000000';
  await insertOwnNumbers(db, busyAccount, busy);
  await insertOwnNumbers(db, quietAccount, [quiet]);
  await acceptFrom(busyAccount, busy, 2);
  await acceptFrom(quietAccount, [quiet], 1);

  // Marking stands still until the test lets it go on.
  const marked: (readonly string[])[] = [];
  let isHolding = true;
  const waiting: (() => void)[] = [];
  const on: Db = {
    ...db,
    async query(sql, values = []) {
      if (isMarking(sql)) {
        marked.push(values[1] as string[]);
        if (isHolding) await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return db.query(sql, values);
    },
  };
  dispatch('a', { on });
  try {
    while (marked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    // Later rounds have no slot for another batch.
    for (let round = 0; round < 3; round++) {
      notifier.emit('queues');
      for (let query = 0; query < 5; query++) await db.query('select 1');
    }
    assert.equal(marked.length, 2);
    assert.ok(marked.every((jobs) => jobs.length <= 100));
    assert.ok(marked[0]?.includes(quiet), 'the other account is in the first batch');
  } finally {
    // Also after a failure: the stop at the end of the test waits for these batches.
    isHolding = false;
    for (const go of waiting) go();
  }
  await untilSeen(2 * busy.length + 1);
});

test('of many late numbers, no statement takes, reads, renews or gives up more than a part', async () => {
  const late = Array.from({ length: 600 }, (_, index) => `1201${2_000_000 + index}`);
  const account = 'MALATE00000000000000';
  await insertOwnNumbers(db, account, late);
  await acceptFrom(account, late, 1);
  const sizes: number[] = [];
  const note = (values: readonly unknown[]) => {
    for (const value of values) if (Array.isArray(value)) sizes.push(value.length);
  };
  const on: Db = {
    ...db,
    async query(sql, values = []) {
      const rows = await db.query<never>(sql, values);
      note([...values, rows]);
      return rows;
    },
    transaction: (work, options) =>
      db.transaction(
        (tx) =>
          work({
            ...tx,
            query: (sql, values = []) => {
              note(values);
              return tx.query(sql, values);
            },
            send: (sql, values = []) => {
              note(values);
              return tx.send(sql, values);
            },
          }),
        options,
      ),
  };
  const dispatcher = dispatch('a', { on });
  await tracker.idle();
  notifier.emit('queues');
  await renewLeases();
  await dispatcher.stop();
  assert.equal(seen.length, late.length);
  assert.equal(Math.max(...sizes), 250);
});

/** Returns whether a statement is the one that marks jobs. */
const isMarking = (sql: string) => sql.includes('set attempts = least');

test('all leases that one failure costs are one line in the log', async () => {
  await acceptFrom(poolAccount, longcodes, 2);
  const lines: unknown[] = [];
  const on: Db = {
    ...db,
    query: (sql, values) =>
      isMarking(sql) ? Promise.reject(new DatabaseUnavailable('no connection')) : db.query(sql, values),
  };
  dispatch('a', { on, onError: (fields, sentence) => lines.push({ ...fields, err: undefined, sentence }) });
  await tracker.idle();
  await new Promise((resolve) => setImmediate(resolve));
  const sentence = 'sender queues are given up';
  assert.deepEqual(lines, [{ err: undefined, count: 3, queues: longcodes, sentence }]);
});

/** A carrier that has no link in its process. */
const linkless: Partial<Carrier> = {
  room: () => 0,
  status: () => ({ state: 'down', room: 0, lastError: undefined, counts: {} }),
};

test('a dispatcher without a link leaves its sender queues to one that has it, and takes none back at once', async () => {
  const ids = await accept('12015550100', 3);
  dispatch('linkless', { carrier: linkless, isUpElsewhere: true });
  await tracker.idle();
  assert.deepEqual(await db.query('select from sender_queues where holder is not null'), []);
  dispatch('linked');
  await advance(20_000);
  ids.push(...(await accept('12015550100', 2)));
  await advance(20_000);
  assert.deepEqual(references(seen), ids);
  assert.deepEqual([...new Set(seen.map(({ by }) => by))], ['linked']);
});

test('a sender queue that was left to others is looked at again after ten seconds, and expires in time', async () => {
  const [id = ''] = await accept('12015550100', 1);
  const claims: unknown[] = [];
  const on: Db = {
    ...db,
    query(sql, values) {
      if (sql.includes('for update skip locked')) claims.push(clock.now());
      return db.query(sql, values);
    },
  };
  dispatch('linkless', { carrier: linkless, isUpElsewhere: true, on });
  await tracker.idle();
  claims.length = 0;
  await db.query("update outbox set expires_at = now() - interval '1 second'");
  notifier.emit('queues');
  await tracker.idle();
  assert.deepEqual(claims, [], 'nothing but what was left is free');
  await db.query('update outbox set expires_at = $1', [clock.now()]);
  await leaseClock.advance(10_000, async () => {});
  notifier.emit('queues');
  await tracker.idle();
  assert.deepEqual(await statusesOf([id]), ['failed']);
});

test('a dispatcher without a link keeps its sender queues where no other has one', async () => {
  await accept('12015550100', 1);
  dispatch('linkless', { carrier: linkless });
  await tracker.idle();
  assert.equal((await db.query('select from sender_queues where holder is not null')).length, 1);
});

test('a sender queue that was dropped is released a lease later, by the process that had it', async () => {
  const ids = await accept('12015550100', 1);
  let isFailing = true;
  const on: Db = {
    ...db,
    query: (sql, values) =>
      isMarking(sql) && isFailing
        ? Promise.reject(new DatabaseUnavailable('no connection'))
        : db.query(sql, values),
  };
  dispatch('one', { on });
  await tracker.idle();
  isFailing = false;
  await leaseClock.advance(10_000, () => tracker.idle());
  assert.deepEqual(seen, []);
  await leaseClock.advance(5000, () => tracker.idle());
  notifier.emit('queues');
  await tracker.idle();
  assert.deepEqual(references(seen), ids);
});

for (const isCarriedOut of [true, false]) {
  const words = isCarriedOut ? 'was carried out' : 'was not carried out';

  test(`sender queues whose claim ${words} while its answer was lost are sent from`, async () => {
    const ids = await accept(tollfree, 3);
    const { on, wasLost } = loseAnswer((sql) => sql.includes('set\n    holder = $1'), isCarriedOut);
    dispatch('one', { on, onError: () => {} });
    await tracker.idle();
    assert.ok(wasLost());
    await advance(1000);
    await advance(1000);
    assert.deepEqual(references(seen), ids);
  });

  test(`an idle sender queue whose release ${words} while its answer was lost is sent from`, async () => {
    const { on, wasLost } = loseAnswer((sql) => sql.includes('set holder = null'), isCarriedOut);
    dispatch('one', { on, onError: () => {} });
    await accept(tollfree, 1);
    await advance(1000);
    await renewLeases();
    await advance(1000);
    assert.ok(wasLost());
    await accept(tollfree, 1);
    await advance(1000);
    await advance(1000);
    assert.equal(seen.length, 2);
  });
}
