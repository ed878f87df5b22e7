// Moving a thing of a list to another place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropPlace, move } from './move.ts';

const cases: readonly [from: number, to: number, after: string][] = [
  [0, 0, 'abcd'],
  [0, 1, 'bacd'],
  [0, 3, 'bcda'],
  [3, 0, 'dabc'],
  [2, 1, 'acbd'],
  [1, 2, 'acbd'],
  [0, 4, 'abcd'],
  [0, -1, 'abcd'],
  [4, 0, 'abcd'],
  [-1, 0, 'abcd'],
];

for (const [from, to, after] of cases) {
  test(`from ${from} to ${to}`, () => {
    const list = [...'abcd'];
    assert.equal(move(list, from, to).join(''), after);
    assert.equal(list.join(''), 'abcd');
  });
}

const middles = [10, 30, 50];
const drops: readonly [from: number, y: number, place: number][] = [
  [0, 10, 0],
  [0, 29, 0],
  [0, 31, 1],
  [0, 900, 2],
  [1, 9, 0],
  [1, 30, 1],
  [1, 51, 2],
  [2, 45, 2],
  [2, -5, 0],
];

for (const [from, y, place] of drops) {
  test(`held from ${from} at ${y}, it is dropped at ${place}`, () => {
    assert.equal(dropPlace(middles, from, y), place);
  });
}
