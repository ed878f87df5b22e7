// The warm-up of new members, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomToday, warmUpLimitOf } from './warm-up.ts';

const schedule = [50, 100, 200];
const added = new Date('2026-11-28T23:59:59Z');

const days: [now: string, limit: number | null][] = [
  ['2026-11-28T23:59:59Z', 50],
  ['2026-11-29T00:00:00Z', 100],
  ['2026-11-30T12:00:00Z', 200],
  ['2026-12-01T00:00:00Z', null],
  // A clock that is behind the one that added it.
  ['2026-11-20T00:00:00Z', 50],
];
for (const [now, limit] of days) {
  test(`on ${now} the limit is ${limit}`, () => {
    assert.equal(warmUpLimitOf(schedule, added, new Date(now)), limit);
    assert.equal(warmUpLimitOf([], added, new Date(now)), null);
  });
}

test('room is what is left of the limit, up to the largest message', () => {
  const room = (warmUpLimit: number | null, segmentsToday: number) =>
    roomToday({ warmUpLimit, segmentsToday });
  assert.deepEqual(
    [room(50, 0), room(50, 45), room(50, 50), room(50, 70), room(null, 70)],
    [11, 5, 0, 0, undefined],
  );
});
