// Spans of a map's colours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shadeAt, shadeOf, spansOf } from './shades.ts';

const cases: [counts: number[], spans: string[]][] = [
  [[], []],
  [[0, 0], []],
  [[4], ['4 to 4']],
  [
    [1, 3],
    ['1 to 1', '2 to 2', '3 to 3'],
  ],
  [
    [0, 1, 100],
    ['1 to 3', '4 to 6', '7 to 16', '17 to 40', '41 to 100'],
  ],
  [
    [217, 653],
    ['217 to 270', '271 to 337', '338 to 420', '421 to 524', '525 to 653'],
  ],
];

for (const [counts, expected] of cases) {
  test(`${JSON.stringify(counts)} → ${expected.join(', ') || 'none'}`, () => {
    const spans = spansOf(counts);
    assert.deepEqual(
      spans.map(({ from, to }) => `${from} to ${to}`),
      expected,
    );
    spans.forEach((span, index) => {
      assert.equal(shadeOf(span.from, spans), shadeAt(index, spans));
      assert.equal(shadeOf(span.to, spans), shadeAt(index, spans));
    });
  });
}

test('none has no shade, and the largest the strongest', () => {
  assert.equal(shadeOf(0, spansOf([1, 2])), 0);
  assert.equal(shadeOf(2, spansOf([1, 2])), 5);
  assert.equal(shadeOf(9, spansOf([1, 2])), 5);
});
