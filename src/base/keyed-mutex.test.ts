// The keyed mutex: order, independence of keys, and timeouts.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { KeyedMutex, MutexTimeout } from './keyed-mutex.ts';
import { systemTimers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';

const waitMs = 1000;

let clock: VirtualClock;
let mutex: KeyedMutex;
/** Labels of the work that has begun, in that order. */
let begun: string[];
beforeEach(() => {
  clock = new VirtualClock(systemTimers);
  clock.freeze();
  mutex = new KeyedMutex();
  begun = [];
});

/** Waits until all callbacks that are ready have run. */
const runReady = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Asks for the lock on `name`; it is held until it is ended. */
function ask(name: string, label: string) {
  let end: () => void = assert.fail;
  let fail: (error: Error) => void = assert.fail;
  const work = () => {
    begun.push(label);
    return new Promise<string>((resolve, reject) => {
      end = () => resolve(label);
      fail = reject;
    });
  };
  const result = mutex.run(name, clock, waitMs, work);
  return { result, end: () => end(), fail: (error: Error) => fail(error) };
}

test('one at a time for each key, in the order of asking; other keys run at once', async () => {
  const [first, second] = [ask('a', 'first'), ask('a', 'second')];
  ask('a', 'third');
  ask('b', 'other');
  await runReady();
  assert.deepEqual(begun, ['first', 'other']);
  first.end();
  assert.equal(await first.result, 'first');
  await runReady();
  assert.deepEqual(begun, ['first', 'other', 'second']);
  second.fail(new Error('no'));
  await assert.rejects(second.result, /^Error: no$/);
  await runReady();
  assert.deepEqual(begun, ['first', 'other', 'second', 'third']);
});

test('a waiter that times out fails, and those behind it still run', async () => {
  const [first, late] = [ask('a', 'first'), ask('a', 'late')];
  await runReady();
  await clock.advance(waitMs - 1, runReady);
  const patient = ask('a', 'patient');
  const missed = assert.rejects(late.result, MutexTimeout);
  await clock.advance(1, runReady);
  await missed;
  first.end();
  await runReady();
  assert.deepEqual(begun, ['first', 'patient']);
  patient.end();
  assert.equal(await patient.result, 'patient');
});

test('once all have ended, the next one runs at once', async () => {
  const first = ask('a', 'first');
  await runReady();
  first.end();
  await first.result;
  ask('a', 'next');
  await runReady();
  assert.deepEqual(begun, ['first', 'next']);
});
