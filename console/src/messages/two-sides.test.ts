// The two sides of a message.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExchangedMessage, handsetOf, isWhole, oursOf } from './two-sides.ts';

const ours = '14155550100';
const message = (handset: string, direction: 'inbound' | 'outbound'): ExchangedMessage => ({
  message_direction: direction,
  message_state: 'delivered',
  message_time: '2026-03-14 09:00:00.000000+00:00',
  from_number: direction === 'inbound' ? handset : ours,
  to_number: direction === 'inbound' ? ours : handset,
});

test('a masked number is not whole', () => {
  assert.ok(isWhole('14155550123'));
  assert.ok(!isWhole('14155550***'));
});

test('which side is whose', () => {
  for (const direction of ['inbound', 'outbound'] as const) {
    assert.equal(handsetOf(message('7', direction)), '7');
    assert.equal(oursOf(message('7', direction)), ours);
  }
});
