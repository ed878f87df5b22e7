// The in-flight tracker: counts running work, and resolves when none is left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlightTracker } from './in-flight.ts';

test('idle waits for all running work, and for work that it starts', async () => {
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

test('failed work has ended, and its error goes to its caller', async () => {
  const inFlight = new InFlightTracker();
  const failing = inFlight.track(() => Promise.reject(new Error('no')));
  await assert.rejects(failing, /no/);
  await inFlight.idle();
});

test('idle resolves when no work ever began', async () => {
  await new InFlightTracker().idle();
});
