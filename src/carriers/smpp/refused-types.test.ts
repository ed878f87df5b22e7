// Refusals of a type of address: what is warned of, for how long, and what is told.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NetworkSenderKind } from '../../telecom/sender.ts';
import { RefusedTypes } from './refused-types.ts';

const start = new Date('2026-11-29T10:00:00Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

const source = ['source_ton_refused'];
const destination = ['destination_ton_refused'];

const rows: [status: number, kind: NetworkSenderKind, warnings: string[], sentence: string | undefined][] = [
  [0x48, 'shortcode', source, '0x48 ESME_RINVSRCTON: the SMSC refuses ton and npi of source.shortcode'],
  [0x49, 'alphanumeric', source, '0x49 ESME_RINVSRCNPI: the SMSC refuses ton and npi of source.alphanumeric'],
  [0x48, 'longcode', source, '0x48 ESME_RINVSRCTON: the SMSC refuses ton and npi of source.long'],
  [0x48, 'tollfree', source, '0x48 ESME_RINVSRCTON: the SMSC refuses ton and npi of source.long'],
  [0x50, 'longcode', destination, '0x50 ESME_RINVDSTTON: the SMSC refuses ton and npi of destination'],
  [0x51, 'longcode', destination, '0x51 ESME_RINVDSTNPI: the SMSC refuses ton and npi of destination'],
  [0x4a, 'longcode', destination, '0x4a ESME_RINVDSTTON: the SMSC refuses ton and npi of destination'],
  [0x4b, 'longcode', destination, '0x4b ESME_RINVDSTNPI: the SMSC refuses ton and npi of destination'],
  [0x0a, 'longcode', [], undefined],
  [0x0b, 'longcode', [], undefined],
  [0x58, 'longcode', [], undefined],
];

describe('a refusal', () => {
  for (const [status, kind, warnings, sentence] of rows) {
    test(`with 0x${status.toString(16)} of a ${kind} warns of ${warnings.join() || 'nothing'}`, () => {
      const types = new RefusedTypes({});
      assert.equal(types.refused(status, kind, start), sentence);
      assert.deepEqual(types.warnings(start), warnings);
    });
  }

  test('is warned of for an hour after the last one', () => {
    const types = new RefusedTypes({});
    types.refused(0x48, 'longcode', start);
    types.refused(0x48, 'longcode', later(30));
    assert.deepEqual(types.warnings(later(89)), source);
    assert.deepEqual(types.warnings(later(90)), []);
  });

  test('is told once a minute, each kind of sender by itself', () => {
    const types = new RefusedTypes({});
    const isTold = (kind: NetworkSenderKind, minutes: number) =>
      types.refused(0x48, kind, later(minutes)) !== undefined;
    assert.deepEqual(
      [isTold('longcode', 0), isTold('shortcode', 0), isTold('longcode', 0.5), isTold('longcode', 1)],
      [true, true, false, true],
    );
  });

  test('with a status to which the configuration gives another meaning warns of nothing', () => {
    const types = new RefusedTypes({ '0x48': 'spam' });
    assert.equal(types.refused(0x48, 'longcode', start), undefined);
    assert.deepEqual(types.warnings(start), []);
  });
});
