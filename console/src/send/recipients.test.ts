// Recipients as people type them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBeNumber, notNumbersIn, numbersIn, recipientsInFile, recipientsOf } from './recipients.ts';

const cases: [typed: string, recipients: string[]][] = [
  ['', []],
  ['  \n, ;', []],
  ['+1 415 555 0123', ['+1 415 555 0123']],
  ['14155550123, 14155550124\n14155550123', ['14155550123', '14155550124']],
  ['(415) 555-0123;+44 20 7946 0018', ['(415) 555-0123', '+44 20 7946 0018']],
  ['14155550123<14155550124', ['14155550123', '14155550124']],
];
for (const [typed, recipients] of cases) {
  test(`${JSON.stringify(typed)} is ${recipients.length} recipients`, () =>
    assert.deepEqual(recipientsOf(typed), recipients));
}

test('a CSV file has a number in each line, in whichever column; headings and repetitions are left out', () => {
  const file = 'name;phone\r\n"Ann, 7";"+1 415 555 0123"\r\nBob;14155550124;Main St 5\n;14155550124\n\n';
  assert.deepEqual(recipientsInFile(file), ['+1 415 555 0123', '14155550124']);
  assert.deepEqual(recipientsInFile('14155550123\n'), ['14155550123']);
  assert.deepEqual(recipientsInFile('name\n'), []);
});

test('words among the recipients are no numbers', () => {
  const recipients = ['+1 (415) 555-0123', 'hello', '415.555.0123', '1415555012x'];
  assert.deepEqual(notNumbersIn(recipients), ['hello', '1415555012x']);
  assert.deepEqual(numbersIn(recipients), ['+1 (415) 555-0123', '415.555.0123']);
});

test('a number is asked about once it has enough digits', () => {
  assert.ok(!mayBeNumber('+1 415'));
  assert.ok(mayBeNumber('+1 415 555 0123'));
});
