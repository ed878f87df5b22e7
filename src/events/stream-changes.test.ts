// How long a stream lasts: its heartbeats, the credentials that it was asked for with, its end.
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
import { ChangeLogs } from './change-logs.ts';
import { Notifier } from './notifier.ts';
import { streamChanges } from './stream-changes.ts';
import { changesToWire } from './wire.ts';

const heartbeatMs = 15_000;

const randomBytes = repeatableBytes(1);
const encrypter = makeEncrypter(new Uint8Array(32).fill(7), randomBytes);

let db: Db;
let clock: VirtualClock;
let notifier: Notifier;
let feeds: ChangeLogs;
before(async () => {
  db = await openTestDatabase();
});
beforeEach(() => {
  clock = frozenClock();
  notifier = new Notifier();
  feeds = new ChangeLogs(notifier, clock, 'process');
});
after(() => db.close());

const accountFactory = () => ({ db, encrypter, randomBytes, now: clock.now() });
const makeAccount = (mainId: string | null = null) =>
  createAccount(accountFactory(), { mainId, name: 'Test', enabled: true });

/** What came of a stream. */
interface Opened {
  readonly written: string[];
  isEnded: boolean;
  readonly close: () => void;
  /** Turns the time on; whatever look at the credentials this causes is over then. */
  advance(ms: number): Promise<void>;
}

/** Opens a stream whose credentials are looked at by `isStillAuthorised`. */
async function openStream(accountId: string, isStillAuthorised: () => Promise<boolean>): Promise<Opened> {
  const watched = { mainId: accountId, subaccountId: undefined, callerId: accountId };
  const watch = feeds.watch(watched, undefined) ?? assert.fail('too many');
  const looks = new Set<Promise<boolean>>();
  const look = () => {
    const looking = isStillAuthorised();
    looks.add(looking);
    return looking;
  };
  const stream = streamChanges(watch, { timers: clock, toData: changesToWire, isStillAuthorised: look });
  const written: string[] = [];
  const sink = {
    write: (text: string) => void written.push(text),
    end() {
      opened.isEnded = true;
    },
  };
  const idle = async () => {
    await Promise.all(looks);
    // What follows a look has happened by the next turn.
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
  const claim = { credentials, accountId: credentials.authId, address: '127.0.0.1' };
  return openStream(credentials.authId, () => isStillAuthorised(claim));
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

test('who is sent away is told nothing more, and leaves a place', async () => {
  let isLetIn = true;
  const stream = await openStream('MAIN', async () => isLetIn);
  isLetIn = false;
  notifier.announce({ mainId: 'MAIN', subaccountId: undefined, topics: ['account'], messageIds: undefined });
  // Well before changes are told: they are gathered for 20 milliseconds.
  await stream.advance(0);
  assert.equal(stream.isEnded, true);
  await stream.advance(heartbeatMs);
  assert.equal(stream.written.length, 1);
  for (let count = 0; count < 20; count++) await openStream('MAIN', async () => true);
});

test('changes during a look cause one more look after it, which counts', async () => {
  const answers: ((isLetIn: boolean) => void)[] = [];
  const watched = { mainId: 'MAIN', subaccountId: undefined, callerId: 'MAIN' };
  const watch = feeds.watch(watched, undefined) ?? assert.fail('too many');
  const isStillAuthorised = () => new Promise<boolean>((resolve) => answers.push(resolve));
  let isEnded = false;
  const end = () => {
    isEnded = true;
  };
  streamChanges(watch, { timers: clock, toData: changesToWire, isStillAuthorised })({ write: () => {}, end });
  for (let count = 0; count < 3; count++) {
    notifier.announce({ mainId: 'MAIN', subaccountId: 'PART', topics: ['account'], messageIds: undefined });
  }
  assert.equal(answers.length, 1);
  answers[0]?.(true);
  await new Promise(setImmediate);
  assert.deepEqual([answers.length, isEnded], [2, false]);
  answers[1]?.(false);
  await new Promise(setImmediate);
  assert.deepEqual([answers.length, isEnded], [2, true]);
});

test('a stream that the client left is looked after no more', async () => {
  let looks = 0;
  const stream = await openStream('MAIN', async () => {
    looks += 1;
    return true;
  });
  stream.close();
  notifier.announce({ mainId: 'MAIN', subaccountId: undefined, topics: ['account'], messageIds: undefined });
  await stream.advance(60_000);
  assert.equal(looks, 1);
});
