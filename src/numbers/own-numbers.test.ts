// Lists of own numbers, in the forms in which SDKs send them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxOwnNumbers, readOwnNumbers } from './own-numbers.ts';

const two = ['14155550105', '14155550106'];

const forms: [what: string, given: string | unknown[]][] = [
  ['a comma-separated text', '14155550105,14155550106'],
  ['a text with spaces and plus signs', ' +14155550105 , +14155550106 '],
  ['a list (Java)', ['14155550105', '14155550106']],
  ['a list of numbers', [14155550105, 14155550106]],
  ["a Python list's printed form", "['14155550105', '14155550106']"],
  ['the same number twice', '14155550105,+1 415 555 0105,14155550106,'],
];

for (const [what, given] of forms) {
  test(`${what} is read`, () =>
    assert.deepEqual(
      readOwnNumbers(given).map(({ number }) => number),
      two,
    ));
}

const refused: [what: string, given: string | unknown[], sentence: RegExp][] = [
  ['nothing', '', /^numbers is required$/],
  ['an empty list', [], /^numbers is required$/],

  ['a word', '14155550105,hello', /"hello" is none$/],
  ['a number without country code', '4155550105', /"4155550105" is none: did you mean 14155550105\?$/],
  ['a list of objects', [{ toString: 1 }], /"object" is none$/],
  ['nested lists', [[['x']]], /is none$/],
];

for (const [what, given, sentence] of refused) {
  test(`${what} is refused`, () =>
    assert.throws(() => readOwnNumbers(given), { kind: 'invalid', message: sentence }));
}

test('too many numbers are refused', () => {
  const many = Array.from({ length: maxOwnNumbers + 1 }, (_, index) => `1415${5_550_000 + index}`);
  assert.throws(() => readOwnNumbers(many), { kind: 'invalid', message: /at most 2000/ });
});
