// Every command_status has an answer (carriers.md section 4.5).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type SubmitFailure, submitFailures } from '../submit-error.ts';
import { failureOf, nameStatus } from './status-table.ts';

const table: [status: number, failure: SubmitFailure][] = [
  [0x01, 'tooLong'],
  [0x02, 'misconfigured'],
  [0x03, 'misconfigured'],
  [0x04, 'disconnected'],
  [0x05, 'disconnected'],
  [0x08, 'carrierFault'],
  [0x0a, 'invalidSender'],
  [0x0b, 'invalidDestination'],
  [0x0c, 'unknown'],
  [0x0e, 'misconfigured'],
  [0x14, 'throttled'],
  [0x45, 'carrierFault'],
  [0x48, 'invalidSender'],
  [0x49, 'invalidSender'],
  [0x4a, 'invalidDestination'],
  [0x50, 'invalidDestination'],
  [0x51, 'invalidDestination'],
  [0x58, 'throttled'],
  [0x62, 'misconfigured'],
  [0x64, 'carrierFault'],
  [0x65, 'prohibited'],
  [0x66, 'prohibited'],
  [0x67, 'carrierFault'],
  [0xc0, 'misconfigured'],
  [0xc3, 'invalidMessage'],
  [0xfe, 'carrierFault'],
  [0xff, 'carrierFault'],
  [0x101, 'prohibited'],
  [0x104, 'invalidMessage'],
  [0x105, 'carrierFault'],
  [0x3ff, 'carrierFault'],
  [0x400, 'carrierFault'],
  [0x4ff, 'carrierFault'],
  [0x500, 'carrierFault'],
];

describe('the status', () => {
  for (const [status, failure] of table) {
    test(`${nameStatus(status)} is ${failure}`, () => assert.equal(failureOf(status, {}), failure));
  }

  test('of every number is a failure', () => {
    for (let status = 1; status <= 0xffff; status++) assert.ok(failureOf(status, {}) in submitFailures);
  });

  test('that the configuration knows better is what it says', () => {
    assert.equal(failureOf(0x45, { '0x45': 'optedOut' }), 'optedOut');
    assert.equal(failureOf(0x402, { '0x402': 'noCredit' }), 'noCredit');
  });

  test('is named with its number', () => {
    assert.equal(nameStatus(0x58), '0x58 ESME_RTHROTTLED');
    assert.equal(nameStatus(0x400), '0x400 of the vendor');
    assert.equal(nameStatus(0x500), '0x500 reserved');
  });
});
