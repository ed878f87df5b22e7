// The GSM alphabet in octets, unpacked and packed, and the alphabets beside it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { basicCharacters, extensionCharacters } from '../../telecom/encoding.ts';
import { finishEscapes, resolveEscapes } from '../../telecom/gsm-escapes.ts';
import { type AlphabetName, decodeUcs2, encodeText, wireAlphabetOf } from './alphabets.ts';
import { decodeGsm, encodeGsm, packSeptets, unpackSeptets } from './gsm-alphabet.ts';

/** The same cases on every run. */
const runs = { seed: 20261130, numRuns: 1000 };
const gsmText = fc.string({
  unit: fc.constantFrom(...basicCharacters, ...extensionCharacters),
  maxLength: 200,
});

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

const written: [text: string, octets: string][] = [
  ['@', '00'],
  ['hello', '68656c6c6f'],
  ['Ä Ö à', '5b205c207f'],
  ['ΔΞ', '101a'],
  ['Æ', '1c'],
  ['€', '1b65'],
  ['^{}\\[~]|\f', '1b141b281b291b2f1b3c1b3d1b3e1b401b0a'],
];

describe('written in GSM', () => {
  for (const [text, octets] of written) {
    test(JSON.stringify(text), () => {
      assert.equal(hex(encodeGsm(text)), octets);
      assert.equal(decodeGsm(Buffer.from(octets, 'hex')), text);
    });
  }
});

const read: [what: string, octets: string, text: string][] = [
  ['an escape before a character without another meaning as that character', '1b41', 'A'],
  ['an octet that the alphabet does not have as Latin-1', '80e9', '\u0080é'],
  ['two escapes as one', '1b1b65', '\u001b€'],
];

describe('GSM is read:', () => {
  for (const [what, octets, text] of read) {
    test(what, () => assert.equal(decodeGsm(Buffer.from(octets, 'hex')), text));
  }

  test('an escape at the end of one part and its character in the next are joined', () => {
    const parts = ['611b', '6562'].map((octets) => decodeGsm(Buffer.from(octets, 'hex')));
    assert.equal(resolveEscapes(parts.join('')), 'a€b');
    assert.deepEqual([resolveEscapes('a\u001b'), finishEscapes('a\u001b')], ['a\u001b', 'a ']);
  });
});

/** 3GPP TS 23.038 by hand: "hellohello" is the example that everybody knows. */
const packed: [text: string, fillBits: number, octets: string][] = [
  ['hellohello', 0, 'e8329bfd4697d9ec37'],
  ['A', 0, '41'],
  ['A', 1, '82'],
  ['1234567', 0, '31d98c56b3dd1a'],
  ['12345678', 0, '31d98c56b3dd70'],
];

describe('packed', () => {
  for (const [text, fillBits, octets] of packed) {
    test(`${text} behind ${fillBits} bits`, () => {
      assert.equal(hex(packSeptets(encodeGsm(text), fillBits)), octets);
      assert.equal(decodeGsm(unpackSeptets(Buffer.from(octets, 'hex'), fillBits)), text);
    });
  }

  test('any text comes back, behind any header', () => {
    fc.assert(
      fc.property(gsmText, fc.nat(6), (text, fillBits) => {
        // A carriage return at the end of a full octet cannot be told from padding.
        fc.pre(!text.endsWith('\r'));
        assert.equal(decodeGsm(unpackSeptets(packSeptets(encodeGsm(text), fillBits), fillBits)), text);
      }),
      runs,
    );
  });
});

const chosen: [text: string, alphabet: AlphabetName, wire: string][] = [
  ['hello [1]', 'gsm', 'gsm'],
  ['hello', 'gsm-packed', 'gsm'],
  ['hällo', 'latin1', 'latin1'],
  ['5 €', 'latin1', 'ucs2'],
  ['Δ', 'latin1', 'ucs2'],
  ['ç', 'latin1', 'ucs2'],
  ['hello', 'ascii', 'ascii'],
  ['a@b', 'ascii', 'ucs2'],
  ['hällo', 'ascii', 'ucs2'],
  ['hello', 'ucs2-only', 'ucs2'],
  ['Привет', 'gsm', 'ucs2'],
];

describe('goes out', () => {
  for (const [text, alphabet, wire] of chosen) {
    test(`${text} to an SMSC of ${alphabet} in ${wire}`, () =>
      assert.equal(wireAlphabetOf(text, alphabet), wire));
  }

  test('and comes back from UCS-2 and from Latin-1 as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(decodeUcs2(encodeText(text, 'ucs2')), text);
      }),
      runs,
    );
    assert.equal(hex(encodeText('hä', 'latin1')), '68e4');
    assert.equal(decodeUcs2(Buffer.from('006800', 'hex')), 'h');
  });
});
