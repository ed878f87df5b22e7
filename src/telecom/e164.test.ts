// Which texts are telephone numbers, and the facts in a number.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callingCode, countryName, isCountry, isShortCode, parseE164 } from './e164.ts';

const accepted: [text: string, number: string][] = [
  ['14155550123', '14155550123'],
  ['+14155550123', '14155550123'],
  [' +1 415 555 0123 ', '14155550123'],
  ['+1 (415) 555-0123', '14155550123'],
  ['(+1) 415.555.0123', '14155550123'],
  ['1-415-555-0123', '14155550123'],
  ['+1\u00a0415\u2011555\u20130123', '14155550123'],
  ['+44 20 7946 0018', '442079460018'],
  ['447700900123', '447700900123'],
  ['\u202a+1 415 555 0123\u202c', '14155550123'],
  ['1\u200b415\u2060555\u00ad0123\ufeff', '14155550123'],
  ['+49 151 12345678', '4915112345678'],
  ['+39 06 1234567', '39061234567'],
  ['+683 4000', '6834000'],
];

for (const [text, number] of accepted) {
  test(`"${text}" is ${number}`, () => assert.equal(parseE164(text)?.number, number));
}

const refused: [why: string, text: string][] = [
  ['nothing', ''],
  ['only signs', '+ () -'],
  ['ten digits are no E.164 number', '4155550123'],
  ['ten digits with a plus belong to another country, and do not fit it', '+4155550123'],
  ['dialling prefix 00', '0014155550123'],
  ['dialling prefix 011', '01114155550123'],
  ['a digit missing', '1415555012'],
  ['a digit too many', '141555501234'],
  ['area code begins with 1', '11155550123'],
  ['area code begins with 0', '10155550123'],
  ['area code is 911', '19115550123'],
  ['area code with 9 in the middle', '12905550123'],
  ['exchange begins with 1', '14151550123'],
  ['exchange begins with 0', '14150550123'],
  ['letters', '1415555CALL'],
  ['an extension', '+14155550123x5'],
  ['two plus signs', '++14155550123'],
  ['a plus in the middle', '1+4155550123'],
  ['two numbers', '14155550123,14155550124'],
  ['a separator of destinations', '14155550123<14155550124'],
  ['other digits', '+١٤١٥٥٥٥٠١٢٣'],
  ['a short code', '567890'],
  ['longer than 15 digits', '1234567890123456'],
  ['no such country code', '+999123456'],
  ['too short for its country', '+44123'],
  ['a trunk prefix that libphonenumber would drop', '+44 (0)20 7946 0018'],
  ['too many trunk prefixes', '+31 0000000'],
  ['a digit that libphonenumber would drop', '3105550111'],
  ['too long for its country', '+4420794600181234'],
  ['a number of no country: freephone', '+80012345678'],
  ['a number of no country: satellite', '+881612345678'],
  ['what Node sends after a failed search', 'undefined'],
];

for (const [why, text] of refused) {
  test(`refused: ${why} ("${text}")`, () => assert.equal(parseE164(text), undefined));
}

const described: [number: string, country: string, areaCode: string, region: string, type: string][] = [
  ['14155550123', 'US', '415', 'CA', 'longcode local'],
  ['12025550123', 'US', '202', 'DC', 'longcode local'],
  ['14165550123', 'CA', '416', 'ON', 'longcode local'],
  ['19025550123', 'CA', '902', 'NS', 'longcode local'],
  ['18005550123', 'US', '800', '-', 'tollfree tollfree'],
  ['18335550123', 'US', '833', '-', 'tollfree tollfree'],
  ['17875550123', 'PR', '787', '-', 'longcode local'],
  ['12425550123', 'BS', '242', '-', 'longcode local'],
  ['16225550123', 'CA', '622', '-', 'longcode national'],
  ['15005550123', 'US', '500', '-', 'longcode national'],
  ['15555550123', 'US', '555', '-', 'longcode national'],
  ['447700900123', 'GB', '-', '-', 'longcode national'],
  ['447400123456', 'GB', '-', '-', 'longcode mobile'],
  ['442079460018', 'GB', '-', '-', 'longcode fixed'],
  ['448001111111', 'GB', '-', '-', 'tollfree tollfree'],
  ['4915112345678', 'DE', '-', '-', 'longcode mobile'],
  ['79161234567', 'RU', '-', '-', 'longcode mobile'],
  ['525512345678', 'MX', '-', '-', 'longcode mobile'],
];

for (const [number, country, areaCode, region, type] of described) {
  test(`${number} is ${type} of ${country}`, () => {
    const found = parseE164(number);
    assert.deepEqual(
      [
        found?.countryIso2,
        found?.areaCode ?? '-',
        found?.regionCode ?? '-',
        `${found?.kind} ${found?.numberType}`,
      ],
      [country, areaCode, region, type],
    );
    assert.equal(found?.countryCode, callingCode(country));
  });
}

/** The same cases on every run. */
const runs = { seed: 20261121, numRuns: 1000 };
const nanpDigits = fc.stringMatching(/^1[2-9][02-8][0-9][2-9][0-9]{6}$/);

test('a +1 number is the same in every spelling', () => {
  const between = fc.array(fc.constantFrom('', ' ', '-', '.', '(', ')', '\u2011'), {
    minLength: 11,
    maxLength: 11,
  });
  fc.assert(
    fc.property(nanpDigits, fc.constantFrom('', '+', ' +', '(+'), between, (digits, start, separators) => {
      const written = start + [...digits].map((digit, index) => digit + separators[index]).join('');
      assert.equal(parseE164(digits)?.number, digits);
      assert.deepEqual(parseE164(written), parseE164(digits));
    }),
    runs,
  );
});

test('no text makes it throw, and an accepted number is read again the same', () => {
  const written = fc.string({ unit: fc.constantFrom(...'0123456789+ -.()') });
  const digits = fc.stringMatching(/^[1-9][0-9]{4,15}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), written, digits), (text) => {
      const found = parseE164(text);
      if (found === undefined) return;
      assert.match(found.number, /^[1-9]\d{6,14}$/);
      assert.match(found.countryIso2, /^[A-Z]{2}$/);
      assert.ok(found.number.startsWith(found.countryCode));
      assert.deepEqual(parseE164(found.number), found);
    }),
    runs,
  );
});

test('a number is read the same again after many others', () => {
  const first = parseE164('447400000000');
  for (let line = 1; line <= 6000; line++) parseE164(String(447400000000 + line));
  assert.equal(first?.countryIso2, 'GB');
  assert.deepEqual(parseE164('447400000000'), first);
});

test('a text of a million characters is refused at once', { timeout: 1000 }, () => {
  for (const piece of ['1', ' ', '(', '+1 ', ' (1']) assert.equal(parseE164(piece.repeat(1e6)), undefined);
});

const shortCodes: [text: string, is: boolean][] = [
  ['56789', true],
  ['567890', true],
  ['444444', true],
  ['20000', true],
  ['1234', false],
  ['5678901', false],
  ['12345', false],
  ['012345', false],
  ['56 789', false],
  ['+56789', false],
  ['５６７８９', false],
  ['56789\n', false],
];

for (const [text, is] of shortCodes) {
  test(`${JSON.stringify(text)} is ${is ? 'a' : 'no'} short code`, () => assert.equal(isShortCode(text), is));
}

test('no text is both a number and a short code', () => {
  for (const [text, is] of shortCodes) if (is) assert.equal(parseE164(text), undefined);
});

const countries: [iso2: string, name: string, code: string][] = [
  ['US', 'UNITED STATES', '1'],
  ['CA', 'CANADA', '1'],
  ['PR', 'PUERTO RICO', '1'],
  ['GB', 'UNITED KINGDOM', '44'],
  ['DE', 'GERMANY', '49'],
];

for (const [iso2, name, code] of countries) {
  test(`${iso2} is ${name}, +${code}`, () => {
    assert.deepEqual([isCountry(iso2), countryName(iso2), callingCode(iso2)], [true, name, code]);
  });
}

for (const text of ['', 'us', 'USA', 'XX', '001', 'constructor', '__proto__']) {
  test(`"${text}" is no country`, () => {
    assert.deepEqual([isCountry(text), countryName(text), callingCode(text)], [false, text, undefined]);
  });
}
