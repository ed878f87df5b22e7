// Batches by key: which run side by side, and which wait.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { DatabaseUnavailable } from './unavailable.ts';
import { WritesApart } from './write-apart.ts';

/** Batches under way, by their items: each stays until it is ended. */
const underWay = new Map<string, { done: () => void; fail: (error: Error) => void }>();
let writes: WritesApart<string, string>;
beforeEach(() => {
  underWay.clear();
  writes = new WritesApart({
    keysAtOnce: 2,
    maxWeight: 100,
    ownerOf: (item) => item.charAt(0),
    weigh: (item) => Number(/\d+$/.exec(item)?.[0] ?? 1),
    write: (items) =>
      new Promise((resolve, reject) => {
        const name = items.join();
        const end = () => void underWay.delete(name);
        underWay.set(name, {
          done: () => {
            end();
            resolve(items.map((item) => `${item}!`));
          },
          fail: (error) => {
            end();
            reject(error);
          },
        });
      }),
  });
});

/** Waits until all callbacks that are ready have run. */
const runReady = () => new Promise((resolve) => setImmediate(resolve));
const names = () => [...underWay.keys()];

test('each key has its own batches, one at a time, and keys run side by side', async () => {
  const results = ['a', 'b', 'A'].map((item) => writes.write(item.toLowerCase(), item));
  await runReady();
  assert.deepEqual(names(), ['a,A', 'b']);
  const next = writes.write('a', 'next');
  await runReady();
  assert.deepEqual(names(), ['a,A', 'b']);
  underWay.get('a,A')?.done();
  await runReady();
  assert.deepEqual(names(), ['b', 'next']);
  underWay.get('b')?.done();
  underWay.get('next')?.done();
  assert.deepEqual(await Promise.all([...results, next]), ['a!', 'b!', 'A!', 'next!']);
});

test('only so many keys are written at once, and a key that fails frees its slot for the next', async () => {
  const failing = assert.rejects(writes.write('a', 'a'), /^Error: no$/);
  const others = ['b', 'c', 'd'].map((key) => writes.write(key, key));
  await runReady();
  assert.deepEqual(names(), ['a', 'b']);
  underWay.get('a')?.fail(new Error('no'));
  await failing;
  await runReady();
  assert.deepEqual(names(), ['b', 'c']);
  for (const key of ['b', 'c', 'd']) {
    underWay.get(key)?.done();
    await runReady();
  }
  assert.deepEqual(await Promise.all(others), ['b!', 'c!', 'd!']);
});

test('a key is listed until all of it is written', async () => {
  assert.equal(writes.has('a'), false);
  const written = writes.write('a', 'a');
  await runReady();
  assert.equal(writes.has('a'), true);
  underWay.get('a')?.done();
  await written;
  assert.equal(writes.has('a'), false);
});

test('all waiting items weigh 50,000 at most, whatever their keys', async () => {
  const first = writes.write('a', 'heavy 30000');
  const second = writes.write('b', 'heavy 20000');
  await assert.rejects(writes.write('c', 'light'), DatabaseUnavailable);
  await runReady();
  underWay.get('heavy 20000')?.done();
  await second;
  const third = writes.write('c', 'light');
  await runReady();
  underWay.get('heavy 30000')?.done();
  underWay.get('light')?.done();
  assert.deepEqual(await Promise.all([first, third]), ['heavy 30000!', 'light!']);
});
