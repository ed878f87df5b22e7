// The queue of calls against a real database and real hosts, on a clock that the test turns.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { frozenClock, repeatableBytes, testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../../../test/support/webhook-catcher.ts';
import { createAccount } from '../../accounts/create-account.ts';
import { deleteAccount } from '../../accounts/store.ts';
import { daysAfter } from '../../base/days.ts';
import { makeEncrypter } from '../../base/encrypt.ts';
import { uuidv7 } from '../../base/id.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import { makeLogger } from '../../base/logger.ts';
import { systemTimers } from '../../base/timers.ts';
import type { VirtualClock } from '../../base/virtual-clock.ts';
import type { Worker } from '../../base/worker.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { AccountResets } from '../../events/account-resets.ts';
import { Notifier } from '../../events/notifier.ts';
import type { Credentials } from '../../http/basic-auth.ts';
import type { Scope } from '../../http/endpoint.ts';
import { CallbackQueue } from '../callback-queue.ts';
import type { DeliveredWebhook, FailedWebhook, WebhookHandlers } from '../handlers.ts';
import { makeHttpClient } from '../http/http-client.ts';
import { deleteOldWebhooks, getWebhook, type LoggedWebhook, webhookTable } from '../store.ts';
import type { NewWebhook } from '../webhook.ts';
import { giveUpWebhooks } from './give-up-webhooks.ts';
import { leaseWebhooks } from './queue-store.ts';
import { startWebhooks } from './webhook-worker.ts';

const timeoutMs = 8000;
const callsPerHost = 10;
const randomBytes = repeatableBytes(4);
const encrypter = makeEncrypter(new Uint8Array(32).fill(7), randomBytes);
const newId = () => uuidv7(testStart, randomBytes);

let db: Db;
let catcher: WebhookCatcher;
let clock: VirtualClock;
let account: Credentials;
let subaccount: Credentials;
let scope: Scope;
let world: World;

interface World {
  readonly worker: Worker;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly delivered: DeliveredWebhook[];
  readonly failed: FailedWebhook[];
  readonly counted: string[];
  readonly idle: () => Promise<void>;
  /** Ends the client whatever is under way. */
  readonly cutOff: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

before(async () => {
  db = await openTestDatabase();
});

after(() => db.close());

beforeEach(async () => {
  await emptyTables(db);
  catcher = await startWebhookCatcher();
  clock = frozenClock();
  const accountFactory = { db, encrypter, randomBytes, now: testStart };
  account = await createAccount(accountFactory, { mainId: null, name: 'Main', enabled: true });
  subaccount = await createAccount(accountFactory, { mainId: account.authId, name: 'Sub', enabled: true });
  scope = {
    accountId: account.authId,
    mainId: account.authId,
    subaccountId: undefined,
    callerId: account.authId,
  };
  world = startWorld();
});

afterEach(async () => {
  await world.stop();
  await catcher.close();
});

/** Starts a worker as a process of its own would. */
function startWorld(handlers?: WebhookHandlers): World {
  const delivered: DeliveredWebhook[] = [];
  const failed: FailedWebhook[] = [];
  const counted: string[] = [];
  const inFlight = new InFlightTracker();
  const notifier = new Notifier();
  const callbacks = new CallbackQueue(notifier);
  const client = makeHttpClient({
    timeoutMs,
    callsPerHost,
    allowedNetworks: ['127.0.0.0/8'],
    userAgent: 'Rucksack/test',
    timers: clock,
  });
  const worker = startWebhooks({
    db,
    encrypter,
    randomBytes,
    timers: clock,
    realTimers: systemTimers,
    resets: new AccountResets(),
    inFlight,
    notifier,
    callbacks,
    client,
    timeoutMs,
    callsPerHost,
    handlers: handlers ?? {
      inbound: {
        delivered: async (_tx, calls) => void delivered.push(...calls),
        failed: async (_tx, calls) => void failed.push(...calls),
      },
    },
    countCall: (kind, outcome) => counted.push(`${kind} ${outcome}`),
    logger: makeLogger('silent'),
  });
  return {
    worker,
    notifier,
    callbacks,
    delivered,
    failed,
    counted,
    idle: () => inFlight.idle(),
    cutOff: () => client.close(),
    async stop() {
      await worker.stop();
      await client.close();
    },
  };
}

const enqueue = (changes: Partial<NewWebhook> = {}, count = 1): Promise<string> =>
  db.transaction((tx) => enqueueIn(tx, changes, count));

async function enqueueIn(tx: Transaction, changes: Partial<NewWebhook>, count = 1): Promise<string> {
  const calls = Array.from({ length: count }, () => ({
    id: newId(),
    accountId: account.authId,
    mainId: account.authId,
    messageId: newId(),
    kind: 'status' as const,
    url: `${catcher.url}/cb`,
    method: 'POST' as const,
    parameters: [['Text', 'héllo\0 & more']] as const,
    isPrivate: false,
    ...changes,
  }));
  world.callbacks.add(tx, calls, clock.now());
  return calls[0]?.id ?? '';
}

async function logged(id: string): Promise<LoggedWebhook> {
  const webhook = await getWebhook(db, scope, id);
  assert.ok(webhook !== undefined);
  return webhook;
}

const advance = (seconds: number) => clock.advance(seconds * 1000, world.idle);

async function countOutcomes(): Promise<Record<string, number>> {
  const rows = await db.query<{ outcome: string; count: number }>(
    'select outcome, count(*) as count from webhook_calls group by outcome order by outcome',
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

for (const method of ['POST', 'GET'] as const) {
  test(`a ${method} call arrives signed, is delivered and logged`, async () => {
    catcher.answer = { status: 200, body: 'thanks' };
    const id = await enqueue({ method, url: `${catcher.url}/cb?x=1` });
    const call = await catcher.next();
    await world.idle();
    assert.equal(call.method, method);
    assert.equal(call.parameters.Text, 'héllo\ufffd & more');
    assert.ok(call.url.startsWith(`${catcher.url}/cb?x=1`));
    assert.ok(call.isSignedWith(account.authToken));
    const { outcome, attempts, nextAt, log } = await logged(id);
    assert.deepEqual([outcome, attempts, nextAt], ['delivered', 1, null]);
    assert.deepEqual(log, [
      {
        at: testStart.toISOString(),
        durationMs: 0,
        status: 200,
        error: null,
        answer: 'thanks',
        contentType: '',
        nonce: call.headers['x-plivo-signature-v3-nonce'],
      },
    ]);
    assert.deepEqual(world.counted, ['status delivered']);
  });
}

for (const method of ['POST', 'GET'] as const) {
  test(`a ${method} call to a URL that does not go out as it is written can be verified as it arrives`, async () => {
    await enqueue({ method, url: `${catcher.url.replace('127.0.0.1', 'LOCALHOST')}/a/../é/ü b?q=ä` });
    const call = await catcher.next();
    assert.match(call.url, /^http:\/\/localhost:\d+\/%C3%A9\/%C3%BC%20b\?q=%C3%A4/);
    assert.ok(call.isSignedWith(account.authToken));
  });
}

test("a subaccount's call is signed with its token and with that of its main account", async () => {
  await enqueue({ accountId: subaccount.authId });
  const call = await catcher.next();
  assert.ok(call.isSignedWith(subaccount.authToken, account.authToken));
  assert.ok(!call.isSignedWith(account.authToken));
});

test('a call is tried again after 60, 120 and 240 s, with a fresh nonce each time, and has failed then', async () => {
  catcher.answer = { status: 500, body: 'no' };
  const id = await enqueue({ kind: 'inbound' });
  await world.idle();
  for (const [tried, seconds] of [60, 120, 240].entries()) {
    await advance(seconds - 1);
    assert.equal(catcher.calls.length, tried + 1);
    await advance(1);
    assert.equal(catcher.calls.length, tried + 2);
  }
  await advance(100_000);
  assert.equal(catcher.calls.length, 4);
  assert.ok(catcher.calls.every((call) => call.isSignedWith(account.authToken)));
  assert.equal(new Set(catcher.calls.map(({ headers }) => headers['x-plivo-signature-v2-nonce'])).size, 4);
  const { outcome, attempts, log } = await logged(id);
  assert.deepEqual([outcome, attempts, log.length], ['failed', 4, 4]);
  assert.deepEqual(
    world.failed.map(({ call, status, error }) => [call.id, status, error]),
    [[id, 500, 'the answer is not 2xx']],
  );
  assert.deepEqual(world.counted, [
    'inbound retried',
    'inbound retried',
    'inbound retried',
    'inbound failed',
  ]);
});

test('a host that mends itself gets the call', async () => {
  catcher.answer = 'reset';
  const id = await enqueue({ kind: 'inbound' });
  await world.idle();
  catcher.answer = { status: 200, headers: { 'content-type': 'application/xml' }, body: '<Response/>' };
  await advance(60);
  assert.equal((await logged(id)).outcome, 'delivered');
  assert.deepEqual(
    world.delivered.map(({ call, answer }) => [call.id, call.attempts, answer.contentType, answer.body]),
    [[id, 1, 'application/xml', '<Response/>']],
  );
});

test('a host that hangs gets ten calls at once, which others do not wait for', async () => {
  const hanging = await startWebhookCatcher();
  hanging.answer = 'held';
  await enqueue({ url: `${hanging.url}/` }, 30);
  for (let count = 0; count < 10; count++) await hanging.next();
  await enqueue();
  while (world.counted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hanging.calls.length, 10);
  hanging.answer = { status: 200 };
  await clock.advance(timeoutMs, async () => {});
  await world.idle();
  assert.deepEqual(await countOutcomes(), { delivered: 21, pending: 10 });
  const errors = await db.query<{ error: string }>(
    "select log->0->>'error' as error from webhook_calls where outcome = 'pending'",
  );
  assert.ok(errors.every(({ error }) => error === 'no answer within 8 s'));
  await hanging.close();
});

test('however many hosts hang, the calls of others are made at once', async () => {
  const hanging = await Promise.all(Array.from({ length: 40 }, startWebhookCatcher));
  const countHanging = () => hanging.reduce((count, { calls }) => count + calls.length, 0);
  const timeOut = () => clock.advance(timeoutMs, async () => {});
  const callOthers = async (count: number) => {
    const delivered = () => world.counted.filter((counted) => counted === 'inbound delivered').length;
    const wanted = delivered() + count;
    await enqueue({ kind: 'inbound' }, count);
    while (delivered() < wanted) await new Promise((resolve) => setImmediate(resolve));
  };
  for (const one of hanging) {
    one.answer = 'held';
    await enqueue({ url: `${one.url}/` }, 60);
  }
  await Promise.all(hanging.map((one) => one.next()));
  await callOthers(100);
  const first = countHanging();
  // What began before all of them were known to hang ends too.
  await timeOut();
  await callOthers(100);
  await timeOut();
  const known = countHanging();
  await callOthers(100);
  await timeOut();
  const further = countHanging() - known;
  for (const one of hanging) one.answer = { status: 200 };
  await timeOut();
  await world.idle();
  await Promise.all(hanging.map((one) => one.close()));
  assert.ok(first > 5 * hanging.length, `${first} calls at first`);
  assert.ok(further > 0 && further <= 2 * 2 * hanging.length, `${further} calls once they are known to hang`);
});

/** Stores calls of another account to some URLs, in one go. */
async function flood(urls: readonly string[]): Promise<void> {
  const accountFactory = { db, encrypter, randomBytes, now: testStart };
  const other = await createAccount(accountFactory, { mainId: null, name: 'Other', enabled: true });
  const calls = urls.map((url) => ({
    id: newId(),
    accountId: other.authId,
    mainId: other.authId,
    messageId: newId(),
    kind: 'status' as const,
    url,
    method: 'POST' as const,
    parameters: [],
    isPrivate: false,
  }));
  await db.transaction(async (tx) => world.callbacks.add(tx, calls, clock.now()));
}

test('3,000 calls of another account to the same host are waited for no longer than a fetch of them', async () => {
  await world.stop();
  await flood(Array.from({ length: 3000 }, () => `${catcher.url}/flood`));
  await enqueue({ url: `${catcher.url}/quiet` });
  world = startWorld();
  for (let count = 0; count < 500; count++) await catcher.next();
  await enqueue({ url: `${catcher.url}/late` });
  await world.idle();
  await advance(1);
  const place = (path: string) => catcher.calls.findIndex(({ url }) => url.endsWith(path));
  assert.equal(catcher.calls.length, 3002);
  // Each has its turn: the first among the 10 of each account that are under way, the other one among those after what was under way.
  assert.ok(place('/quiet') <= 20, `at place ${place('/quiet')}`);
  assert.ok(place('/late') > 0 && place('/late') <= 1000, `at place ${place('/late')}`);
});

test('calls of another account to 3,000 hosts are waited for no longer than a fetch of them', async () => {
  await world.stop();
  // No call may lead there: each is refused without a connection, and tried again in a minute. By name they are before the other.
  const nowhere = Array.from({ length: 3000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
  await flood(nowhere.map((host) => `http://${host}/`));
  await enqueue();
  world = startWorld();
  await catcher.next();
  const [row] = await db.query<{ count: number }>(
    "select count(*) as count from webhook_calls where attempts > 0 and url not like '%/cb'",
  );
  assert.ok((row?.count ?? 0) <= 400, `${row?.count} of the others were made before`);
  await world.idle();
  assert.deepEqual(await countOutcomes(), { delivered: 1, pending: 3000 });
});

test('3,000 calls of another account to a host that hangs are waited for no longer than three time limits', async () => {
  const hanging = await startWebhookCatcher();
  hanging.answer = 'held';
  await flood(Array.from({ length: 3000 }, () => `${hanging.url}/flood`));
  for (let count = 0; count < callsPerHost; count++) await hanging.next();
  await enqueue({ url: `${hanging.url}/quiet` });
  // What answers is called at once.
  await enqueue();
  await catcher.next();
  const isCalled = () => hanging.calls.some(({ url }) => url.endsWith('/quiet'));
  let limits = 0;
  for (; limits < 3 && !isCalled(); limits++) {
    const called = hanging.calls.length;
    await clock.advance(timeoutMs, async () => {});
    while (hanging.calls.length === called) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(isCalled(), `not after ${limits} time limits`);
  await world.cutOff();
  await hanging.close();
});

test('calls to a slow host are left in the database once they wait too long, and made in the order of their creation', async () => {
  await world.idle();
  catcher.answer = 'held';
  const numbers = Array.from({ length: 36 }, (_, index) => String(index));
  /** Stores a call; returns whether it is leased from the start. A look leases others a moment later. */
  const isLeasedAtOnce = (number: string) =>
    db.transaction(async (tx) => {
      const id = await enqueueIn(tx, { parameters: [['Number', number]] });
      const leased = 'select from webhook_calls where id = $1 and leased_until is not null';
      return (await tx.query(leased, [id])).length === 1;
    });
  const untilCalled = async (count: number) => {
    while (catcher.calls.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const release = (count: number) => {
    for (const call of catcher.calls.slice(count - callsPerHost, count)) call.release({ status: 200 });
  };
  for (const number of numbers.slice(0, 34)) assert.ok(await isLeasedAtOnce(number));
  await untilCalled(callsPerHost);
  await clock.advance(6000, async () => {});
  release(callsPerHost);
  await untilCalled(2 * callsPerHost);
  // The first call that waits has waited for 11 s.
  await clock.advance(5000, async () => {});
  for (const number of numbers.slice(34)) {
    assert.ok(!(await isLeasedAtOnce(number)));
    // The order of creation is known to the millisecond.
    await clock.advance(1, async () => {});
  }
  catcher.answer = { status: 200 };
  release(2 * callsPerHost);
  await world.idle();
  assert.deepEqual(
    catcher.calls.map(({ parameters }) => parameters.Number),
    numbers,
  );
});

test('a call is started in whatever moment it comes', async () => {
  await world.idle();
  const count = 300;
  const stored: Promise<string>[] = [];
  for (let number = 0; number < count; number++) {
    stored.push(enqueue());
    for (let step = 0; step < number % 7; step++) await Promise.resolve();
    if (number % 3 === 0) await stored.at(-1);
  }
  await Promise.all(stored);
  for (let number = 0; number < count; number++) await catcher.next();
  await world.idle();
  assert.deepEqual(await countOutcomes(), { delivered: count });
});

test('a call that has waited for its turn too long is let go, and made when its lease has run out', async () => {
  const hanging = await startWebhookCatcher();
  hanging.answer = 'held';
  await enqueue({ url: `${hanging.url}/` }, 11);
  for (let count = 0; count < 10; count++) await hanging.next();
  clock.set(new Date(testStart.getTime() + 21_000));
  for (const call of hanging.calls) call.release({ status: 200 });
  await world.idle();
  assert.equal(hanging.calls.length, 10);
  hanging.answer = { status: 200 };
  await advance(9);
  assert.equal(hanging.calls.length, 11);
  await hanging.close();
});

test('of 1,000 calls those to a live host arrive although the other one is dead', async () => {
  const dead = await startWebhookCatcher();
  await dead.close();
  await enqueue({ url: `${dead.url}/` }, 500);
  await enqueue({}, 500);
  await world.idle();
  await advance(0);
  assert.equal(catcher.calls.length, 500);
  assert.ok(catcher.calls.every((call) => call.isSignedWith(account.authToken)));
  assert.deepEqual(await countOutcomes(), { delivered: 500, pending: 500 });
  await advance(500);
  assert.deepEqual(await countOutcomes(), { delivered: 500, failed: 500 });
});

test('calls that a dead process had taken are made once its leases have run out', async () => {
  const id = await enqueue();
  await world.stop();
  await db.query(
    "update webhook_calls set outcome = 'pending', next_at = $1, leased_until = null, attempts = 0",
    [testStart],
  );
  const leasedUntil = new Date(testStart.getTime() + 30_000);
  const slots = [{ account: account.authId, host: new URL(catcher.url).host, most: 10 }];
  const taken = await leaseWebhooks(db, { now: testStart, leasedUntil, limit: 10, slots });
  assert.deepEqual(
    taken.map((call) => call.id),
    [id],
  );
  const before = catcher.calls.length;
  world = startWorld();
  await world.idle();
  await advance(29);
  assert.equal(catcher.calls.length, before);
  await advance(1);
  assert.equal(catcher.calls.length, before + 1);
  assert.equal((await logged(id)).outcome, 'delivered');
});

test('two processes make each call once', async () => {
  const other = startWorld();
  await enqueue({}, 300);
  other.worker.wake();
  await Promise.all([world.idle(), other.idle()]);
  await advance(1);
  assert.equal(catcher.calls.length, 300);
  await other.stop();
});

test('a process that has lost a call to another records no outcome', async () => {
  catcher.answer = 'held';
  const id = await enqueue({ kind: 'inbound' });
  const call = await catcher.next();
  await db.query('update webhook_calls set leased_until = $1', [new Date(testStart.getTime() + 99_000)]);
  call.release({ status: 200 });
  await world.idle();
  assert.deepEqual([(await logged(id)).outcome, world.delivered, world.counted], ['pending', [], []]);
});

test('a handler that fails leaves its call to be made again, and those beside it delivered', async () => {
  await world.stop();
  world = startWorld({
    inbound: {
      async delivered(_tx, calls) {
        if (calls.some(({ call }) => call.url.endsWith('/bad'))) throw new Error('no');
      },
      async failed() {},
    },
  });
  const bad = await enqueue({ kind: 'inbound', url: `${catcher.url}/bad` });
  const good = await enqueue({ kind: 'inbound' });
  await world.idle();
  assert.deepEqual([(await logged(bad)).outcome, (await logged(good)).outcome], ['pending', 'delivered']);
  await advance(30);
  assert.equal(catcher.calls.filter(({ url }) => url.endsWith('/bad')).length, 2);
});

test('private fields are blank once the call is done, and not before', async () => {
  catcher.answer = { status: 500, body: 'you said hello' };
  const id = await enqueue({ isPrivate: true });
  await world.idle();
  assert.notEqual((await logged(id)).parameters, null);
  catcher.answer = { status: 200, body: 'you said hello' };
  await advance(60);
  const { parameters, outcome, log } = await logged(id);
  assert.deepEqual([parameters, outcome, log.map(({ answer }) => answer)], [null, 'delivered', [null, null]]);
});

test('the call of an account that is gone has failed', async () => {
  await world.stop();
  await db.transaction((tx) => deleteAccount(tx, subaccount.authId));
  world = startWorld();
  const id = await enqueue({ accountId: subaccount.authId });
  await world.idle();
  const { outcome, log } = await logged(id);
  assert.deepEqual([outcome, log[0]?.error, catcher.calls.length], ['failed', 'the account is gone', 0]);
});

test('a token that cannot be decrypted fails the calls that it signs, and no others', async () => {
  await world.stop();
  await db.query("update auth_tokens set encrypted_token = '\\x00' where auth_id = $1", [subaccount.authId]);
  const damaged = await enqueue({ accountId: subaccount.authId });
  const whole = await enqueue();
  world = startWorld();
  await world.idle();
  const { outcome, log } = await logged(damaged);
  assert.deepEqual([outcome, log[0]?.error], ['failed', 'the token that signs it cannot be decrypted']);
  assert.equal((await logged(whole)).outcome, 'delivered');
});

test('a URL that is none has failed, and nothing is sent to a network that is not open', async () => {
  const none = await enqueue({ url: 'ftp://example.com/' });
  const broken = await enqueue({ url: 'http://[/' });
  const inside = await enqueue({ url: 'http://10.0.0.1/' });
  await world.idle();
  for (const id of [none, broken]) {
    const { outcome, log } = await logged(id);
    assert.deepEqual([outcome, log[0]?.error], ['failed', 'the URL is not an http or https URL']);
  }
  const { outcome, log } = await logged(inside);
  assert.deepEqual([outcome, log[0]?.error], ['pending', 'address 10.0.0.1 is in a private network']);
  assert.deepEqual(world.counted.toSorted(), ['status failed', 'status failed', 'status retried']);
});

test('a stop gives back what waits and ends what is under way', async () => {
  catcher.answer = 'held';
  await enqueue({}, 15);
  const held = [];
  for (let count = 0; count < 10; count++) held.push(await catcher.next());
  const stopping = world.stop();
  for (const call of held) call.release({ status: 200 });
  await stopping;
  assert.deepEqual(await countOutcomes(), { delivered: 10, pending: 5 });
  const [row] = await db.query<{ count: number }>(
    'select count(*) as count from webhook_calls where leased_until is not null',
  );
  assert.equal(row?.count, 0);
  catcher.answer = { status: 200 };
  world = startWorld();
  await world.idle();
  assert.deepEqual(await countOutcomes(), { delivered: 15 });
});

test('a stop that ends the client gives back what is under way, which counts as no attempt', async () => {
  catcher.answer = 'held';
  const id = await enqueue();
  await catcher.next();
  const stopping = world.stop();
  await world.cutOff();
  await stopping;
  const { outcome, attempts, log } = await logged(id);
  assert.deepEqual([outcome, attempts, log], ['pending', 0, []]);
  catcher.answer = { status: 200 };
  world = startWorld();
  await world.idle();
  assert.equal((await logged(id)).outcome, 'delivered');
});

test('of the attempts the last ten are kept', async () => {
  catcher.answer = { status: 500 };
  const id = await enqueue();
  await world.idle();
  for (let round = 0; round < 11; round++) {
    await db.query('update webhook_calls set attempts = 0, next_at = $1', [clock.now()]);
    world.worker.wake();
    await world.idle();
  }
  const { log } = await logged(id);
  assert.equal(catcher.calls.length, 12);
  assert.deepEqual(
    log.map(({ nonce }) => nonce),
    catcher.calls.slice(2).map(({ headers }) => headers['x-plivo-signature-v3-nonce']),
  );
});

test('calls that are done are deleted a week and the time of a partition later, the oldest first; what is still to be made is not', async () => {
  const ids = [await enqueue(), await enqueue(), await enqueue()];
  await world.idle();
  catcher.answer = { status: 500 };
  const waiting = await enqueue();
  await world.idle();
  const keptUntil = daysAfter(testStart, 7 + webhookTable.days);
  assert.equal(await deleteOldWebhooks(db, keptUntil, 10), 0);
  const later = new Date(keptUntil.getTime() + 1);
  assert.equal(await deleteOldWebhooks(db, later, 2), 2);
  assert.equal(await deleteOldWebhooks(db, later, 2), 1);
  for (const id of ids) assert.equal(await getWebhook(db, scope, id), undefined);
  assert.equal((await logged(waiting)).outcome, 'pending');
});

test('a call that has been due for too long fails, with an entry in its log, and its handler is called', async () => {
  const { notifier, failed } = world;
  await world.stop();
  const ids = [await enqueue({ kind: 'inbound' }), await enqueue({ kind: 'inbound' }), await enqueue()];
  const handlers: WebhookHandlers = {
    inbound: {
      delivered: async () => assert.fail(),
      failed: async (_tx, calls) => void failed.push(...calls),
    },
  };
  const later = new Date(testStart.getTime() + 1);
  const giveUp = (dueBefore: Date) => giveUpWebhooks({ db, handlers, notifier }, later, dueBefore, 2);
  assert.equal(await giveUp(new Date(testStart.getTime() - 1)), 0);
  assert.deepEqual([await giveUp(later), await giveUp(later), await giveUp(later)], [2, 1, 0]);
  for (const id of ids) {
    const { outcome, nextAt, log } = await logged(id);
    assert.deepEqual(
      [outcome, nextAt, log.map(({ error, nonce }) => [error, nonce])],
      ['failed', null, [['the server did not come to call it for days, or its URL was paused', null]]],
    );
  }
  assert.deepEqual(
    failed.map(({ call, status }) => [call.id, status]),
    ids
      .slice(0, 2)
      .sort()
      .map((id) => [id, null]),
  );
  assert.equal(catcher.calls.length, 0);
});

test('a call under way is not given up', async () => {
  catcher.answer = 'held';
  const id = await enqueue();
  const call = await catcher.next();
  const later = new Date(testStart.getTime() + 1);
  const handlers = { inbound: { delivered: async () => {}, failed: async () => {} } };
  assert.equal(await giveUpWebhooks({ db, handlers, notifier: world.notifier }, later, later, 10), 0);
  call.release({ status: 200 });
  await world.idle();
  assert.equal((await logged(id)).outcome, 'delivered');
});
