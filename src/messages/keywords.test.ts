// Which inbound texts are keywords.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { measureText } from '../telecom/segments.ts';
import { defaultAnswers, type Intent, intentOf } from './keywords.ts';

const keywords: Readonly<Record<Intent, readonly string[]>> = {
  optout: ['STOP', 'STOPALL', 'STOP ALL', 'END', 'QUIT', 'CANCEL', 'UNSUB', 'UNSUBSCRIBE'],
  optin: ['START', 'UNSTOP', 'YES', 'RESUME', 'RESUME ALL', 'GO'],
  help: ['HELP', 'INFO'],
};

for (const intent of ['optout', 'optin', 'help'] as const) {
  describe(`${intent}:`, () => {
    for (const keyword of keywords[intent]) {
      test(keyword, () => {
        const capitalised = keyword.charAt(0) + keyword.slice(1).toLowerCase();
        for (const written of [keyword, keyword.toLowerCase(), capitalised]) {
          for (const end of ['', ' ', '\n', ' \r\n\t\u00a0']) assert.equal(intentOf(written + end), intent);
        }
      });
    }
  });
}

const others: [why: string, text: string][] = [
  ['nothing', ''],
  ['only white space', ' \n'],
  ['punctuation', 'Stop it!'],
  ['a full stop', 'STOP.'],
  ['a sentence', 'please stop'],
  ['a sentence that begins with a keyword', 'stop calling me'],
  ['white space before it', ' STOP'],
  ['two spaces within', 'STOP  ALL'],
  ['two keywords', 'STOP START'],
  ['quotes', '"STOP"'],
  ['a longer word', 'STOPPED'],
  ['letters that are Latin only in capitals', 'ſtop'],
  ['a dotless i', 'quıt'],
  ['letters of another script', 'ЅТОР'],
  ['the name of a property', 'constructor'],
];

describe('no intent:', () => {
  for (const [why, text] of others) test(why, () => assert.equal(intentOf(text), undefined));
});

test('text around a keyword takes its meaning away', () => {
  const known = Object.values(keywords).flat();
  const around = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
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
  for (const answer of Object.values(defaultAnswers)) {
    assert.deepEqual([measureText(answer).encoding, measureText(answer).segments], ['gsm7', 1]);
    assert.equal(intentOf(answer), undefined);
  }
});
