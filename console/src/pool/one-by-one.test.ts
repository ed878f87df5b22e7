// Many things, some at a time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneByOne, type Progress } from './one-by-one.ts';

const how = (more: object = {}) => ({
  atOnce: 2,
  isTooEarly: () => false,
  wait: async () => {},
  onProgress: () => {},
  signal: new AbortController().signal,
  ...more,
});

test('each item is done once, in order, as many together as allowed', async () => {
  const begun: number[] = [];
  let together = 0;
  let most = 0;
  const end = await oneByOne(
    [1, 2, 3, 4, 5],
    async (item) => {
      begun.push(item);
      together += 1;
      most = Math.max(most, together);
      await Promise.resolve();
      together -= 1;
    },
    how(),
  );
  assert.deepEqual([begun, most], [[1, 2, 3, 4, 5], 2]);
  assert.deepEqual(end, { total: 5, done: 5, failures: [] });
});

test('a failure is recorded and stops no other item', async () => {
  const recorded: Progress<string>[] = [];
  const act = async (item: string) => {
    if (item === 'b') throw new Error('taken');
  };
  const end = await oneByOne(
    ['a', 'b', 'c'],
    act,
    how({ onProgress: (one: Progress<string>) => recorded.push(one) }),
  );
  assert.deepEqual(end, { total: 3, done: 3, failures: [{ item: 'b', reason: 'taken' }] });
  assert.deepEqual(
    recorded.map(({ done }) => done),
    [1, 2, 3],
  );
});

test('a request that was too early is repeated after a wait', async () => {
  let attempts = 0;
  let waits = 0;
  const act = async () => {
    attempts += 1;
    if (attempts < 3) throw new Error('too many');
  };
  const end = await oneByOne(
    ['a'],
    act,
    how({
      isTooEarly: (error: Error) => error.message === 'too many',
      wait: async () => {
        waits += 1;
      },
    }),
  );
  assert.deepEqual([attempts, waits, end.failures], [3, 2, []]);
});

test('stopped, nothing more is begun, and what is under way ends', async () => {
  const ending = new AbortController();
  const done: number[] = [];
  const end = await oneByOne(
    [1, 2, 3, 4],
    async (item) => {
      if (item === 2) ending.abort();
      await Promise.resolve();
      done.push(item);
    },
    how({ signal: ending.signal }),
  );
  assert.deepEqual([done, end.done], [[1, 2], 2]);
});
