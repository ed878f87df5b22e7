// The waits between requests for data that keep changing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atLeast, lengthened } from './intervals.ts';

for (const [intervalMs, rounds, expected] of [
  [300, 0, 300],
  [300, 1, 600],
  [300, 3, 2400],
  [300, 4, 3000],
  [300, 1000, 3000],
  [2000, 1, 3000],
  [5000, 0, 5000],
  [5000, 7, 5000],
] as const) {
  test(`an interval of ${intervalMs} ms is ${expected} ms after ${rounds} rounds in a row`, () => {
    assert.equal(lengthened(intervalMs, rounds), expected);
  });
}

test('an answer that took long is asked for again later, so that it is computed a tenth of the time', () => {
  const interval = atLeast(3000);
  assert.deepEqual([interval(100), interval(300), interval(900)], [3000, 3000, 9000]);
});
