// Numbers as people write them and as they are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicationIdOf, numbersIn, servicesOf } from './number-words.ts';

const texts: [text: string, numbers: string[]][] = [
  ['', []],
  ['+1 (415) 555-0123', ['14155550123']],
  ['+1 415 555 0123\n+44 20 7946 0000\n\n', ['14155550123', '442079460000']],
  ['14155550123, 14155550124; 14155550125', ['14155550123', '14155550124', '14155550125']],
];
for (const [text, numbers] of texts) {
  test(`${JSON.stringify(text)} has ${numbers.length} numbers`, () =>
    assert.deepEqual(numbersIn(text), numbers));
}

test('the application is read from its address', () => {
  assert.equal(applicationIdOf({ application: '/v1/Account/MA1/Application/12345/' }), '12345');
  assert.equal(applicationIdOf({ application: null }), '');
});

test('services are named', () => {
  assert.equal(servicesOf({ sms_enabled: true, mms_enabled: true, voice_enabled: false }), 'SMS, MMS');
  assert.equal(servicesOf({ sms_enabled: false, mms_enabled: false, voice_enabled: false }), 'none');
});
