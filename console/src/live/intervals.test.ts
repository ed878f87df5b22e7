// The waits between requests for data that keep changing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lengthened } from './pauses.ts';

for (const [pauseMs, rounds, expected] of [
  [300, 0, 300],
  [300, 1, 600],
  [300, 3, 2400],
  [300, 4, 3000],
  [300, 1000, 3000],
  [2000, 1, 3000],
  [5000, 0, 5000],
  [5000, 7, 5000],
] as const) {
  test(`a pause of ${pauseMs} ms is ${expected} ms after ${rounds} rounds in a row`, () => {
    assert.equal(lengthened(pauseMs, rounds), expected);
  });
}
