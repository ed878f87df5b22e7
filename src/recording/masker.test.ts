// A recording keeps no secret, telephone number or text of a message.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseE164 } from '../telecom/e164.ts';
import { measureText } from '../telecom/segments.ts';
import { maskText } from './mask-text.ts';
import { makeNumberMask } from './masked-numbers.ts';
import { Masker } from './masker.ts';

describe('a masked number', () => {
  const cases: [what: string, given: string, masked: string][] = [
    ['keeps its area code', '14152223344', '14155550100'],
    ['of a toll-free code stays toll-free', '18002223344', '18005550100'],
    ['of another country keeps its code and two digits', '447400123456', '447400000001'],
    ['without its country code stays without it', '4152223344', '4155550100'],
    ['that is none stays none', '00112223334445', '00000000000001'],
  ];
  for (const [what, given, masked] of cases) {
    test(what, () => assert.equal(makeNumberMask()(given), masked));
  }

  test('is the same for the same number, and another for another', () => {
    const mask = makeNumberMask();
    assert.equal(mask('14152223344'), mask('14152223344'));
    assert.notEqual(mask('14152223344'), mask('14152223345'));
    assert.equal(mask('4152223344'), mask('14152223344').slice(1));
  });

  test('goes to another area code of the country when a hundred are taken', () => {
    const mask = makeNumberMask();
    const numbers = Array.from({ length: 250 }, (_, index) => mask(String(14152220000 + index)));
    assert.equal(new Set(numbers).size, 250);
    for (const number of numbers) assert.equal(parseE164(number)?.countryIso2, 'US');
  });
});

describe('a masked text', () => {
  const texts = [
    'Your code is 483920, Ann.',
    'Ça va, Zoë? €5',
    'Привет 123 👋',
    'x'.repeat(161),
    '𐐷 and 中文',
  ];
  for (const text of texts) {
    test(`has as many segments: ${text.slice(0, 20)}`, () => {
      const { encoding, segments } = measureText(text);
      const masked = maskText(text);
      assert.deepEqual(
        { encoding: measureText(masked).encoding, segments: measureText(masked).segments },
        { encoding, segments },
      );
      assert.doesNotMatch(masked, /483920|Ann|Привет|123|中/);
    });
  }
});

describe('a masked call', () => {
  const own = 'MA1234567890ABCDEFGH';
  const uuid = 'f0f3a1a2-0a3e-4c52-9a1e-123456789012';
  const cases: [what: string, body: unknown, masked: unknown][] = [
    ['a secret that is a number', { password: 123456 }, { password: 'masked-1' }],
    ['a number that names a field', { '14152223344': 1 }, { '14155550100': 1 }],
    ['a number behind a date', { alias: '2026-01-01 14152223344' }, { alias: '2026-01-01 14155550100' }],
    ['a token', { auth_token: 'tell nobody' }, { auth_token: 'masked-1' }],
    ['an account id', { auth_id: own }, { auth_id: 'MAMASKED000000000001' }],
    [
      'numbers with the separator of several recipients',
      { dst: '14152223344<14152223345' },
      { dst: '14155550100<14155550101' },
    ],
    ['a number that is a number', { dst: 14152223344 }, { dst: 14155550100 }],
    ['a number as people write it', { src: '+1 (415) 222-3344' }, { src: '+14155550100' }],
    ['a number in a sentence', { error: 'no 14152223344.' }, { error: 'no 14155550100.' }],
    ['numbers in a list', { numbers: ['14152223344'] }, { numbers: ['14155550100'] }],
    [
      'a URL, and the secrets in it',
      { url: 'https://a:b@x.example/s?k=1' },
      { url: 'http://127.0.0.1:9/masked-1' },
    ],
    ['an address of mail', { alias: 'for ann@example.com' }, { alias: 'for masked-1@masked.invalid' }],
    ['the text of a message', { text: 'Hi Ann' }, { text: 'Xx Xxx' }],
    [
      "the owner's details",
      { name: 'Ann', city: 'Here', cash_credits: '12.5', timezone: 'UTC' },
      { name: 'masked-1', city: 'masked-2', cash_credits: 'masked-3', timezone: 'masked-4' },
    ],
  ];
  for (const [what, json, masked] of cases) {
    test(`hides ${what}`, () => assert.deepEqual(new Masker().body({ json }), { json: masked }));
  }

  test('keeps names, short codes, ids and times', () => {
    const json = {
      name: 'checkout alerts',
      src: '54321',
      uuid,
      app_id: '20372631212782780',
      added_on: '2026-11-30 01:02:03.456789+00:00',
      limit: 20,
      number: null,
    };
    assert.deepEqual(new Masker().body({ json }), { json });
  });

  test('hides the same in path, query and form', () => {
    const masker = new Masker();
    assert.equal(
      masker.target(`/v1/Account/${own}/NumberPool/${uuid}/Number/14152223344/?src=14152223344&limit=5`),
      `/v1/Account/MAMASKED000000000001/NumberPool/${uuid}/Number/14155550100/?src=14155550100&limit=5`,
    );
    assert.deepEqual(masker.body({ form: { dst: '14152223344', text: 'Hi', src: ['14152223345'] } }), {
      form: { dst: '14155550100', text: 'Xx', src: ['14155550101'] },
    });
  });
});
