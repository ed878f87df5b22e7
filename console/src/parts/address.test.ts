// The address of a list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWith, choiceOf, offsetOf } from './address.ts';

type Text = Readonly<Record<string, string>>;
const addresses: [query: Text, changes: Text, address: string][] = [
  [{}, {}, '/list'],
  [{}, { outcome: 'failed' }, '/list?outcome=failed'],
  [{ outcome: 'failed', offset: '40' }, { message: 'a b' }, '/list?outcome=failed&message=a+b'],
  [{ outcome: 'failed' }, { offset: '20' }, '/list?outcome=failed&offset=20'],
  [{ outcome: 'failed', offset: '20' }, { outcome: '' }, '/list'],
];
for (const [query, changes, address] of addresses) {
  test(`${JSON.stringify(query)} with ${JSON.stringify(changes)} is ${address}`, () => {
    assert.equal(addressWith('/list', query, changes), address);
  });
}

test('a page that is no number is the first', () => {
  assert.deepEqual(
    [undefined, '', '-20', '1.5', '1e3', '99999999999', '40'].map(offsetOf),
    [0, 0, 0, 0, 0, 0, 40],
  );
});

test('a filter that the list does not have is none', () => {
  const choices = ['sms', 'mms'] as const;
  assert.deepEqual(
    [choiceOf(choices, 'mms'), choiceOf(choices, 'fax'), choiceOf(choices, undefined)],
    ['mms', undefined, undefined],
  );
});
