// The characters of the GSM alphabet, and which texts can be converted to it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { encodingOf, gsmSeptets, simplifyForGsm } from './encoding.ts';

/** The same cases on every run. */
const runs = { seed: 20260801, numRuns: 1000 };

/** The default alphabet in Unicode, in the order of its codes; the escape, 0x1b, is left out. */
const basic = [
  ...[0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5],
  ...[0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9],
  ...[0x20, 0x21, 0x22, 0x23, 0xa4, ...codes(0x25, 0x3f)],
  ...[0xa1, ...codes(0x41, 0x5a), 0xc4, 0xd6, 0xd1, 0xdc, 0xa7],
  ...[0xbf, ...codes(0x61, 0x7a), 0xe4, 0xf6, 0xf1, 0xfc, 0xe0],
];
const extensions = [0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];

function codes(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

test('the default alphabet has 127 characters of one septet, the extension table ten of two, and no others', () => {
  const one = new Set(basic);
  const two = new Set(extensions);
  assert.equal(one.size, 127);
  for (const unit of codes(0, 0xffff)) {
    assert.equal(gsmSeptets(unit), one.has(unit) ? 1 : two.has(unit) ? 2 : 0, unit.toString(16));
  }
});

const encodings: [text: string, encoding: string][] = [
  ['', 'gsm7'],
  ['Hello world', 'gsm7'],
  ['a\nb\r\n', 'gsm7'],
  ['^{}\\[~]|€\f', 'gsm7'],
  ['ÄÖÜäöüß ñ à è Ç', 'gsm7'],
  ['ΔΦΓΛΩΠΨΣΘΞ', 'gsm7'],
  ['ç', 'ucs2'],
  ['á', 'ucs2'],
  ['α', 'ucs2'],
  ['a\tb', 'ucs2'],
  ['`', 'ucs2'],
  ['it’s', 'ucs2'],
  ['Привет', 'ucs2'],
  ['你好', 'ucs2'],
  ['Hi 👋', 'ucs2'],
  ['\u001b', 'ucs2'],
];

describe('a text is encoded', () => {
  for (const [text, encoding] of encodings) {
    test(`${JSON.stringify(text)} as ${encoding}`, () => assert.equal(encodingOf(text), encoding));
  }
});

const simplified: [text: string, plain: string][] = [
  ['it’s', "it's"],
  ['‘a’ ‚b‛', "'a' 'b'"],
  ['“a” „b‟', '"a" "b"'],
  ['«a» ‹b›', '"a" \'b\''],
  ['5′ 10″', '5\' 10"'],
  ['´a`', "'a'"],
  ['9–5 — now − then‑and‐on', '9-5 - now - then-and-on'],
  ['a\u00a0b\u2009c\u202fd\u3000e\tf', 'a b c d e f'],
  ['wait…', 'wait...'],
  ['a\u200bb\u200dc\ufeffd\u00ade\u2060f', 'abcdef'],
  ['a\u2028b\u2029c', 'a\nb\nc'],
  ['cafe\u0301', 'café'],
  ['10 k\u2126', '10 kΩ'],
  ['€ “5”', '€ "5"'],
];

describe('a text is simplified', () => {
  for (const [text, plain] of simplified) {
    test(`${JSON.stringify(text)} to ${JSON.stringify(plain)}`, () => {
      assert.equal(encodingOf(text), 'ucs2');
      assert.equal(simplifyForGsm(text), plain);
      assert.equal(encodingOf(plain), 'gsm7');
    });
  }
});

const kept: [why: string, text: string][] = [
  ['it is plain', 'Hello world'],
  ['an emoji', 'it’s 👋'],
  ['emojis joined by a character of no width', '👨\u200d👩\u200d👧'],
  ['an accent that the alphabet lacks', 'garçon…'],
  ['such an accent, written apart', 'garc\u0327on'],
  ['letters that only look Latin', 'Сосо'],
  ['a script', '“Привет”'],
  ['a script that needs characters of no width', 'می\u200cخواهم'],
  ['a bullet', '• one'],
  ['a dot that is spelling', 'col·legi'],
  ['a sign', '5 ÷ 2 ≠ 2½ ©'],
  ['half a surrogate pair', '’\ud83d'],
];

describe('a text is left as it was written because of', () => {
  for (const [why, text] of kept) test(why, () => assert.equal(simplifyForGsm(text), text));
});

test('simplifying returns GSM or the unchanged text, and a second time changes nothing', () => {
  const pieces = fc.constantFrom('a', 'é', '€', '’', '“', '–', '…', '\u00a0', '\u200b', 'e\u0301', 'ç', '👋');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: pieces }), fc.string({ unit: 'binary' })), (text) => {
      const plain = simplifyForGsm(text);
      if (plain !== text) assert.equal(encodingOf(plain), 'gsm7');
      assert.equal(simplifyForGsm(plain), plain);
    }),
    runs,
  );
});
