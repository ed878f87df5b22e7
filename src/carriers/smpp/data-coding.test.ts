// Texts of handsets are read in every alphabet that data_coding may name.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AlphabetName } from './alphabets.ts';
import { decodeText, type InboundAlphabet, inboundAlphabetOf } from './data-coding.ts';

const codings: [dataCoding: number, alphabet: InboundAlphabet, standard?: AlphabetName][] = [
  [0, 'gsm'],
  [0, 'latin1', 'latin1'],
  [0, 'ucs2', 'ucs2-only'],
  [0, 'gsm-packed', 'gsm-packed'],
  [1, 'ascii'],
  [2, 'binary'],
  [3, 'latin1'],
  [4, 'binary'],
  [5, 'shift_jis'],
  [6, 'iso-8859-5'],
  [7, 'iso-8859-8'],
  [8, 'ucs2'],
  [10, 'iso-2022-jp'],
  [13, 'euc-jp'],
  [14, 'euc-kr'],
  [9, 'binary'],
  [0x10, 'gsm'],
  [0x14, 'binary'],
  [0x18, 'ucs2'],
  [0xc8, 'gsm'],
  [0xe0, 'ucs2'],
  [0xf0, 'gsm'],
  [0xf5, 'binary'],
];

describe('data_coding', () => {
  for (const [dataCoding, alphabet, standard = 'gsm'] of codings) {
    test(`${dataCoding} of an SMSC of ${standard} is ${alphabet}`, () => {
      assert.equal(inboundAlphabetOf(dataCoding, standard, {}), alphabet);
    });
  }

  test('is what the configuration says', () => {
    assert.equal(inboundAlphabetOf(0, 'gsm', { '0': 'latin1' }), 'latin1');
  });
});

const texts: [alphabet: InboundAlphabet, hex: string, text: string][] = [
  ['gsm', '00', '@'],
  ['gsm-packed', 'e8329bfd4697d9ec37', 'hellohello'],
  ['ascii', '40', '@'],
  ['latin1', 'e4', 'ä'],
  ['ucs2', 'd83ddc4b', '👋'],
  ['ucs2', '006141', 'a'],
  ['binary', '00ff', ''],
  ['iso-8859-5', 'bf', 'П'],
  ['shift_jis', '82a0', 'あ'],
  ['euc-kr', 'b0a1', '가'],
];

describe('read as', () => {
  for (const [alphabet, hex, text] of texts) {
    test(`${alphabet}, ${hex} is ${JSON.stringify(text)}`, () => {
      assert.equal(decodeText(Buffer.from(hex, 'hex'), alphabet, 0), text);
    });
  }
});
