// The loop of a worker: when it looks, how it is woken, and how it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlightTracker } from './in-flight.ts';
import { systemTimers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';
import { startWorker } from './worker.ts';

const start = new Date('2026-03-14T09:26:53.589Z');

/** Starts a worker on a frozen clock that records the times of its rounds, in milliseconds since the start. */
function startOn(round: (roundedAtMs: number) => Promise<number | undefined>) {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  clock.set(start);
  const inFlight = new InFlightTracker();
  const rounds: number[] = [];
  const errors: unknown[] = [];
  const worker = startWorker({
    timers: clock,
    inFlight,
    lookEveryMs: 1000,
    onError: (error) => errors.push(error),
    async round() {
      const atMs = clock.now().getTime() - start.getTime();
      rounds.push(atMs);
      const nextMs = await round(atMs);
      return nextMs === undefined ? undefined : new Date(start.getTime() + nextMs);
    },
  });
  const advance = (durationMs: number) => clock.advance(durationMs, () => inFlight.idle());
  return { worker, rounds, errors, advance, idle: () => inFlight.idle() };
}

const nothing = async () => undefined;

test('it looks at once, and regularly', async () => {
  const { rounds, advance, worker } = startOn(nothing);
  await advance(1000);
  await advance(1000);
  assert.deepEqual(rounds, [0, 1000, 2000]);
  await worker.stop();
});

for (const nextMs of [400, 1000, 4000]) {
  test(`a time ${nextMs} ms ahead is not skipped when the clock advances far beyond it`, async () => {
    const { rounds, advance, worker } = startOn(async (atMs) => (atMs === 0 ? nextMs : undefined));
    await advance(3_600_000);
    assert.deepEqual(rounds.slice(0, 2), [0, nextMs]);
    await worker.stop();
  });
}

test('a time far ahead does not keep it from looking meanwhile', async () => {
  const { rounds, advance, worker } = startOn(async () => 4000);
  await advance(1000);
  assert.deepEqual(rounds, [0, 1000]);
  await worker.stop();
});

test('a worker woken during a round does one more round, however often it was woken', async () => {
  let release = () => {};
  const { worker, rounds, idle } = startOn(async () => {
    if (rounds.length === 1) await new Promise<void>((resolve) => (release = resolve));
    return undefined;
  });
  worker.wake();
  worker.wake();
  release();
  await idle();
  assert.equal(rounds.length, 2);
  await worker.stop();
});

test('a round that fails is reported, and the next look tries again', async () => {
  const { worker, rounds, errors, advance } = startOn(async (atMs) => {
    if (atMs === 0) throw new Error('the database is away');
    return undefined;
  });
  await advance(1000);
  assert.deepEqual(rounds, [0, 1000]);
  assert.equal(errors.length, 1);
  await worker.stop();
});

test('a stop waits for the running round, and nothing wakes the worker afterwards', async () => {
  let release = () => {};
  const { worker, rounds, advance } = startOn(
    () => new Promise((resolve) => (release = () => resolve(undefined))),
  );
  let hasStopped = false;
  const stopped = worker.stop().then(() => {
    hasStopped = true;
  });
  await new Promise(setImmediate);
  assert.equal(hasStopped, false);
  release();
  await stopped;
  worker.wake();
  await advance(10_000);
  assert.deepEqual(rounds, [0]);
});

test('it wakes at the earliest of the moments that it is given, and at the next one when it is given again', async () => {
  const { rounds, advance, worker } = startOn(nothing);
  const at = (ms: number) => new Date(start.getTime() + ms);
  worker.wakeAt(at(700));
  worker.wakeAt(at(300));
  worker.wakeAt(at(900));
  await advance(500);
  worker.wakeAt(at(600));
  await advance(100);
  assert.deepEqual(rounds, [0, 300, 600]);
  worker.wakeAt(at(650));
  await worker.stop();
  await advance(100);
  assert.deepEqual(rounds, [0, 300, 600]);
});
