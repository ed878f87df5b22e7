// The sentences after a restoration.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restorationInWords } from './restoration.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `1415555010${index}`);

const cases: readonly [restored: number, rentedAgain: number, lost: readonly string[], words: string][] = [
  [0, 0, [], '“Shop” is back without members.'],
  [3, 0, [], '“Shop” is back with 3 members.'],
  [3, 1, [], '“Shop” is back with 3 members; 1 of them was rented again.'],
  [3, 2, [], '“Shop” is back with 3 members; 2 of them were rented again.'],
  [
    1,
    0,
    ['14155550199', '555555'],
    '“Shop” is back with 1 member. Not back, because another powerpack or account has it by now: +1 415 555 0199, 555555.',
  ],
  [
    0,
    0,
    numbers(7),
    '“Shop” is back without members. Not back, because another powerpack or account has it by now: +1 415 555 0100, +1 415 555 0101, +1 415 555 0102, +1 415 555 0103, +1 415 555 0104 and 2 others.',
  ],
];

for (const [restored, rentedAgain, lost, words] of cases) {
  test(words, () => {
    const said = restorationInWords({
      name: 'Shop',
      members_restored: numbers(restored),
      numbers_rented_again: numbers(rentedAgain),
      members_lost: [...lost],
    });
    assert.equal(said, words);
  });
}
