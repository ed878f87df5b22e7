// The way from a message to its conversation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationAddress } from './conversation-address.ts';

const message = {
  message_direction: 'outbound',
  message_state: 'sent',
  message_time: '2026-03-14 09:00:00.000000+00:00',
  from_number: '14155550100',
  to_number: '14155550123',
  powerpack_id: 'pool',
} as const;

test('it is that of the handset, in both directions', () => {
  const address = '/console/conversations/pool/14155550123';
  assert.equal(conversationAddress(message), address);
  const answer = { from_number: message.to_number, to_number: message.from_number };
  assert.equal(conversationAddress({ ...message, ...answer, message_direction: 'inbound' }), address);
});

test('a message of no powerpack has none, and a masked handset leads nowhere', () => {
  assert.equal(conversationAddress({ ...message, powerpack_id: null }), undefined);
  assert.equal(conversationAddress({ ...message, to_number: '14155550***' }), undefined);
});
