// Statuses, log levels and identifiers of messages, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatableBytes } from '../../test/support/app.ts';
import { uuidv7 } from '../base/id.ts';
import { firstIdOf, isFinal, keepsNumber, keepsText, maskNumber, nextStatuses, ownerOf } from './message.ts';

test('statuses go forwards only, and four are the end', () => {
  assert.deepEqual(nextStatuses, {
    queued: ['sent', 'failed'],
    sent: ['delivered', 'undelivered'],
    received: ['delivered', 'undelivered'],
    delivered: [],
    undelivered: [],
    failed: [],
  });
  assert.deepEqual(
    (['queued', 'sent', 'received', 'delivered', 'undelivered', 'failed'] as const).map(isFinal),
    [false, false, false, true, true, true],
  );
});

test('log levels keep number and text, one of them, or neither', () => {
  const levels = ['true', 'number_only', 'content_only', 'false'] as const;
  assert.deepEqual(levels.map(keepsNumber), [true, true, false, false]);
  assert.deepEqual(levels.map(keepsText), [true, false, true, false]);
  assert.equal(maskNumber('12025550123'), '12025550***');
});

test('a message belongs to the subaccount where there is one', () => {
  assert.equal(ownerOf({ accountId: 'MA', subaccountId: 'SA' }), 'SA');
  assert.equal(ownerOf({ accountId: 'MA', subaccountId: undefined }), 'MA');
});

test('every identifier of a millisecond lies between the lowest of it and the lowest of the next', () => {
  const now = new Date('2026-03-14T09:26:53.589Z');
  const bytes = repeatableBytes(3);
  for (let time = 0; time < 100; time++) {
    const id = uuidv7(now, bytes);
    assert.ok(id >= firstIdOf(now.getTime()) && id < firstIdOf(now.getTime() + 1), id);
  }
  assert.equal(firstIdOf(-1), '00000000-0000-0000-0000-000000000000');
  assert.equal(firstIdOf(Number.MAX_SAFE_INTEGER), 'ffffffff-ffff-0000-0000-000000000000');
});
