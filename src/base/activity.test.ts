// What is under way, and when nothing is any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activity } from './activity.ts';

test('idle waits for all that is under way, and for what that begins', async () => {
  const activity = new Activity();
  const done: string[] = [];
  const work = activity.track(async () => {
    await new Promise(setImmediate);
    done.push('first');
    void activity.track(async () => {
      await new Promise(setImmediate);
      done.push('second');
    });
  });
  await activity.idle();
  assert.deepEqual(done, ['first', 'second']);
  await work;
});

test('work that fails has ended, and its failure is its caller’s', async () => {
  const activity = new Activity();
  const failing = activity.track(() => Promise.reject(new Error('no')));
  await assert.rejects(failing, /no/);
  await activity.idle();
});

test('idle resolves when nothing ever began', async () => {
  await new Activity().idle();
});
