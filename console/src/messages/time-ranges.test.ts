// The bounds of ranges.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf, ranges } from './time-ranges.ts';

const now = new Date(2026, 2, 14, 9, 26, 53).getTime();

test('yesterday is the whole day before, in the time zone of the reader', () => {
  assert.deepEqual(boundsOf('yesterday', now), {
    from: new Date(2026, 2, 13),
    until: new Date(2026, 2, 14),
  });
  assert.deepEqual(boundsOf('today', now).from, new Date(2026, 2, 14));
});

test('the others begin at a full minute and are open', () => {
  assert.deepEqual(boundsOf('hour', now), { from: new Date(2026, 2, 14, 8, 26), until: undefined });
  for (const range of ranges) {
    const { from, until } = boundsOf(range, now);
    assert.ok(from.getTime() < (until?.getTime() ?? now));
  }
});
