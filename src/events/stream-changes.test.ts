// Streams of changes: their events, heartbeats, credentials and end.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { frozenClock, repeatableBytes } from '../../test/support/app.ts';
import { openTestDatabase } from '../../test/support/database.ts';
import { makeAuthenticator } from '../accounts/authenticate.ts';
import { createAccount, rotateToken } from '../accounts/create-account.ts';
import { getAccount, saveAccount } from '../accounts/store.ts';
import { makeEncrypter } from '../base/encrypt.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Db } from '../db/db.ts';
import type { Credentials } from '../http/basic-auth.ts';
import { heartbeatText } from '../http/event-stream.ts';
import { AccountWatchers } from './account-watchers.ts';
import { Notifier } from './notifier.ts';
import { streamChanges } from './stream-changes.ts';
import { changeToWire } from './wire.ts';

const heartbeatMs = 15_000;

const randomBytes = repeatableBytes(1);
const encrypter = makeEncrypter(new Uint8Array(32).fill(7), randomBytes);

let db: Db;
let clock: VirtualClock;
let notifier: Notifier;
let watchers: AccountWatchers;
before(async () => {
  db = await openTestDatabase();
});
beforeEach(() => {
  clock = frozenClock();
  notifier = new Notifier();
  watchers = new AccountWatchers(notifier, clock);
});
after(() => db.close());

const accountFactory = () => ({ db, encrypter, randomBytes, now: clock.now() });
const makeAccount = (mainId: string | null = null) =>
  createAccount(accountFactory(), { mainId, name: 'Test', enabled: true });

/** An open stream, and the texts that it wrote. */
interface Opened {
  readonly written: string[];
  isEnded: boolean;
  readonly close: () => void;
  /** Advances the time, and waits for the checks of credentials that this causes. */
  advance(ms: number): Promise<void>;
}

/** Opens a stream whose credentials `isStillAuthorised` checks. */
async function openStream(accountId: string, isStillAuthorised: () => Promise<boolean>): Promise<Opened> {
  const watched = { mainId: accountId, subaccountId: undefined, callerId: accountId };
  const watch = watchers.watch(watched) ?? assert.fail('too many');
  const checks = new Set<Promise<boolean>>();
  const check = () => {
    const checking = isStillAuthorised();
    checks.add(checking);
    return checking;
  };
  const stream = streamChanges(watch, {
    timers: clock,
    toData: changeToWire,
    isResumed: false,
    isStillAuthorised: check,
  });
  const written: string[] = [];
  const sink = {
    write: (text: string) => void written.push(text),
    end() {
      opened.isEnded = true;
    },
  };
  const idle = async () => {
    await Promise.all(checks);
    // The consequences of a check have happened by the next turn.
    await new Promise(setImmediate);
  };
  const opened: Opened = {
    written,
    isEnded: false,
    close: () => close(),
    advance: (ms) => clock.advance(ms, idle),
  };
  const close = stream(sink);
  await idle();
  return opened;
}

function openStreamAs(credentials: Credentials): Promise<Opened> {
  const { isStillAuthorised } = makeAuthenticator(db, clock.now, 20);
  const attempt = { credentials, accountId: credentials.authId, address: '127.0.0.1' };
  return openStream(credentials.authId, () => isStillAuthorised(attempt));
}

test('there is a heartbeat every 15 seconds, until the stream ends by itself after 15 minutes', async () => {
  const stream = await openStream('MAIN', async () => true);
  await stream.advance(15 * 60_000 - 1);
  assert.deepEqual([stream.written.slice(1), stream.isEnded], [Array(59).fill(heartbeatText), false]);
  await stream.advance(1);
  assert.equal(stream.isEnded, true);
});

test('a token that ended unannounced ends its stream at the next heartbeat', async () => {
  const credentials = await makeAccount();
  const stream = await openStreamAs(credentials);
  await stream.advance(heartbeatMs);
  await rotateToken(accountFactory(), credentials.authId, 0);
  await stream.advance(heartbeatMs - 1);
  assert.equal(stream.isEnded, false);
  await stream.advance(1);
  assert.equal(stream.isEnded, true);
});

test('a token with grace keeps its stream until the first heartbeat after it', async () => {
  const credentials = await makeAccount();
  const stream = await openStreamAs(credentials);
  await rotateToken(accountFactory(), credentials.authId, 20);
  await stream.advance(2 * heartbeatMs - 1);
  assert.equal(stream.isEnded, false);
  await stream.advance(1);
  assert.equal(stream.isEnded, true);
});

test('a subaccount whose main account was disabled keeps no stream', async () => {
  const main = await makeAccount();
  const stream = await openStreamAs(await makeAccount(main.authId));
  const account = (await getAccount(db, main.authId)) ?? assert.fail();
  await db.transaction((tx) => saveAccount(tx, { ...account, enabled: false }));
  await stream.advance(heartbeatMs);
  assert.equal(stream.isEnded, true);
});

test('credentials that ended before the watch began are noticed as it begins', async () => {
  const credentials = await makeAccount();
  await rotateToken(accountFactory(), credentials.authId, 0);
  const stream = await openStreamAs(credentials);
  assert.equal(stream.isEnded, true);
});

test('a stream that ends writes nothing more, and makes room', async () => {
  let isValid = true;
  const stream = await openStream('MAIN', async () => isValid);
  isValid = false;
  notifier.announce({ mainId: 'MAIN', subaccountId: undefined, topics: ['account'] });
  // Well before changes are written: they are gathered for 20 milliseconds.
  await stream.advance(0);
  assert.equal(stream.isEnded, true);
  await stream.advance(heartbeatMs);
  assert.equal(stream.written.length, 1);
  for (let count = 0; count < 20; count++) await openStream('MAIN', async () => true);
});

test('changes during a check cause one more check after it, which counts', async () => {
  const answers: ((isValid: boolean) => void)[] = [];
  const watched = { mainId: 'MAIN', subaccountId: undefined, callerId: 'MAIN' };
  const watch = watchers.watch(watched) ?? assert.fail('too many');
  const isStillAuthorised = () => new Promise<boolean>((resolve) => answers.push(resolve));
  let isEnded = false;
  const end = () => {
    isEnded = true;
  };
  streamChanges(watch, { timers: clock, toData: changeToWire, isResumed: false, isStillAuthorised })({
    write: () => {},
    end,
  });
  for (let count = 0; count < 3; count++) {
    notifier.announce({ mainId: 'MAIN', subaccountId: 'PART', topics: ['account'] });
  }
  assert.equal(answers.length, 1);
  answers[0]?.(true);
  await new Promise(setImmediate);
  assert.deepEqual([answers.length, isEnded], [2, false]);
  answers[1]?.(false);
  await new Promise(setImmediate);
  assert.deepEqual([answers.length, isEnded], [2, true]);
});

test('a stream that the client closed is checked no more', async () => {
  let checks = 0;
  const stream = await openStream('MAIN', async () => {
    checks += 1;
    return true;
  });
  stream.close();
  notifier.announce({ mainId: 'MAIN', subaccountId: undefined, topics: ['account'] });
  await stream.advance(60_000);
  assert.equal(checks, 1);
});
