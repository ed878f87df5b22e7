// Statuses and log levels of messages, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finalStatuses, keepsNumber, keepsText, maskNumber, nextStatuses, ownerOf } from './message.ts';

test('statuses go forwards only, and three are final', () => {
  assert.deepEqual(nextStatuses, {
    outbound: { queued: ['sent', 'failed'], sent: ['delivered', 'undelivered'] },
    inbound: { received: ['delivered', 'undelivered'], undelivered: ['delivered'] },
  });
  assert.deepEqual(finalStatuses, ['delivered', 'undelivered', 'failed']);
});

test('log levels store number and text, one of them, or neither', () => {
  const levels = ['true', 'number_only', 'content_only', 'false'] as const;
  assert.deepEqual(levels.map(keepsNumber), [true, true, false, false]);
  assert.deepEqual(levels.map(keepsText), [true, false, true, false]);
  assert.equal(maskNumber('12025550123'), '12025550***');
});

test('a message belongs to the subaccount where there is one', () => {
  assert.equal(ownerOf({ accountId: 'MA', subaccountId: 'SA' }), 'SA');
  assert.equal(ownerOf({ accountId: 'MA', subaccountId: undefined }), 'MA');
});
