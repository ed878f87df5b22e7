// What is under way, and when nothing is any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlightTracker } from './in-flight.ts';

test('idle waits for all that is under way, and for what that begins', async () => {
  const inFlight = new InFlightTracker();
  const done: string[] = [];
  const work = inFlight.track(async () => {
    await new Promise(setImmediate);
    done.push('first');
    void inFlight.track(async () => {
      await new Promise(setImmediate);
      done.push('second');
    });
  });
  await inFlight.idle();
  assert.deepEqual(done, ['first', 'second']);
  await work;
});

test('work that fails has ended, and its failure is its caller’s', async () => {
  const inFlight = new InFlightTracker();
  const failing = inFlight.track(() => Promise.reject(new Error('no')));
  await assert.rejects(failing, /no/);
  await inFlight.idle();
});

test('idle resolves when nothing ever began', async () => {
  await new InFlightTracker().idle();
});
