// The names that receipts give, brought to those that were given to messages (carriers.md section 4.7).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LearnedNames } from './learned-names.ts';
import { candidateNames, nameRules } from './message-names.ts';

const found: [given: string, receipt: string][] = [
  ['1e61d95e', '509729118'],
  ['1E61D95E', '509729118'],
  ['509729118', '1E61D95E'],
  ['0654354026', '654354026'],
  ['12345678', '0000000012345678'],
  ['ABCDEF01', 'abcdef01'],
  ['ffffffffffffffff', '18446744073709551615'],
  ['b62cc706-3a14-4f2e-9c1b-6b5b1a0f3c11', 'b62cc706-3a14-4f2e-9c1b-6b5b1a0f3c11'],
];

describe('a message is found', () => {
  for (const [given, receipt] of found) {
    test(`named ${given}, by a receipt for ${receipt}`, () => {
      assert.ok(candidateNames([receipt], nameRules).includes(given));
    });
  }

  test('by the name as it is first, and by few names', () => {
    const names = candidateNames(['509729118'], nameRules);
    assert.equal(names[0], '509729118');
    assert.ok(names.length <= 16, String(names.length));
  });

  test('by a long name as it is only', () => {
    const long = '9'.repeat(65);
    assert.deepEqual(candidateNames([long], nameRules), [long]);
  });
});

const now = new Date('2026-01-01T00:00:00Z');

test('a receipt for a name that was given is for no other message, whose name is the same number to another base', () => {
  const names = new LearnedNames('auto');
  for (const name of ['10', '16']) names.gave(name, now);
  assert.deepEqual(names.candidates(['16']), ['16']);
  assert.deepEqual(names.candidates(['26']).slice(0, 2), ['26', '1a']);
});

describe('a rule is learned', () => {
  test('from twenty receipts in a row that only it explains', () => {
    const names = new LearnedNames('auto');
    for (let number = 1000; number < 1020; number++) {
      assert.equal(names.first, 'text');
      assert.equal(names.known, undefined);
      names.gave(`f${number.toString(16)}`, now);
      names.candidates([BigInt(`0xf${number.toString(16)}`).toString()]);
    }
    assert.deepEqual([names.first, names.known], ['hex-decimal', 'hex-decimal']);
    assert.equal(names.candidates(['65535'])[0], 'ffff');
    assert.ok(!names.candidates(['65535']).includes('65535'));
  });

  test('from none of a counter in decimal digits whose receipts come before the answers, although other names fit ten in a row', () => {
    const names = new LearnedNames('auto');
    for (let number = 1; number < 2000; number++) {
      names.candidates([String(number)]);
      names.gave(String(number), now);
    }
    assert.equal(names.known, undefined);
  });

  test('anew, where twenty receipts in a row say otherwise', () => {
    const names = new LearnedNames('auto');
    for (let number = 100; number < 120; number++) {
      names.gave(`f${number}`, now);
      names.candidates([`f${number}`]);
    }
    assert.equal(names.known, 'text');
    for (let number = 1000; number < 1020; number++) {
      names.gave(`f${number.toString(16)}`, now);
      names.candidates([BigInt(`0xf${number.toString(16)}`).toString()]);
    }
    assert.equal(names.known, 'hex-decimal');
  });

  test('from none that nothing explains', () => {
    const names = new LearnedNames('auto');
    for (let number = 0; number < 100; number++) names.candidates([String(number)]);
    assert.equal(names.first, 'text');
  });

  test('not where it is given', () => {
    const names = new LearnedNames('hex-decimal');
    assert.equal(names.known, 'hex-decimal');
    assert.deepEqual(names.candidates(['255']).slice(0, 1), ['ff']);
    assert.ok(!names.candidates(['255']).includes('255'));
  });
});

describe('names that are wrong', () => {
  const later = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);
  const cases = [
    ['each another', ['a', 'b', 'c'], []],
    ['one twice', ['a', 'b', 'a'], ['names_repeat']],
    ['none', ['', ''], ['names_missing']],
    ['one twice, and none', ['', 'a', 'a'], ['names_repeat', 'names_missing']],
  ] as const;
  for (const [title, given, warnings] of cases) {
    test(`are told of for three days: ${title}`, () => {
      const names = new LearnedNames('auto');
      for (const name of given) names.gave(name, now);
      assert.deepEqual(names.warnings(later(2.9)), warnings);
      assert.deepEqual(names.warnings(later(3)), []);
    });
  }
});
