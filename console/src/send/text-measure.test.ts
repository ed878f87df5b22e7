// The measures of a text while it is typed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measureForSending, nameOfCharacter } from './text-measure.ts';

type Case = [what: string, text: string, isSmart: boolean, said: string];
const cases: Case[] = [
  ['nothing', '', false, 'gsm7 1 160 left'],
  ['a word', 'Hello', false, 'gsm7 1 155 left'],
  ['a full segment', 'a'.repeat(160), false, 'gsm7 1 0 left'],
  ['one character more', 'a'.repeat(161), false, 'gsm7 2 145 left'],
  ['a euro sign, which takes two', '€', false, 'gsm7 1 158 left'],
  ['a typographic quote', 'it’s', false, 'ucs2 1 66 left forced by ’'],
  ['the same with smart encoding', 'it’s', true, 'gsm7 1 156 left simplified'],
  ['an emoji, which smart encoding leaves', 'Hi 👋 – 👋', true, 'ucs2 1 60 left forced by 👋–'],
  ['too much', 'я'.repeat(738), false, 'ucs2 0 0 left too long'],
];

describe('measured', () => {
  for (const [what, text, isSmart, said] of cases) {
    test(what, () => {
      const measure = measureForSending(text, isSmart);
      const words = [measure.encoding, measure.segments, measure.left, 'left'];
      if (measure.isSimplified) words.push('simplified');
      if (measure.isTooLong) words.push('too long');
      if (measure.forcing.length > 0) words.push('forced by', measure.forcing.join(''));
      assert.equal(words.join(' '), said);
    });
  }
});

test('characters are shown so that they can be found', () => {
  assert.equal(nameOfCharacter('’'), '’');
  assert.equal(nameOfCharacter('👋'), '👋');
  assert.equal(nameOfCharacter('\u00a0'), 'no-break space');
  assert.equal(nameOfCharacter('\u2028'), 'U+2028');
});
