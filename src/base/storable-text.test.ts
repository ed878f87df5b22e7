// Texts with what no database holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storableText } from './storable-text.ts';

const cases: [what: string, text: string, instead: string | undefined, stored: string][] = [
  ['ASCII', 'id:42', '', 'id:42'],
  ['a pair of surrogates', 'a\u{1f600}', '', 'a\u{1f600}'],
  ['a NUL that is dropped', 'a\0b\0', '', 'ab'],
  ['a NUL that is replaced', 'a\0b', ' ', 'a b'],
  ['a NUL whose place is marked', 'a\0b', undefined, 'a\ufffdb'],
  ['half of a pair', 'a\ud800b', '', 'a\ufffdb'],
  ['halves that a NUL kept apart', '\ud83d\0\ude00', '', '\u{1f600}'],
];

for (const [what, text, instead, stored] of cases) {
  test(`a text with ${what} is stored`, () => assert.equal(storableText(text, instead), stored));
}
