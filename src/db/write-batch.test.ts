// Natural batches of writes: which items go together, in which order, and which fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatabaseUnavailable } from './unavailable.ts';
import { batchWrites, OwnerHasTooMuch, WaitingWrites, type WriteBatchOptions } from './write-batch.ts';

interface Batch {
  readonly items: readonly number[];
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * Makes a writer whose batches stay under way until the test ends them. The weight of an item is its value; odd ones have
 * another owner.
 */
function heldWriter(
  maxWeight = 100,
  batchesAtOnce = 1,
  waiting = new WaitingWrites(),
  coolDown?: WriteBatchOptions<number, string>['coolDown'],
) {
  const batches: Batch[] = [];
  const write = batchWrites<number, string>({
    waiting,
    ...(coolDown === undefined ? {} : { coolDown }),
    maxWeight,
    batchesAtOnce,
    weigh: (item) => item,
    ownerOf: (item) => (item % 2 === 0 ? 'even' : 'odd'),
    write: (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          done: () => resolve(items.map((item) => `#${item}`)),
          fail: reject,
        });
      }),
  });
  return { write, batches, written: () => batches.map(({ items }) => items) };
}

/** Waits until all callbacks that are ready have run. */
const runReady = () => new Promise((resolve) => setImmediate(resolve));

test('items of one turn form one batch, and each gets its own result', async () => {
  const { write, batches, written } = heldWriter();
  const results = Promise.all([write(1), write(2), write(3)]);
  await runReady();
  assert.deepEqual(written(), [[1, 2, 3]]);
  batches[0]?.done();
  assert.deepEqual(await results, ['#1', '#2', '#3']);
});

test('items that arrive while a batch is written form the next one, in the order of arrival', async () => {
  const { write, batches, written } = heldWriter();
  void write(1);
  await runReady();
  void write(2);
  await runReady();
  void write(3);
  await runReady();
  assert.deepEqual(written(), [[1]]);
  batches[0]?.done();
  await runReady();
  assert.deepEqual(written(), [[1], [2, 3]]);
});

test('so many batches are under way at once, and no more', async () => {
  const { write, batches, written } = heldWriter(100, 2);
  for (const item of [1, 2, 3, 4]) {
    void write(item);
    await runReady();
  }
  assert.deepEqual(written(), [[1], [2]]);
  batches[1]?.done();
  await runReady();
  assert.deepEqual(written(), [[1], [2], [3, 4]]);
});

test('a batch weighs no more than its limit; a heavier item goes alone', async () => {
  const { write, batches, written } = heldWriter(10);
  for (const item of [4, 6, 2, 24, 8]) void write(item);
  for (let batch = 0; batch < 4; batch++) {
    await runReady();
    batches[batch]?.done();
  }
  assert.deepEqual(written(), [[4, 6], [2], [24], [8]]);
});

test('one bad item fails alone: its neighbours are written, each again by itself', async () => {
  const attempts: (readonly number[])[] = [];
  const write = batchWrites<number, number>({
    maxWeight: 100,
    batchesAtOnce: 1,
    weigh: () => 1,
    ownerOf: () => 'one',
    async write(items) {
      attempts.push(items);
      if (items.includes(2)) throw new Error('two is bad');
      return items.map((item) => item * 10);
    },
  });
  const results = await Promise.allSettled([write(1), write(2), write(3)]);
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)),
    [10, 'two is bad', 30],
  );
  assert.deepEqual(attempts, [[1, 2, 3], [1], [2], [3]]);
});

test('after a failure writing goes on', async () => {
  const { write, batches } = heldWriter();
  const failing = write(1);
  await runReady();
  const next = write(2);
  batches[0]?.fail(new Error('no'));
  await assert.rejects(failing, /no/);
  await runReady();
  batches[1]?.done();
  assert.equal(await next, '#2');
  const last = write(3);
  await runReady();
  batches[2]?.done();
  assert.equal(await last, '#3');
});

test('when the database does not answer, nothing is written a second time', async () => {
  const { write, batches, written } = heldWriter();
  const results = Promise.allSettled([write(1), write(2)]);
  await runReady();
  batches[0]?.fail(new DatabaseUnavailable('the answer was lost'));
  assert.deepEqual(
    (await results).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(written(), [[1, 2]]);
});

test('waiting items weigh 50,000 at most; further ones are refused as database unavailable', async () => {
  const { write, batches } = heldWriter(50_000);
  const first = write(1);
  await runReady();
  const waiting = Promise.all(Array.from({ length: 49 }, () => write(1000)));
  await assert.rejects(write(1001), DatabaseUnavailable);
  const last = write(1000);
  await assert.rejects(write(1), DatabaseUnavailable);
  batches[0]?.done();
  await first;
  await runReady();
  // Items being written do not count as waiting.
  const next = write(50_000);
  batches[1]?.done();
  assert.equal((await waiting).length, 49);
  assert.equal(await last, '#1000');
  await runReady();
  batches[2]?.done();
  assert.equal(await next, '#50000');
});

test('owners take turns, so that one with few items does not wait for all the items of another', async () => {
  const { write, batches, written } = heldWriter(10);
  const first = write(8);
  await runReady();
  for (const item of [6, 6, 6, 6, 3]) void write(item);
  for (let batch = 0; batch < 5; batch++) {
    batches[batch]?.done();
    await runReady();
  }
  await first;
  assert.deepEqual(written(), [[8], [6, 3], [6], [6], [6]]);
});

test('an owner at its own limit is refused, and another is not', async () => {
  const { write, batches } = heldWriter(10, 1, new WaitingWrites(20));
  const first = write(10);
  await runReady();
  const waiting = [write(10), write(10)];
  await assert.rejects(write(2), OwnerHasTooMuch);
  const other = write(3);
  for (let batch = 0; batch < 4; batch++) {
    batches[batch]?.done();
    await runReady();
  }
  assert.deepEqual(await Promise.all([first, ...waiting, other]), ['#10', '#10', '#10', '#3']);
});

test('an owner is held back after a heavy batch as long as that took, while another writes', async () => {
  let nowMs = 0;
  const wakes: { readonly afterMs: number; readonly run: () => void }[] = [];
  const { batches, write, written } = heldWriter(100, 1, new WaitingWrites(), {
    fromWeight: 50,
    nowMs: () => nowMs,
    after(afterMs, run) {
      const wake = { afterMs, run };
      wakes.push(wake);
      return () => void wakes.splice(wakes.indexOf(wake), 1);
    },
  });
  const end = async (atMs: number) => {
    nowMs = atMs;
    batches.at(-1)?.done();
    await runReady();
  };
  void write(60);
  void write(62);
  await runReady();
  await end(10);
  assert.deepEqual(written(), [[60], [62]], 'alone nobody rests');
  void write(1);
  void write(64);
  await end(20);
  assert.deepEqual(written(), [[60], [62], [1, 64]]);
  void write(66);
  await end(100);
  assert.deepEqual(written(), [[60], [62], [1, 64]], 'it rests');
  assert.deepEqual(
    wakes.map(({ afterMs }) => afterMs),
    [80],
  );
  void write(3);
  await runReady();
  await end(105);
  assert.deepEqual(written().slice(3), [[3]], 'and others do not wait');
  nowMs = 180;
  wakes[0]?.run();
  await runReady();
  assert.deepEqual(written().slice(4), [[66]]);
  void write(68);
  await end(190);
  assert.deepEqual(written().slice(5), []);
  nowMs = 200;
  wakes[0]?.run();
  await runReady();
  assert.deepEqual(written().slice(5), [[68]]);
});
