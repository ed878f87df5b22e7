// Which inbound texts are keywords.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseE164 } from '../../telecom/e164.ts';
import { measureText } from '../../telecom/segments.ts';
import { readKeyword, vendorRules } from './keyword-rules.ts';
import { defaultAnswersOf, followsKeywords, type Intent } from './keywords.ts';

const intentOf = (text: string) => readKeyword(text, vendorRules);

const keywords: Readonly<Record<Intent, readonly string[]>> = {
  optout: [
    ...['STOP', 'STOPALL', 'STOP ALL', 'END', 'QUIT', 'CANCEL', 'UNSUB', 'UNSUBSCRIBE'],
    ...['REVOKE', 'OPTOUT', 'OPT OUT', 'OPT-OUT'],
  ],
  optin: ['START', 'UNSTOP', 'YES', 'RESUME', 'RESUME ALL', 'GO'],
  help: ['HELP', 'INFO'],
};

/** Characters that may stand around a keyword: blanks, punctuation, quotes, and invisible marks. */
const frames: readonly [before: string, after: string][] = [
  ['', ''],
  ['', ' '],
  [' ', ''],
  ['\n', ' \r\n\t\u00a0'],
  ['\u3000\u2003', '\u2028'],
  ['', '.'],
  ['', '!!!'],
  ['¡', '!'],
  ['', '?'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“.'],
  ['« ', ' »'],
  ['`', '´'],
  ['(', ')'],
  ['<', '>'],
  ['*', '*'],
  ['- ', ''],
  ['\ufeff', '\u200b'],
  ['\u202a', '\u202c'],
  ['\u2066 "', '." \u2069'],
  ['\u0000', '\u00ad\ufe0f'],
  ['\u3164', '\u2800'],
];

for (const intent of ['optout', 'optin', 'help'] as const) {
  describe(`${intent}:`, () => {
    for (const keyword of keywords[intent]) {
      test(keyword, () => {
        const capitalised = keyword.charAt(0) + keyword.slice(1).toLowerCase();
        for (const written of [keyword, keyword.toLowerCase(), capitalised]) {
          for (const [before, after] of frames) {
            assert.equal(intentOf(before + written + after), intent, JSON.stringify([before, after]));
          }
        }
      });
    }
  });
}

describe('a keyword that is written otherwise:', () => {
  for (const [why, text, intent] of [
    ['an invisible mark within', 'ST\u200bOP', 'optout'],
    ['a soft hyphen within', 'UNSUB\u00adSCRIBE', 'optout'],
    ['a joiner in a keyword of two words', 'OPT \u2060OUT', 'optout'],
    ['several blanks within', 'stop  all', 'optout'],
    ['a blank that does not break within', 'Opt\u00a0Out.', 'optout'],
    ['a line end within', 'resume\r\nall', 'optin'],
    ['the hyphen of a keyboard that corrects', 'opt\u2010out', 'optout'],
    ['a dash', 'Opt–Out', 'optout'],
  ] as const) {
    test(why, () => assert.equal(intentOf(text), intent));
  }
});

const others: [why: string, text: string][] = [
  ['nothing', ''],
  ['only white space', ' \n'],
  ['only punctuation', '"..."'],
  ['one word more', 'Stop it!'],
  ['thanks', 'Stop. Thank you'],
  ['a signature', 'STOP\n-- Ann'],
  ['a digit more', 'STOP 2'],
  ['an emoji', 'STOP \u{1f642}'],
  ['a sentence', 'please stop'],
  ['a sentence that begins with a keyword', 'stop calling me'],
  ['a keyword that is parted', 'S T O P'],
  ['punctuation within', 'ST.OP'],
  ['two keywords', 'STOP START'],
  ['a keyword twice', 'STOP. STOP.'],
  ['a longer word', 'STOPPED'],
  ['letters that are Latin only in capitals', 'ſtop'],
  ['a dotless i', 'quıt'],
  ['letters of another script', 'ЅТОР'],
  ['the name of a property', 'constructor'],
];

describe('no intent:', () => {
  for (const [why, text] of others) test(why, () => assert.equal(intentOf(text), undefined));
});

test('a word around a keyword takes its meaning away', () => {
  const known = Object.values(keywords).flat();
  const around = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text));
  fc.assert(
    fc.property(fc.constantFrom(...known), around, (keyword, more) => {
      for (const text of [`${keyword}, ${more}`, `${more} ${keyword}`, `${keyword}. ${more}`]) {
        assert.equal(intentOf(text), undefined);
      }
    }),
    { seed: 20260803, numRuns: 500 },
  );
});

test('a default answer is one segment and no keyword, so that it starts no conversation between machines', () => {
  for (const answer of Object.values(defaultAnswersOf).flatMap((answers) => Object.values(answers))) {
    assert.deepEqual([measureText(answer).encoding, measureText(answer).segments], ['gsm7', 1]);
    assert.equal(intentOf(answer), undefined);
  }
});

describe('a number follows keywords', () => {
  for (const [where, number, follows] of [
    ['in the US', '12125550100', true],
    ['toll-free', '18005550100', true],
    ['in Canada', '14165550100', true],
    ['in Puerto Rico', '17875550100', true],
    ['in Puerto Rico, by the other area code', '19395550100', true],
    ['in the US Virgin Islands', '13405550100', true],
    ['in Guam', '16715550100', true],
    ['in the Northern Marianas', '16705550100', true],
    ['in American Samoa', '16845550100', true],
    ['in Jamaica', '18765550100', false],
    ['in the Dominican Republic', '18095550100', false],
    ['in the United Kingdom', '447700900123', false],
  ] as const) {
    test(`${where}: ${follows ? 'yes' : 'no'}`, () => {
      const parsed = parseE164(number);
      assert.ok(parsed);
      assert.equal(followsKeywords(parsed), follows);
    });
  }
  test('of a short code: no', () => {
    assert.equal(followsKeywords({ kind: 'shortcode', countryIso2: 'US' }), false);
  });
});
