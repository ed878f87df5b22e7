// Reading written numbers: with country codes, as national ones where a country is named, and the suggestion in an error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listAreaCodes } from './area-codes.ts';
import { isCountry, parseE164 } from './e164.ts';
import { numberHint, parseNational, parseNumber } from './written-number.ts';

/** Returns ten digits in each of the usual spellings. */
const spellingsOf = (area: string, line: string): readonly string[] => [
  `${area}555${line}`,
  `(${area}) 555-${line}`,
  `${area}-555-${line}`,
  `${area}.555.${line}`,
  ` ${area} 555 ${line} `,
  `\u202a${area}555${line}\u202c`,
];

test('ten digits of any area code are refused, the error suggests the number, and they are read where a country is named', () => {
  const areaCodes = listAreaCodes();
  assert.ok(areaCodes.length > 460, `${areaCodes.length} area codes`);
  for (const { areaCode } of areaCodes) {
    for (const written of spellingsOf(areaCode, '0111')) {
      const meant = `1${areaCode}5550111`;
      assert.equal(parseNumber(written), undefined, written);
      assert.match(numberHint(written), new RegExp(`^: did you mean ${meant}\\?`), written);
      for (const country of ['US', 'CA', 'PR', 'BS']) {
        assert.equal(parseNumber(written, country)?.number, meant, `${written} in ${country}`);
      }
    }
    assert.equal(parseNumber(`1${areaCode}5550111`)?.number, `1${areaCode}5550111`);
  }
});

test('no digit is dropped, added or changed except for a national number of the named country', () => {
  const digits = fc.stringMatching(/^[0-9]{7,15}$/);
  const countries = fc.constantFrom(
    undefined,
    'US',
    'GB',
    'DE',
    'DK',
    'IT',
    'RU',
    'HU',
    'MX',
    'AR',
    'BR',
    'EG',
  );
  const plus = fc.constantFrom('', '+');
  fc.assert(
    fc.property(plus, digits, countries, (sign, text, country) => {
      const found = parseNumber(sign + text, country);
      if (found === undefined || found.number === text) return;
      assert.ok(country !== undefined && sign === '', `${sign}${text} became ${found.number}`);
      const national = found.number.slice(found.countryCode.length);
      assert.ok(text.endsWith(national) && text.length - national.length <= 2, `${text}: ${found.number}`);
      assert.equal(found.countryCode, parseE164(found.number)?.countryCode);
    }),
    { seed: 20261129, numRuns: 3000 },
  );
});

const read: [text: string, country: string | undefined, number: string | undefined][] = [
  ['12015550111', undefined, '12015550111'],
  ['+2015550111', undefined, '2015550111'],
  ['442079460018', undefined, '442079460018'],
  ['4540123456', undefined, '4540123456'],
  ['3545551234', undefined, undefined],
  ['+3545551234', undefined, '3545551234'],
  ['3545551234', 'IS', '3545551234'],
  ['555 1234', 'IS', '3545551234'],
  ['4588334455', 'DK', '4588334455'],
  ['88334455', 'DK', '4588334455'],
  ['4588334455', 'US', '14588334455'],
  ['442079460018', 'US', '442079460018'],
  ['12015550111', 'US', '12015550111'],
  ['020 7946 0018', 'GB', '442079460018'],
  ['2079460018', 'GB', '442079460018'],
  ['442079460018', 'GB', '442079460018'],
  ['(0)30 123456', 'DE', '4930123456'],
  ['442079460018', 'DE', '442079460018'],
  ['+44 20 7946 0018', 'DE', '442079460018'],
  ['06 1234 5678', 'IT', '390612345678'],
  ['8 (916) 123-45-67', 'RU', '79161234567'],
  ['06 30 123 4567', 'HU', '36301234567'],
  ['011 15-1234-5678', 'AR', undefined],
  ['2015550111', 'FR', undefined],
  ['020 7946 0018', undefined, undefined],
  ['020 7946 0018', 'US', undefined],
  ['020 7946 0018', 'XX', undefined],
];

for (const [text, country, number] of read) {
  test(`"${text}" ${country === undefined ? '' : `in ${country} `}is ${number ?? 'refused'}`, () => {
    assert.ok(country === undefined || country === 'XX' || isCountry(country));
    assert.equal(parseNumber(text, country)?.number, number);
  });
}

const hints: [text: string, hint: string][] = [
  ['(201) 555-0111', ': did you mean 12015550111? (+2015550111 would be a number of EGYPT, with its plus)'],
  ['310-555-0111', ': did you mean 13105550111?'],
  ['++14155550123', ': did you mean 14155550123?'],
  ['1+4155550123', ': did you mean 14155550123?'],
  ['+4155550123', ': did you mean 14155550123?'],
  ['0014155550123', ': did you mean 14155550123?'],
  ['01144 20 7946 0018', ': did you mean 442079460018?'],
  ['+44 (0)20 7946 0018', ': did you mean 442079460018?'],
  ['+44 123', ''],
  ['12', ''],
  ['', ''],
  ['14155550123x5', ''],
  ['hello', ''],
  ['1'.repeat(1_000_000), ''],
];

for (const [text, hint] of hints) {
  test(`the error for "${text.slice(0, 40)}" ends in "${hint}"`, () => assert.equal(numberHint(text), hint));
}

test('a number that is said to be national is read in its country first', () => {
  const cases = [
    ['2025550143', 'US', '12025550143'],
    ['12025550143', 'US', '12025550143'],
    ['7700900123', 'GB', '447700900123'],
    ['07700900123', 'GB', '447700900123'],
    ['447700900123', 'GB', '447700900123'],
    ['01701234567', 'DE', '491701234567'],
    ['1701234567', 'DE', '491701234567'],
    ['0612345678', 'FR', '33612345678'],
    ['12', 'US', undefined],
    ['INFO', 'US', undefined],
    ['2025550143', 'XX', undefined],
  ] as const;
  for (const [digits, country, number] of cases) {
    assert.equal(parseNational(digits, country)?.number, number, `${digits} in ${country}`);
  }
});
