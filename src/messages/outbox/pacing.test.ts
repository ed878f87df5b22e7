// Send slots, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBulkPosition, ordinalOf } from './bulk-positions.ts';
import { type QueueSchedule, reserveSlot } from './pacing.ts';

const now = new Date('2026-03-14T23:59:59.500Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const free: QueueSchedule = { nextFree: at(-5000), bulkFree: undefined, lastPosition: 7, segmentsToday: 10 };

const cases: [title: string, queue: QueueSchedule, expiresMs: number, dueMs: number, tooLate?: boolean][] = [
  ['a sender queue that is free gives the present moment', free, 5000, 0],
  ['a busy sender queue gives its next free moment', { ...free, nextFree: at(3000) }, 5000, 3000],
  ['the last moment before it expires is early enough', { ...free, nextFree: at(4999) }, 5000, 4999],
  ['the moment of expiry is too late', { ...free, nextFree: at(5000) }, 5000, 5000, true],
  ['later is too late', { ...free, nextFree: at(60_000) }, 5000, 60_000, true],
];

for (const [title, queue, expiresMs, dueMs, tooLate] of cases) {
  test(title, () => {
    const reserved = reserveSlot(
      queue,
      { segments: 3, priority: 'transactional', busyMs: 3000, expiresAt: at(expiresMs) },
      now,
    );
    if (tooLate === true) return assert.deepEqual(reserved, { tooLateAt: at(dueMs) });
    assert.deepEqual(reserved, {
      slot: { dueAt: at(dueMs), position: 8 },
      queue: { nextFree: at(dueMs + 3000), bulkFree: undefined, lastPosition: 8, segmentsToday: 13 },
    });
  });
}

test('a bulk message goes behind all others, and another one before it, which puts it off', () => {
  const bulk = { segments: 1, priority: 'bulk', busyMs: 1000, expiresAt: at(60_000) } as const;
  const other = { ...bulk, priority: 'transactional' } as const;
  let queue = free;
  const dues = [bulk, bulk, other, bulk, other].map((request) => {
    const reserved = reserveSlot(queue, request, now);
    assert.ok('slot' in reserved);
    queue = reserved.queue;
    const { dueAt, position } = reserved.slot;
    return [dueAt.getTime() - now.getTime(), isBulkPosition(position), ordinalOf(position)];
  });
  assert.deepEqual(dues, [
    [0, true, 8],
    [1000, true, 9],
    [0, false, 10],
    [3000, true, 11],
    [1000, false, 12],
  ]);
  assert.deepEqual(queue, { nextFree: at(2000), bulkFree: at(5000), lastPosition: 12, segmentsToday: 15 });
});
