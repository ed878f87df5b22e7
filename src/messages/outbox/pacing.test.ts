// Send slots, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueueSchedule, reserveSlot } from './pacing.ts';

const now = new Date('2026-03-14T23:59:59.500Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const free: QueueSchedule = { nextFree: at(-5000), lastPosition: 7, segmentsToday: 10 };

const cases: [title: string, queue: QueueSchedule, expiresMs: number, dueMs: number, tooLate?: boolean][] = [
  ['a sender queue that is free gives the present moment', free, 5000, 0],
  ['a busy sender queue gives its next free moment', { ...free, nextFree: at(3000) }, 5000, 3000],
  ['the last moment before it expires is early enough', { ...free, nextFree: at(4999) }, 5000, 4999],
  ['the moment of expiry is too late', { ...free, nextFree: at(5000) }, 5000, 5000, true],
  ['later is too late', { ...free, nextFree: at(60_000) }, 5000, 60_000, true],
];

for (const [title, queue, expiresMs, dueMs, tooLate] of cases) {
  test(title, () => {
    const reserved = reserveSlot(queue, { segments: 3, busyMs: 3000, expiresAt: at(expiresMs) }, now);
    if (tooLate === true) return assert.deepEqual(reserved, { tooLateAt: at(dueMs) });
    assert.deepEqual(reserved, {
      slot: { dueAt: at(dueMs), position: 8 },
      queue: { nextFree: at(dueMs + 3000), lastPosition: 8, segmentsToday: 13 },
    });
  });
}
