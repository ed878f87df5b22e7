// Encodings that are written out in X.690, RFC 5280 or a certificate known to be good.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bitString,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  utf8String,
  yes,
} from './der.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

const cases: [what: string, encoded: Buffer, expected: string][] = [
  ['true', yes(), '0101ff'],
  ['zero', integer(hex('00')), '020100'],
  ['127', integer(hex('7f')), '02017f'],
  ['128 keeps its sign', integer(hex('80')), '02020080'],
  ['256', integer(hex('0100')), '02020100'],
  ['key usage keyCertSign and cRLSign', bitString(hex('06'), 1), '03020106'],
  ['whole bytes of bits', bitString(hex('0a0b')), '0303000a0b'],
  ['octets', octetString(hex('0102')), '04020102'],
  ['object identifier 2.5.29.17', objectIdentifier('2.5.29.17'), '0603551d11'],
  ['object identifier with long arcs', objectIdentifier('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
  ['text', utf8String('é'), '0c02c3a9'],
  ['a moment before 2050', time(new Date('2049-12-31T23:59:59.999Z')), '170d3439313233313233353935395a'],
  ['a moment from 2050', time(new Date('2050-01-01T00:00:00Z')), '180f32303530303130313030303030305a'],
  ['empty sequence', sequence(), '3000'],
  ['sequence of two', sequence(yes(), integer(hex('01'))), '30060101ff020101'],
  ['set of one', setOf(yes()), '31030101ff'],
  ['explicit tag', explicit(0, integer(hex('02'))), 'a003020102'],
  ['implicit tag', implicit(2, Buffer.from('a', 'ascii')), '820161'],
  ['length 127', octetString(Buffer.alloc(127)), `047f${'00'.repeat(127)}`],
  ['length 128', octetString(Buffer.alloc(128)), `048180${'00'.repeat(128)}`],
  ['length 256', octetString(Buffer.alloc(256)), `04820100${'00'.repeat(256)}`],
];

for (const [what, encoded, expected] of cases) {
  test(what, () => assert.equal(encoded.toString('hex'), expected));
}
