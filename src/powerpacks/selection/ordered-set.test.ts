// Finding the least busy member without a sort, as a sort would.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Busyness, isLessBusy } from './candidate.ts';
import { OrderedSet } from './ordered-set.ts';

const member = (freeAtMs: number, segmentsToday: number, numberOrder: number): Busyness => ({
  freeAtMs,
  segmentsToday,
  numberOrder,
});

const cases: [why: string, one: Busyness, other: Busyness][] = [
  ['the earlier next free moment', member(150, 9, 9), member(200, 0, 0)],
  ['a moment that is past is now: then the fewest segments today', member(90, 1, 9), member(10, 2, 0)],
  ['free now before busy', member(100, 9, 9), member(101, 0, 0)],
  ['the fewest segments today', member(150, 1, 9), member(150, 2, 0)],
  ['the lowest number', member(150, 1, 0), member(150, 1, 9)],
];

for (const [why, one, other] of cases) {
  test(why, () => {
    assert.equal(isLessBusy(one, other, 100), true);
    assert.equal(isLessBusy(other, one, 100), false);
  });
}

const loads = fc.array(fc.record({ freeAtMs: fc.integer({ min: 0, max: 9 }), segmentsToday: fc.nat(3) }), {
  maxLength: 40,
});

test('the first member is that of a sort, at any moment, whichever are removed or left out', () => {
  fc.assert(
    fc.property(
      loads,
      fc.func(fc.boolean()),
      fc.func(fc.boolean()),
      fc.nat(10),
      (all, leaves, isOut, now) => {
        const members = all.map((load, numberOrder) => ({ ...load, numberOrder }));
        const set = new OrderedSet<Busyness>();
        for (const one of members) set.add(one);
        const staying = members.filter(({ numberOrder }) => !leaves(numberOrder));
        for (const one of members) if (leaves(one.numberOrder)) set.remove(one);
        assert.equal(set.size, staying.length);
        const [expected] = staying
          .filter(({ numberOrder }) => !isOut(numberOrder))
          .sort((one, other) => (isLessBusy(one, other, now) ? -1 : 1));
        const first = () => set.first(now, ({ numberOrder }) => isOut(numberOrder));
        if (expected === undefined) assert.throws(first, /no member is left/);
        else assert.equal(first(), expected);
      },
    ),
    { seed: 20260812 },
  );
});
