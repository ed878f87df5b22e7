import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareValues, type SortValue } from './sort-values.ts';

const orders: [what: string, values: SortValue[], sorted: SortValue[]][] = [
  ['numbers by size', [10, 9, 0], [0, 9, 10]],
  ['words by the alphabet, not by capitals', ['b', 'C', 'a'], ['a', 'b', 'C']],
  ['digits in words by size', ['line 10', 'line 9'], ['line 9', 'line 10']],
];

for (const [what, values, sorted] of orders) {
  test(`sorts ${what}`, () => assert.deepEqual(values.toSorted(compareValues), sorted));
}
