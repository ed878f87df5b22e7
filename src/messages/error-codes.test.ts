// Error codes on the wire, and their messages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { submitFailures } from '../carriers/submit-error.ts';
import { errorCodes, errorMessage, wireErrorCode } from './error-codes.ts';

const known: [code: number | null, wire: string | null, message: string][] = [
  [null, null, ''],
  [0, '000', ''],
  [10, '10', 'Invalid message'],
  [20, '20', 'Network error'],
  [30, '30', 'Spam detected'],
  [40, '40', 'Invalid source number'],
  [50, '50', 'Invalid destination number'],
  [60, '60', 'Loop detected'],
  [70, '70', 'Destination permanently unavailable'],
  [80, '80', 'Destination temporarily unavailable'],
  [90, '90', 'No route available'],
  [100, '100', 'Prohibited by carrier'],
  [110, '110', 'Message too long'],
  [200, '200', 'Source number blocked by STOP from destination number'],
  [201, '201', 'US toll-free to Canada blocked'],
  [300, '300', 'Failed to dispatch message'],
  [420, '420', 'Message expired'],
  [450, '450', 'Destination country barred'],
  [900, '900', 'Insufficient credit'],
  [910, '910', 'Account disabled'],
  [1000, '1000', 'Unknown error'],
  [2403, '2403', 'Application answered 403'],
  [2503, '2503', 'Application answered 503'],
  [2099, '2099', 'Unknown error'],
  [3000, '3000', 'Unknown error'],
];

describe('error code', () => {
  for (const [code, wire, message] of known) {
    test(`${code} is ${wire}: ${message}`, () => {
      assert.deepEqual([wireErrorCode(code), errorMessage(code)], [wire, message]);
    });
  }
});

const tableCodes = Object.values(errorCodes).map(({ code }) => code);

test('each code is in the table once', () =>
  assert.equal(new Set<number>(tableCodes).size, tableCodes.length));

test('every kind of failed submission has a code in the table', () => {
  const submitCodes = Object.values(submitFailures).map(({ errorCode }): number => errorCode);
  assert.deepEqual(
    submitCodes.filter((code) => !tableCodes.some((listed) => listed === code)),
    [],
  );
});
