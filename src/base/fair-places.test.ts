// Places: how many works are done at once, and whose turn it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairPlaces } from './fair-places.ts';

/** Lets everything run that waits for nothing but its turn. */
const recordResult = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once, then owners in turn; one that fails leaves its place as well', async () => {
  const places = new FairPlaces(2);
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const use = (name: string) =>
    places.use(name.charAt(0), 1, () => {
      begun.push(name);
      return new Promise<void>((done, fail) => ends.set(name, { done, fail }));
    });
  const failing = assert.rejects(use('a1'), /^Error: no$/);
  const others = ['a2', 'a3', 'a4', 'b1'].map(use);
  await recordResult();
  assert.deepEqual(begun, ['a1', 'a2']);
  ends.get('a1')?.fail(new Error('no'));
  await failing;
  await recordResult();
  assert.deepEqual(begun, ['a1', 'a2', 'a3']);
  ends.get('a2')?.done();
  await recordResult();
  assert.deepEqual(begun, ['a1', 'a2', 'a3', 'b1'], 'before the fourth of who has had three');
  for (const name of ['a3', 'b1', 'a4']) {
    ends.get(name)?.done();
    await recordResult();
  }
  assert.equal((await Promise.all(others)).length, 4);
});
