// The fair queue: the order of owners, and that no owner waits for all the items of another.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FairQueue, WaitingWeights } from './fair-queue.ts';

/** Adds items written as their owner, optionally with a weight: "a" weighs 1, "b7" weighs 7. */
function queueOf(...items: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const item of items) queue.add(item.charAt(0), item, Number(item.slice(1) || 1));
  return queue;
}

function batches(queue: FairQueue<string>, maxWeight: number): string[] {
  const taken: string[] = [];
  while (!queue.isEmpty) taken.push(queue.takeBatch(maxWeight).join(' '));
  return taken;
}

describe('batches of waiting items', () => {
  const cases: readonly [title: string, items: string, maxWeight: number, batches: readonly string[]][] = [
    ['nothing', '', 10, []],
    ['one owner is served in its order, as much as fits', 'a4 a6 a1 a9', 10, ['a4 a6', 'a1 a9']],
    ['what is heavier than a batch goes alone', 'a2 a25 a3', 10, ['a2', 'a25', 'a3']],
    ['owners take turns, whoever came first', 'a a a a b b', 4, ['a b a b', 'a a']],
    ['by weight and not by items', 'a3 a3 b b b b', 6, ['a3 b b b', 'a3 b']],
    ['who has little waits for one item of who has much', 'a8 a8 a8 b', 8, ['a8', 'b', 'a8', 'a8']],
    ['what fits goes by what does not, once', 'a6 b6 c2 c2', 8, ['a6 c2', 'b6 c2']],
    ['three have a third each', 'a a a a b b b b c c c c', 6, ['a b c a b c', 'a b c a b c']],
  ];
  for (const [title, items, maxWeight, expected] of cases) {
    test(title, () => {
      assert.deepEqual(batches(queueOf(...items.split(' ').filter(Boolean)), maxWeight), expected);
    });
  }
});

test('an owner that arrives later starts level with the others, and gains nothing by having been away', () => {
  const queue = queueOf('a', 'a', 'a', 'a', 'a', 'a');
  assert.deepEqual(queue.takeBatch(3), ['a', 'a', 'a']);
  for (let item = 0; item < 3; item++) queue.add('b', 'b', 1);
  assert.deepEqual(queue.takeBatch(6), ['b', 'a', 'b', 'a', 'b', 'a']);
});

test('an owner that was served much and returns at once keeps its place behind the others', () => {
  const queue = queueOf('a9', 'b', 'b', 'b', 'b');
  assert.deepEqual(queue.takeBatch(9), ['a9']);
  queue.add('a', 'a9', 9);
  assert.deepEqual(queue.takeBatch(9), ['b', 'b', 'b', 'b']);
});

/** An event of a queue: an owner's item arrives, or a batch is taken. */
interface Arrival {
  readonly owner: string;
  readonly weight: number;
}
const arrival: fc.Arbitrary<Arrival> = fc.record({
  owner: fc.constantFrom('a', 'b', 'c', 'd'),
  weight: fc.integer({ min: 1, max: 30 }),
});
const happenings = fc.array(fc.oneof({ weight: 4, arbitrary: arrival }, fc.constant('take' as const)), {
  maxLength: 200,
});
const maxWeight = 20;

interface Served extends Arrival {
  readonly number: number;
  /** How many items in all had been served when it arrived. */
  readonly servedBefore: number;
}

/** Runs the events, then takes what is left; returns the served items in order, and the batches. */
function run(events: readonly (Arrival | 'take')[]) {
  const queue = new FairQueue<Served>();
  const served: Served[] = [];
  const taken: Served[][] = [];
  let number = 0;
  const take = () => {
    const batch = queue.takeBatch(maxWeight);
    taken.push(batch);
    served.push(...batch);
  };
  for (const step of events) {
    if (step === 'take') take();
    else {
      number += 1;
      queue.add(step.owner, { ...step, number, servedBefore: served.length }, step.weight);
    }
  }
  while (!queue.isEmpty) take();
  return { served, taken, count: number };
}

const weightOf = (items: readonly Served[]) => items.reduce((sum, { weight }) => sum + weight, 0);

test("each item is served once, each owner's in order, and no batch is too heavy", () => {
  fc.assert(
    fc.property(happenings, (events) => {
      const { served, taken, count } = run(events);
      assert.equal(new Set(served.map(({ number }) => number)).size, count);
      assert.equal(served.length, count);
      for (const owner of 'abcd') {
        const numbers = served.filter((item) => item.owner === owner).map(({ number }) => number);
        assert.deepEqual(
          numbers,
          numbers.toSorted((one, other) => one - other),
        );
      }
      for (const batch of taken) assert.ok(batch.length <= 1 || weightOf(batch) <= maxWeight);
    }),
  );
});

test('an owner waits for no more of another than it is served itself, one item and the rest of a batch', () => {
  fc.assert(
    fc.property(happenings, (events) => {
      const { served } = run(events);
      served.forEach((item, index) => {
        const meanwhile = served.slice(item.servedBefore, index);
        const own = weightOf(meanwhile.filter(({ owner }) => owner === item.owner));
        for (const other of 'abcd') {
          if (other === item.owner) continue;
          const waitedFor = weightOf(meanwhile.filter(({ owner }) => owner === other));
          // An owner that was served ahead of others before this item arrived gives that back first: at most one item of its
          // own.
          assert.ok(
            waitedFor <= own + 30 + 30 + maxWeight,
            `${item.owner} waited for ${waitedFor} of ${other}`,
          );
        }
      });
    }),
    { numRuns: 500 },
  );
});

test('a single owner is served as by a plain queue', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 100 }), (weights) => {
      const queue = new FairQueue<number>();
      for (const weight of weights) queue.add('a', weight, weight);
      const plain: number[][] = [];
      for (const weight of weights) {
        const last = plain.at(-1);
        const sum = (last ?? []).reduce((total, one) => total + one, 0);
        if (last !== undefined && sum + weight <= maxWeight) last.push(weight);
        else plain.push([weight]);
      }
      const taken: number[][] = [];
      while (!queue.isEmpty) taken.push(queue.takeBatch(maxWeight));
      assert.deepEqual(taken, plain);
    }),
  );
});

describe('waiting limits', () => {
  test('an owner may fill what is free besides, up to its own limit', () => {
    const weights = new WaitingWeights({ ofAll: 100, ofOne: 40 });
    weights.add('a', 40);
    assert.equal(weights.refusal('a', 1), 'ownerFull');
    assert.equal(weights.refusal('b', 40), undefined);
    weights.add('b', 30);
    assert.equal(weights.refusal('c', 30), undefined, 'who has nothing waiting finds room');
    weights.add('c', 15);
    assert.equal(weights.refusal('c', 1), 'ownerFull', 'as much as is free');
    assert.equal(weights.refusal('d', 16), 'full', 'no fault of its own');
    weights.remove('a', 40);
    assert.equal(weights.refusal('c', 25), undefined);
    assert.equal(weights.total, 45);
  });

  test('without a limit for one owner, one may use it all', () => {
    const weights = new WaitingWeights({ ofAll: 100, ofOne: undefined });
    weights.add('a', 99);
    assert.equal(weights.refusal('a', 1), undefined);
    assert.equal(weights.refusal('a', 2), 'full');
  });
});
