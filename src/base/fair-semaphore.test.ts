// The fair semaphore: how much work runs at once, and the order of owners.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairSemaphore } from './fair-semaphore.ts';

/** Waits until all callbacks that are ready have run. */
const runReady = () => new Promise((resolve) => setImmediate(resolve));

test('runs so many at once, then owners in turn; failed work frees its slot as well', async () => {
  const semaphore = new FairSemaphore(2);
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const use = (name: string) =>
    semaphore.run(name.charAt(0), 1, () => {
      begun.push(name);
      return new Promise<void>((done, fail) => ends.set(name, { done, fail }));
    });
  const failing = assert.rejects(use('a1'), /^Error: no$/);
  const others = ['a2', 'a3', 'a4', 'b1'].map(use);
  await runReady();
  assert.deepEqual(begun, ['a1', 'a2']);
  ends.get('a1')?.fail(new Error('no'));
  await failing;
  await runReady();
  assert.deepEqual(begun, ['a1', 'a2', 'a3']);
  ends.get('a2')?.done();
  await runReady();
  assert.deepEqual(begun, ['a1', 'a2', 'a3', 'b1'], 'before the fourth of who has had three');
  for (const name of ['a3', 'b1', 'a4']) {
    ends.get(name)?.done();
    await runReady();
  }
  assert.equal((await Promise.all(others)).length, 4);
});

test('an owner has no more at once than one may have, and others start beside it', async () => {
  const semaphore = new FairSemaphore(3, 2);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const use = (name: string) =>
    semaphore.run(name.charAt(0), 1, () => {
      begun.push(name);
      return new Promise<void>((done) => ends.set(name, done));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await runReady();
  };
  const all = ['a1', 'a2', 'a3', 'b1', 'b2'].map(use);
  await runReady();
  assert.deepEqual(begun, ['a1', 'a2', 'b1']);
  await end('b1');
  assert.deepEqual(begun, ['a1', 'a2', 'b1', 'b2'], 'a has two already');
  await end('a1');
  assert.deepEqual(begun, ['a1', 'a2', 'b1', 'b2', 'a3']);
  for (const name of ['a2', 'a3', 'b2']) await end(name);
  await Promise.all(all);
});
