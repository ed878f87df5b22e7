// Names and the countries that take them, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isAlphanumericName, nameRuleOf, takesNames } from './alphanumeric.ts';
import { isCountry } from './e164.ts';

describe('a name', () => {
  for (const [text, expected] of [
    ['Rucksack', true],
    ['A', true],
    ['a1', true],
    ['1800Flowers', true],
    ['Tom & Co', true],
    ['a.b-c_d+e', true],
    ['elevenchars', true],
    ['twelvecharss', false],
    ['', false],
    ['12345', false],
    [' Brand', false],
    ['Brand ', false],
    ['-Brand', false],
    ['Bränd', false],
    ['Br@nd', false],
    ['a/b', false],
    ['a\nb', false],
  ] as const) {
    test(`${JSON.stringify(text)}: ${expected ? 'yes' : 'no'}`, () =>
      assert.equal(isAlphanumericName(text), expected));
  }
});

describe('a country', () => {
  for (const [country, rule] of [
    ['FR', 'free'],
    ['GB', 'registered'],
    ['IN', 'registered'],
    ['CN', 'never'],
    ['US', 'unknown'],
    ['XX', 'unknown'],
  ] as const) {
    test(`${country} is ${rule}`, () => assert.equal(nameRuleOf(country), rule));
  }

  test('each in the list is one, and none is under +1', () => {
    const codes = Array.from({ length: 26 * 26 }, (_, index) =>
      String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
    );
    const listed = codes.filter((code) => nameRuleOf(code) !== 'unknown');
    assert.ok(listed.length > 150);
    assert.deepEqual(
      listed.filter((code) => !isCountry(code) && code !== 'AN' && code !== 'PN'),
      [],
    );
  });

  test('no number under +1 takes names, whatever is allowed', () => {
    const countries = fc.constantFrom('US', 'CA', 'JM', 'FR', 'GB', 'XX');
    fc.assert(
      fc.property(
        fc.stringMatching(/^1[2-9]\d{9}$/),
        countries,
        fc.uniqueArray(countries),
        (number, countryIso2, allowed) => {
          assert.equal(takesNames({ number, countryIso2 }, new Set(allowed)), false);
        },
      ),
    );
  });

  test('one that needs registration, or is unknown, takes names where the operator says so', () => {
    for (const countryIso2 of ['GB', 'XX', 'CN']) {
      const to = { number: '447400123456', countryIso2 };
      assert.equal(takesNames(to, new Set()), false);
      assert.equal(takesNames(to, new Set([countryIso2])), true);
    }
  });
});
