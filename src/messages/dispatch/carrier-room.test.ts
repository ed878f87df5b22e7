// Which job may go to which carrier now, and how dispatch uses room up.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleCarrier, sampleJob } from '../../../test/support/carriers.ts';
import type { Carrier, CarrierStatus } from '../../carriers/carrier.ts';
import { CarrierRoom, type ReservedRoom } from './carrier-room.ts';

interface World {
  readonly room: CarrierRoom;
  readonly carriers: Map<string, Carrier>;
  /** Names of carriers that there are, wherever they run. */
  readonly known: Set<string>;
  /** Segments that each carrier takes. */
  readonly free: Record<string, number>;
  readonly states: Record<string, CarrierStatus['state']>;
  routes: readonly string[];
  /** Carriers that are up in another process. */
  readonly elsewhere: Set<string>;
  nowMs: number;
}

function makeWorld(...names: readonly string[]): World {
  const carriers = new Map(names.map((name) => [name, carrierOf(name)]));
  const world: World = {
    carriers,
    known: new Set(names),
    free: Object.fromEntries(names.map((name) => [name, 10])),
    states: Object.fromEntries(names.map((name) => [name, 'up'])),
    routes: names,
    elsewhere: new Set(),
    nowMs: 0,
    room: new CarrierRoom({
      carriers,
      carriersOf: () => world.routes,
      hasCarrier: (name) => world.known.has(name),
      isUpElsewhere: (name) => world.elsewhere.has(name),
      timers: { now: () => new Date(world.nowMs) },
    }),
  };
  function carrierOf(name: string) {
    return sampleCarrier({
      name,
      room: () => (world.states[name] === 'up' ? (world.free[name] ?? 0) : 0),
      status: () => ({ state: world.states[name] ?? 'down', room: 0, lastError: undefined, counts: {} }),
    });
  }
  return world;
}

const namesOf = (...given: readonly ReturnType<CarrierRoom['reserve']>[]) =>
  given.map((one) => (typeof one === 'string' ? one : one.carrier.name));

function roomOf(given: ReturnType<CarrierRoom['reserve']>): ReservedRoom {
  assert.ok(typeof given !== 'string', String(given));
  return given;
}

describe('one carrier', () => {
  test('takes as many segments as it has room for, and counts them itself once they are handed over', () => {
    const { room, free } = makeWorld('a');
    const [first, second] = [1, 2].map((number) => roomOf(room.reserve(sampleJob(number, { segments: 5 }))));
    assert.equal(room.hindranceOf(sampleJob(3)), 'noRoom');
    first?.handOver();
    free.a = 5;
    room.beginRound();
    assert.equal(room.hindranceOf(sampleJob(3)), 'noRoom', 'five are still setting out');
    second?.end();
    room.beginRound();
    assert.equal(room.hindranceOf(sampleJob(3)), undefined);
  });

  test('takes no more than its window while what it has answered is not stored', () => {
    const { room, free } = makeWorld('a');
    const first = roomOf(room.reserve(sampleJob(1, { segments: 10 })));
    first.handOver();
    free.a = 0;
    assert.equal(room.hindranceOf(sampleJob(2)), 'noRoom');
    first.answered();
    free.a = 10;
    room.beginRound();
    assert.equal(room.hindranceOf(sampleJob(2)), 'noRoom', 'a crash would have all of them submitted again');
    first.end();
    room.beginRound();
    assert.equal(room.hindranceOf(sampleJob(2)), undefined);
  });

  test('that is down takes nothing, and one that does not run here neither', () => {
    const world = makeWorld('a');
    world.states.a = 'down';
    assert.deepEqual(namesOf(world.room.reserve(sampleJob(1))), ['noRoom']);
    world.routes = ['unknown'];
    assert.deepEqual(namesOf(world.room.reserve(sampleJob(1))), ['noRoom']);
  });

  test('takes a message that is larger than its window alone, and nothing goes before it meanwhile', () => {
    const { room } = makeWorld('a');
    const small = roomOf(room.reserve(sampleJob(1, { queue: 'small' })));
    small.handOver();
    const large = sampleJob(1, { queue: 'large', segments: 12 });
    assert.equal(room.hindranceOf(large), 'noRoom');
    assert.equal(room.hindranceOf(sampleJob(2, { queue: 'small' })), 'noRoom');
    small.end();
    room.beginRound();
    assert.deepEqual(namesOf(room.reserve(large)), ['a']);
    assert.equal(room.hindranceOf(sampleJob(2, { queue: 'small' })), 'noRoom');
  });

  test('needs room only for the parts that it does not have yet', () => {
    const { room, free } = makeWorld('a');
    roomOf(room.reserve(sampleJob(1))).handOver();
    free.a = 2;
    const bound = { carrier: 'a', segments: 12 };
    assert.equal(room.hindranceOf(sampleJob(2, { ...bound, partsTaken: 9 })), 'noRoom');
    assert.equal(room.hindranceOf(sampleJob(2, { ...bound, partsTaken: 10 })), undefined);
  });

  test('that denies everything is asked with one message a time, a second later, two, four, at most a minute', () => {
    const world = makeWorld('a');
    const { room } = world;
    const [carrier = sampleCarrier()] = [roomOf(room.reserve(sampleJob(1)))].map((reserved) => {
      reserved.end();
      return reserved.carrier;
    });
    const backoffs = [];
    for (let time = 0; time < 8; time++) {
      room.backOff(carrier);
      room.backOff(carrier);
      const startMs = world.nowMs;
      while (room.hindranceOf(sampleJob(1)) !== undefined) world.nowMs += 500;
      backoffs.push(world.nowMs - startMs);
    }
    assert.deepEqual(backoffs, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    const probe = roomOf(room.reserve(sampleJob(1)));
    assert.equal(room.hindranceOf(sampleJob(2)), 'noRoom');
    room.endBackoff(carrier);
    probe.end();
    room.beginRound();
    assert.deepEqual(namesOf(room.reserve(sampleJob(1)), room.reserve(sampleJob(2))), ['a', 'a']);
  });
});

test('a carrier whose entry has changed is asked at once, whatever its backoff was, and has its whole room', () => {
  const { room, carriers } = makeWorld('a');
  const { carrier } = roomOf(room.reserve(sampleJob(1, { segments: 10 })));
  room.backOff(carrier);
  assert.equal(room.hindranceOf(sampleJob(2)), 'noRoom');
  carriers.set('a', { ...carrier });
  room.beginRound();
  assert.equal(room.hindranceOf(sampleJob(2)), undefined);
});

describe('several carriers', () => {
  test('without a route there is none', () => {
    const world = makeWorld('a');
    world.routes = [];
    assert.deepEqual(namesOf(world.room.reserve(sampleJob(1))), ['unrouted']);
  });

  for (const state of ['down', 'refused', 'draining'] as const) {
    test(`one that is ${state} is passed over`, () => {
      const world = makeWorld('a', 'b');
      world.states.a = state;
      assert.deepEqual(namesOf(world.room.reserve(sampleJob(1))), ['b']);
    });
  }

  test('one that denies everything is passed over', () => {
    const { room } = makeWorld('a', 'b');
    const reserved = roomOf(room.reserve(sampleJob(1)));
    reserved.end();
    room.backOff(reserved.carrier);
    assert.deepEqual(namesOf(room.reserve(sampleJob(1))), ['b']);
  });

  test('a full window is waited for', () => {
    const { room, free } = makeWorld('a', 'b');
    free.a = 0;
    assert.deepEqual(namesOf(room.reserve(sampleJob(1))), ['noRoom']);
  });

  for (const [what, given] of [
    ['may have been taken', { unknownAttempts: 1 }],
    ['was taken in part', { partsTaken: 1 }],
  ] as const) {
    test(`a message that ${what} stays with its carrier`, () => {
      const world = makeWorld('a', 'b');
      world.states.b = 'down';
      const job = sampleJob(1, { carrier: 'b', ...given });
      assert.deepEqual(namesOf(world.room.reserve(job)), ['noRoom']);
      world.routes = ['a'];
      assert.deepEqual(namesOf(world.room.reserve(job)), ['noRoom']);
      assert.deepEqual(namesOf(world.room.reserve(sampleJob(1, { carrier: 'b' }))), ['a']);
    });
  }
});

describe('a message goes to no carrier where', () => {
  for (const [what, given] of [
    ['the one that perhaps has it', { carrier: 'b', unknownAttempts: 1 }],
    ['the one that has parts of it', { carrier: 'b', partsTaken: 1 }],
    ['the one that it is a test of', { onlyCarrier: 'b' }],
  ] as const) {
    test(`${what} is gone`, () => {
      const { room, carriers, known, elsewhere } = makeWorld('a', 'b');
      const job = sampleJob(1, given);
      carriers.delete('b');
      assert.equal(room.reserve(job), 'noRoom', 'it is made anew');
      known.delete('b');
      elsewhere.add('b');
      room.beginRound();
      assert.equal(room.reserve(job), 'elsewhere', 'the end of its entry is not known there yet');
      elsewhere.delete('b');
      room.beginRound();
      assert.equal(room.reserve(job), 'gone');
      assert.equal(room.hindranceOf(job), undefined);
    });
  }
});

test('a test message goes to its carrier, whatever the routes say', () => {
  const { room } = makeWorld('a', 'b');
  assert.deepEqual(namesOf(room.reserve(sampleJob(1, { onlyCarrier: 'b' }))), ['b']);
});

describe('a link in another process', () => {
  const cases = [
    ['down here, and up there', { a: 'down' }, ['a'], ['a'], 'elsewhere'],
    ['refused here, and up there', { a: 'refused' }, ['a'], ['a'], 'elsewhere'],
    ['not here at all', {}, ['c'], ['c'], 'elsewhere'],
    ['up in both', {}, ['a'], ['a'], undefined],
    ['down in both', { a: 'down' }, ['a'], [], 'noRoom'],
    ['drained everywhere, which the other has not said yet', { a: 'draining' }, ['a'], ['a'], 'noRoom'],
    ['the first there, the second here', { a: 'down' }, ['a', 'b'], ['a'], 'elsewhere'],
    ['the first nowhere, the second there', { a: 'down', b: 'down' }, ['a', 'b'], ['b'], 'elsewhere'],
    ['the first here, the second there', { b: 'down' }, ['a', 'b'], ['b'], undefined],
  ] as const;
  for (const [title, states, routes, elsewhere, hindrance] of cases) {
    test(title, () => {
      const world = makeWorld('a', 'b');
      Object.assign(world.states, states);
      world.routes = routes;
      for (const name of elsewhere) world.elsewhere.add(name);
      assert.equal(world.room.hindranceOf(sampleJob(1)), hindrance);
    });
  }

  test('is looked at anew in each round', () => {
    const { room, states, elsewhere } = makeWorld('a');
    elsewhere.add('a');
    states.a = 'down';
    assert.equal(room.hindranceOf(sampleJob(1)), 'elsewhere');
    states.a = 'up';
    room.beginRound();
    assert.equal(room.hindranceOf(sampleJob(1)), undefined);
  });
});
