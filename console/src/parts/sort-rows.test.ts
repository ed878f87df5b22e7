// The order of rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from './sort-rows.ts';

const rows = [
  { name: 'b', count: 2 },
  { name: 'a10', count: null },
  { name: 'a9', count: 10 },
  { name: 'c', count: 2 },
];
const names = (sorted: typeof rows) => sorted.map(({ name }) => name).join(' ');

test('numbers in either direction, equal ones in their order, those without a value last', () => {
  assert.equal(names(sortRows(rows, ({ count }) => count, true)), 'a9 b c a10');
  assert.equal(names(sortRows(rows, ({ count }) => count, false)), 'b c a9 a10');
});

test('texts, with the numbers in them as numbers', () => {
  assert.equal(names(sortRows(rows, ({ name }) => name, false)), 'a9 a10 b c');
});
