import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingOf, refined, timeBy } from './server-time.ts';

const said = 'Sat, 14 Mar 2026 09:26:53 GMT';
const saidMs = Date.UTC(2026, 2, 14, 9, 26, 53);

test('responses show how far the server is ahead', () => {
  const rows: readonly [string, number | undefined, string | null, number, number | undefined][] = [
    ['the first answer', undefined, said, saidMs - 3000, 3000],
    ['a computer that is ahead itself', undefined, said, saidMs + 86_400_000, -86_400_000],
    ['the end of the same second', 0, said, saidMs + 999, 0],
    ['a slow answer', 0, said, saidMs + 4000, 0],
    ['a truer answer', -900, said, saidMs + 100, -100],
    ['a computer whose clock was set forwards', 0, said, saidMs + 3_600_000, -3_600_000],
    ['a computer whose clock was set back', 0, said, saidMs - 3_600_000, 3_600_000],
    ['an answer without a date', 1000, null, saidMs, 1000],
    ['an answer with another date', 1000, 'yesterday', saidMs, 1000],
    ['nothing at all', undefined, null, saidMs, undefined],
  ];
  for (const [title, known, date, localMs, expected] of rows) {
    assert.equal(refined(known, date, localMs), expected, title);
  }
});

test('a virtual clock goes on from where it was, or stands still', () => {
  const time = '2026-03-29T09:26:53.589Z';
  const rows: readonly [string, boolean, string][] = [
    ['running', false, '2026-03-29T09:27:03.589Z'],
    ['frozen', true, time],
  ];
  for (const [title, frozen, expected] of rows) {
    const reading = readingOf({ time, frozen }, saidMs);
    assert.equal(new Date(timeBy(reading, saidMs + 10_000)).toISOString(), expected, title);
  }
});
