// The queue returns items in the order of a sorted list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DueQueue } from './due-queue.ts';

test('takes out what is due by time, then by the order of adding, and keeps the rest', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  const looks = fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 5 });
  fc.assert(
    fc.property(moments, looks, (dueMs, looksMs) => {
      const queue = new DueQueue<number>();
      for (const [item, moment] of dueMs.entries()) queue.put(moment, item);
      let left = [...dueMs.entries()].sort(([, one], [, other]) => one - other);
      for (const nowMs of looksMs) {
        assert.equal(queue.nextMs, left[0]?.[1]);
        const due = left.filter(([, moment]) => moment <= nowMs).map(([item]) => item);
        assert.deepEqual(queue.takeDue(nowMs), due);
        left = left.filter(([, moment]) => moment > nowMs);
      }
    }),
    { seed: 20260810 },
  );
});
