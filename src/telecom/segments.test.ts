// How many segments a text needs, and which texts are too long.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { encodingOf, gsmSeptets } from './encoding.ts';
import { isTooLong, measureMessage, measureText } from './segments.ts';

/** The same cases on every run. */
const runs = { seed: 20260802, numRuns: 1000 };

const measured: [what: string, text: string, encoding: string, length: number, segments: number][] = [
  ['nothing', '', 'gsm7', 0, 1],
  ['one character', 'a', 'gsm7', 1, 1],
  ['160 septets', 'a'.repeat(160), 'gsm7', 160, 1],
  ['161 septets', 'a'.repeat(161), 'gsm7', 161, 2],
  ['306 septets', 'a'.repeat(306), 'gsm7', 306, 2],
  ['307 septets', 'a'.repeat(307), 'gsm7', 307, 3],
  ['80 euro signs', '€'.repeat(80), 'gsm7', 160, 1],
  ['159 septets and a euro sign', `${'a'.repeat(159)}€`, 'gsm7', 161, 2],
  ['a euro sign across the border', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 'gsm7', 305, 2],
  ['a euro sign that costs a segment', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 306, 3],
  ['153 euro signs, 76 to a segment', '€'.repeat(153), 'gsm7', 306, 3],
  ['1,600 septets', 'a'.repeat(1600), 'gsm7', 1600, 11],
  ['70 units', 'я'.repeat(70), 'ucs2', 70, 1],
  ['71 units', 'я'.repeat(71), 'ucs2', 71, 2],
  ['134 units', 'я'.repeat(134), 'ucs2', 134, 2],
  ['135 units', 'я'.repeat(135), 'ucs2', 135, 3],
  ['an emoji', '👋', 'ucs2', 2, 1],
  ['35 emojis', '👋'.repeat(35), 'ucs2', 70, 1],
  ['36 emojis', '👋'.repeat(36), 'ucs2', 72, 2],
  ['67 emojis, 33 to a segment', '👋'.repeat(67), 'ucs2', 134, 3],
  ['an emoji that costs a segment', `${'я'.repeat(66)}👋${'я'.repeat(66)}`, 'ucs2', 134, 3],
  ['halves of pairs, which are one unit each', '\ud83d'.repeat(134), 'ucs2', 134, 2],
  ['half a pair before a whole one', `${'я'.repeat(66)}\ud83d👋`, 'ucs2', 69, 1],
  ['737 units', 'я'.repeat(737), 'ucs2', 737, 11],
  ['euro signs in UCS-2', `я${'€'.repeat(69)}`, 'ucs2', 70, 1],
];

describe('measured', () => {
  for (const [what, text, encoding, length, segments] of measured) {
    test(`${what}: ${encoding}, ${length} long, ${segments} segments`, () => {
      assert.deepEqual(measureText(text), { encoding, length, segments });
    });
  }
});

test('a picture message is one segment, a text message as many as its text needs', () => {
  const text = 'я'.repeat(71);
  assert.deepEqual(measureMessage('mms', text), { encoding: 'ucs2', length: 71, segments: 1 });
  assert.deepEqual(measureMessage('sms', text), { encoding: 'ucs2', length: 71, segments: 2 });
});

const long: [what: string, text: string, tooLong: boolean][] = [
  ['1,600 septets', 'a'.repeat(1600), false],
  ['1,601 septets', 'a'.repeat(1601), true],
  ['800 euro signs', '€'.repeat(800), false],
  ['801 euro signs', '€'.repeat(801), true],
  ['737 units', 'я'.repeat(737), false],
  ['738 units', 'я'.repeat(738), true],
  ['368 emojis', '👋'.repeat(368), false],
  ['369 emojis', '👋'.repeat(369), true],
  ['one emoji among 736 letters', `👋${'a'.repeat(736)}`, true],
  ['ten million characters', 'a'.repeat(1e7), true],
];

describe('too long', () => {
  for (const [what, text, tooLong] of long) {
    test(`${what}: ${tooLong ? 'yes' : 'no'}`, () => assert.equal(isTooLong(text), tooLong));
  }
});

const gsmText = fc.string({
  unit: fc.constantFrom('a', 'Z', ' ', 'é', 'Δ', '\n', '€', '[', '~'),
  maxLength: 1000,
});
const anyText = fc.string({
  unit: fc.constantFrom('a', '€', 'я', '你', '👋', '\ud83d', '\udc4b'),
  maxLength: 400,
});
const text = fc.oneof(gsmText, anyText, fc.string({ unit: 'binary', maxLength: 400 }));

/** Returns the parts of a text as a carrier cuts it: by whole characters, each part as full as possible. */
function cut(whole: string): string[] {
  const isGsm = encodingOf(whole) === 'gsm7';
  const room = isGsm ? 153 : 67;
  const sizeOf = (part: string) => (isGsm ? septets(part) : part.length);
  const segments = [''];
  for (const character of whole) {
    const last = segments.length - 1;
    const grown = segments[last] + character;
    if (sizeOf(grown) <= room) segments[last] = grown;
    else segments.push(character);
  }
  return segments;
}

function septets(part: string): number {
  return [...part].reduce((sum, character) => sum + gsmSeptets(character.charCodeAt(0)), 0);
}

describe('for every text', () => {
  test('the segments are those of a text cut by whole characters', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const { encoding, length, segments } = measureText(whole);
        assert.equal(length, encoding === 'gsm7' ? septets(whole) : whole.length);
        assert.equal(segments, length <= (encoding === 'gsm7' ? 160 : 70) ? 1 : cut(whole).length);
      }),
      runs,
    );
  });

  test('there are no fewer segments than its length needs, and hardly more', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const { encoding, length, segments } = measureText(whole);
        const [alone, joined] = encoding === 'gsm7' ? [160, 153] : [70, 67];
        const fewest = length <= alone ? 1 : Math.ceil(length / joined);
        assert.ok(segments >= fewest);
        assert.ok(segments <= Math.max(1, Math.ceil(length / (joined - 1))));
      }),
      runs,
    );
  });

  test('joined texts need no fewer segments than each, and at most two more than apart', () => {
    fc.assert(
      fc.property(gsmText, gsmText, (one, other) => {
        const both = measureText(one + other);
        assert.equal(both.length, measureText(one).length + measureText(other).length);
        assert.ok(both.segments >= Math.max(measureText(one).segments, measureText(other).segments));
        // A text that fits into one segment alone may need two when it is one of several.
        assert.ok(both.segments <= measureText(one).segments + measureText(other).segments + 2);
      }),
      runs,
    );
  });

  test('one character outside the GSM alphabet makes all of it UCS-2', () => {
    fc.assert(
      fc.property(gsmText, gsmText, (before, after) => {
        const whole = `${before}я${after}`;
        assert.deepEqual([measureText(whole).encoding, measureText(whole).length], ['ucs2', whole.length]);
      }),
      runs,
    );
  });
});
