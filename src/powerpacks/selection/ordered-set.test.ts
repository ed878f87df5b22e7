// The order of the balance, and that the set finds its first member as a sort would.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Balanced, comesBefore, OrderedSet } from './ordered-set.ts';

const member = (freeAtMs: number, segmentsToday: number, rank: number): Balanced => ({
  freeAtMs,
  segmentsToday,
  rank,
});

const cases: [why: string, one: Balanced, other: Balanced][] = [
  ['the earlier next free moment', member(150, 9, 9), member(200, 0, 0)],
  ['a moment that is past is now: then the fewest segments today', member(90, 1, 9), member(10, 2, 0)],
  ['free now before busy', member(100, 9, 9), member(101, 0, 0)],
  ['the fewest segments today', member(150, 1, 9), member(150, 2, 0)],
  ['the lowest number', member(150, 1, 0), member(150, 1, 9)],
];

for (const [why, one, other] of cases) {
  test(why, () => {
    assert.equal(comesBefore(one, other, 100), true);
    assert.equal(comesBefore(other, one, 100), false);
  });
}

const loads = fc.array(fc.record({ freeAtMs: fc.integer({ min: 0, max: 9 }), segmentsToday: fc.nat(3) }), {
  maxLength: 40,
});

test('the first member is that of a sort, at any moment, whoever is removed or put aside', () => {
  fc.assert(
    fc.property(
      loads,
      fc.func(fc.boolean()),
      fc.func(fc.boolean()),
      fc.nat(10),
      (all, leaves, isOut, now) => {
        const members = all.map((load, rank) => ({ ...load, rank }));
        const set = new OrderedSet<Balanced>();
        for (const one of members) set.add(one);
        const staying = members.filter(({ rank }) => !leaves(rank));
        for (const one of members) if (leaves(one.rank)) set.remove(one);
        assert.equal(set.size, staying.length);
        const [expected] = staying
          .filter(({ rank }) => !isOut(rank))
          .sort((one, other) => (comesBefore(one, other, now) ? -1 : 1));
        assert.equal(
          set.first(now, ({ rank }) => isOut(rank)),
          expected,
        );
      },
    ),
    { seed: 20260812 },
  );
});
