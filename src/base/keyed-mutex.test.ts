// Who goes when, and who does not go at all.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { KeyedMutex, MutexTimeout } from './keyed-mutex.ts';
import { systemTimers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';

const waitMs = 1000;

let clock: VirtualClock;
let turns: KeyedMutex;
/** What has begun, in that order. */
let begun: string[];
beforeEach(() => {
  clock = new VirtualClock(systemTimers);
  clock.freeze();
  turns = new KeyedMutex();
  begun = [];
});

/** Lets everything run that waits for nothing but its turn. */
const recordResult = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Asks for a turn at `name`; it lasts until it is ended. */
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
  const result = turns.take(name, clock, waitMs, work);
  return { result, end: () => end(), fail: (error: Error) => fail(error) };
}

test('one at a time in the order asked, and whoever wants something else at once', async () => {
  const [first, second] = [ask('a', 'first'), ask('a', 'second')];
  ask('a', 'third');
  ask('b', 'other');
  await recordResult();
  assert.deepEqual(begun, ['first', 'other']);
  first.end();
  assert.equal(await first.result, 'first');
  await recordResult();
  assert.deepEqual(begun, ['first', 'other', 'second']);
  second.fail(new Error('no'));
  await assert.rejects(second.result, /^Error: no$/);
  await recordResult();
  assert.deepEqual(begun, ['first', 'other', 'second', 'third']);
});

test('whoever waits too long misses its turn, and those behind it do not', async () => {
  const [first, late] = [ask('a', 'first'), ask('a', 'late')];
  await recordResult();
  await clock.advance(waitMs - 1, recordResult);
  const patient = ask('a', 'patient');
  const missed = assert.rejects(late.result, MutexTimeout);
  await clock.advance(1, recordResult);
  await missed;
  first.end();
  await recordResult();
  assert.deepEqual(begun, ['first', 'patient']);
  patient.end();
  assert.equal(await patient.result, 'patient');
});

test('once all have ended, whoever comes goes at once', async () => {
  const first = ask('a', 'first');
  await recordResult();
  first.end();
  await first.result;
  ask('a', 'next');
  await recordResult();
  assert.deepEqual(begun, ['first', 'next']);
});
