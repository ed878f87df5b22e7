// Appointments, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, dayOf, type LaneBook } from './pacing.ts';

const now = new Date('2026-03-14T23:59:59.500Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const free: LaneBook = { nextFree: at(-5000), lastPosition: 7, day: '2026-03-14', segmentsToday: 10 };

const cases: [
  title: string,
  lane: LaneBook,
  expiresMs: number,
  dueMs: number,
  position: number | undefined,
][] = [
  ['a lane that is free gives the present moment', free, 5000, 0, 8],
  ['a busy lane gives its next free moment', { ...free, nextFree: at(3000) }, 5000, 3000, 8],
  ['the last moment before it expires is early enough', { ...free, nextFree: at(4999) }, 5000, 4999, 8],
  ['the moment of expiry is too late', { ...free, nextFree: at(5000) }, 5000, 5000, undefined],
  ['later is too late', { ...free, nextFree: at(60_000) }, 5000, 60_000, undefined],
];

for (const [title, lane, expiresMs, dueMs, position] of cases) {
  test(title, () => {
    const booked = book(lane, { segments: 3, busyMs: 3000, expiresAt: at(expiresMs) }, now);
    assert.deepEqual(booked.appointment, { dueAt: at(dueMs), position });
    if (position === undefined) assert.equal(booked.lane, lane, 'nothing is reserved');
    else {
      assert.deepEqual(booked.lane, {
        nextFree: at(dueMs + 3000),
        lastPosition: position,
        day: '2026-03-14',
        segmentsToday: lane.segmentsToday + 3,
      });
    }
  });
}

test('segments are counted anew on another day', () => {
  const tomorrow = at(1000);
  const { lane } = book(free, { segments: 2, busyMs: 0, expiresAt: at(9000) }, tomorrow);
  assert.deepEqual([lane.day, lane.segmentsToday], [dayOf(tomorrow), 2]);
  assert.equal(lane.day, '2026-03-15');
});
