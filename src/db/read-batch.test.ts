// Batches of point reads: which reads share a query, which must not, and which fail with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchReads } from './read-batch.ts';

interface Query {
  keys: number[];
  answer: () => void;
  fail: (error: Error) => void;
}

/** Makes a reader of `#<key>` for even keys, whose queries stay under way until the test answers them. */
function heldReader() {
  const queries: Query[] = [];
  const read = batchReads<number, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        queries.push({
          keys,
          answer: () =>
            resolve(new Map(keys.filter((key) => key % 2 === 0).map((key) => [`${key}`, `#${key}`]))),
          fail: reject,
        });
      }),
    String,
  );
  return { read, queries, sent: () => queries.map(({ keys }) => keys) };
}

/** Waits until all callbacks that are ready have run. */
const runReady = () => new Promise((resolve) => setImmediate(resolve));

test('reads asked in one go are one query, and each gets its own row or undefined', async () => {
  const { read, queries, sent } = heldReader();
  const rows = Promise.all([read(2), read(3), read(4)]);
  await runReady();
  assert.deepEqual(sent(), [[2, 3, 4]]);
  queries[0]?.answer();
  assert.deepEqual(await rows, ['#2', undefined, '#4']);
});

test('the same key asked twice before its query is sent is asked once', async () => {
  const { read, queries, sent } = heldReader();
  const rows = Promise.all([read(2), read(2)]);
  await runReady();
  queries[0]?.answer();
  assert.deepEqual(await rows, ['#2', '#2']);
  assert.deepEqual(sent(), [[2]]);
});

test('a read never joins a query that was sent, even for the same key: it must see later writes', async () => {
  const { read, sent } = heldReader();
  void read(2);
  await runReady();
  void read(2);
  await runReady();
  assert.deepEqual(sent(), [[2], [2]]);
});

test('two queries are under way at most; reads asked meanwhile form the next one', async () => {
  const { read, queries, sent } = heldReader();
  for (const key of [1, 2, 3, 4, 5]) {
    void read(key);
    await runReady();
  }
  assert.deepEqual(sent(), [[1], [2]]);
  queries[1]?.answer();
  await runReady();
  assert.deepEqual(sent(), [[1], [2], [3, 4, 5]]);
  void read(6);
  await runReady();
  assert.equal(queries.length, 3, 'two are under way again');
  queries[0]?.answer();
  await runReady();
  assert.deepEqual(sent().at(-1), [6]);
});

test('a query takes 500 keys at most', async () => {
  const { read, queries, sent } = heldReader();
  const rows = Promise.all(Array.from({ length: 1100 }, (_, key) => read(key)));
  await runReady();
  assert.deepEqual(
    sent().map((keys) => keys.length),
    [500, 500],
  );
  queries[0]?.answer();
  queries[1]?.answer();
  await runReady();
  assert.equal(sent()[2]?.length, 100);
  queries[2]?.answer();
  assert.equal((await rows)[1098], '#1098');
});

test('a query that fails fails only its readers, and reading goes on', async () => {
  const { read, queries } = heldReader();
  const failing = Promise.allSettled([read(2), read(2), read(4)]);
  await runReady();
  const later = read(6);
  await runReady();
  const fault = new Error('no connection');
  queries[0]?.fail(fault);
  queries[1]?.answer();
  assert.deepEqual(
    (await failing).map((result) => result.status === 'rejected' && result.reason),
    [fault, fault, fault],
  );
  assert.equal(await later, '#6');
  const afterwards = read(8);
  await runReady();
  queries[2]?.answer();
  assert.equal(await afterwards, '#8');
});

test('a loader that throws at once fails its readers too', async () => {
  const read = batchReads<number, string>(() => {
    throw new Error('broken');
  }, String);
  await assert.rejects(read(1), /broken/);
});
