// Numbers as people read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phoneNumber } from './format.ts';

for (const [what, given, shown] of [
  ['a number of the North American plan', '14155550123', '+1 415 555 0123'],
  ['a number of another country', '442071838750', '+442071838750'],
  ['a number whose last digits are not stored', '14155550***', '+14155550***'],
  ['a short code', '56789', '56789'],
  ['a name', 'Example Ltd', 'Example Ltd'],
  ['a name that begins with a digit', '24HPARCELS', '24HPARCELS'],
] as const) {
  test(`a sender or recipient: ${what}`, () => assert.equal(phoneNumber(given), shown));
}
