// Reads that may lag: which server they go to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlightTracker } from '../../base/in-flight.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import type { Db } from '../db.ts';
import { ReadReplica } from './read-replica.ts';
import type { Replica } from './replica.ts';

const caughtUp = { is_standby: true, has_caught_up: true, replayed_ago_ms: 0 };
const behind = (ms: number) => ({ is_standby: true, has_caught_up: false, replayed_ago_ms: ms });
const never = new Promise<never>(() => {});

/** Makes a standby that says what a test lets it say, measured on a frozen clock. */
function makeWorld() {
  const clock = new VirtualClock(systemTimers, { at: new Date('2026-03-14T09:26:53Z'), isFrozen: true });
  const inFlight = new InFlightTracker();
  const world = { host: 'first', says: async (): Promise<object> => caughtUp };
  const told: boolean[] = [];
  const primary = { query: async () => [{ position: '0/1' }] } as unknown as Db;
  const standby = {
    query: async () => [await world.says()],
    close: async () => {},
    get host() {
      return world.host;
    },
  } as unknown as Replica;
  const replica = new ReadReplica({
    primary,
    replica: standby,
    maxLagMs: 2000,
    timers: clock,
    inFlight,
    onChange: (isUsed) => told.push(isUsed),
  });
  const nameOf = (db: Db) => (db === standby ? 'standby' : 'primary');
  return {
    replica,
    told,
    nameOf,
    read: () => replica.read(async (db) => nameOf(db)),
    idle: () => inFlight.idle(),
    /** Lets a second pass, after which the standby is measured again. */
    measure: async (says: () => Promise<object>) => {
      world.says = says;
      await clock.advance(1000, () => inFlight.idle());
    },
    replaceHost: () => {
      world.host = 'second';
    },
    pass: (ms: number) => clock.advance(ms, async () => {}),
    say: (says: () => Promise<object>) => {
      world.says = says;
    },
  };
}

test('reads go to the primary until the standby has been measured, and then to the standby', async () => {
  const { read, idle, told } = makeWorld();
  assert.equal(await read(), 'primary');
  await idle();
  assert.equal(await read(), 'standby');
  assert.deepEqual(told, [true]);
});

const unusable: [title: string, says: () => Promise<object>][] = [
  ['is too far behind', async () => behind(30_000)],
  ['has become the primary', async () => ({ ...caughtUp, is_standby: false })],
  ['does not answer', () => Promise.reject(new Error('ECONNREFUSED'))],
];

test('a standby that is a little behind is read from', async () => {
  const { read, idle, measure, replica } = makeWorld();
  await idle();
  await measure(async () => behind(700));
  assert.equal(await read(), 'standby');
  assert.deepEqual(replica.state, { isUsed: true, lagMs: 700 });
});

for (const [title, says] of unusable) {
  test(`a standby that ${title} is not read from, until it has caught up`, async () => {
    const { read, idle, measure, told, replica } = makeWorld();
    await idle();
    // What it had caught up with counts for the bound of two seconds.
    for (let second = 0; second < 3; second++) await measure(says);
    assert.equal(await read(), 'primary');
    await measure(async () => caughtUp);
    assert.equal(await read(), 'standby');
    assert.deepEqual(told, [true, false, true]);
    assert.deepEqual(replica.counts, { standby: 1, primary: 1 });
  });
}

test('a standby that replaces another one is not read from before it is measured, by what it has caught up with itself', async () => {
  const { replica, nameOf, read, idle, measure, replaceHost } = makeWorld();
  await idle();
  const meanwhile = await replica.read(async (db) => {
    replaceHost();
    return nameOf(db);
  });
  assert.equal(meanwhile, 'primary');
  assert.equal(await read(), 'primary');
  await measure(async () => behind(30_000));
  assert.equal(await read(), 'primary');
  await measure(async () => caughtUp);
  assert.equal(await read(), 'standby');
});

test('a standby that answers nothing is not read from after two seconds, and reads that wait for it go to the primary', async () => {
  const { replica, idle, nameOf, say, pass } = makeWorld();
  await idle();
  const waiting = replica.read(async (db) => (nameOf(db) === 'standby' ? never : nameOf(db)));
  say(() => never);
  await pass(1000);
  await pass(2000);
  assert.equal(await waiting, 'primary');
  assert.deepEqual(replica.state, { isUsed: false, lagMs: undefined });
});

test('a read that fails on the standby is answered by the primary', async () => {
  const { replica, idle, nameOf } = makeWorld();
  await idle();
  const answer = await replica.read(async (db) => {
    if (nameOf(db) === 'standby') throw new Error('canceling statement due to conflict with recovery');
    return nameOf(db);
  });
  assert.equal(answer, 'primary');
});

test('a read that fails on both fails with the error of the primary', async () => {
  const { replica, idle, nameOf } = makeWorld();
  await idle();
  const reading = replica.read(async (db) => {
    throw new Error(nameOf(db));
  });
  await assert.rejects(reading, /^Error: primary$/);
});
