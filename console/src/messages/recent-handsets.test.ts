// Handsets that messages were exchanged with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExchangedMessage, handsetOf, oursOf, recentHandsets } from './recent-handsets.ts';

const ours = '14155550100';
const message = (handset: string, direction: 'inbound' | 'outbound', minute: string): ExchangedMessage => ({
  message_direction: direction,
  message_state: 'delivered',
  message_time: `2026-03-14 09:${minute}:00.000000+00:00`,
  from_number: direction === 'inbound' ? handset : ours,
  to_number: direction === 'inbound' ? ours : handset,
});

test('each handset once, the one heard of last first, with what was sent and received', () => {
  const handsets = recentHandsets([
    message('1', 'outbound', '01'),
    message('2', 'outbound', '03'),
    message('1', 'inbound', '02'),
    message('1', 'outbound', '00'),
  ]);
  assert.deepEqual(
    handsets.map(({ handset, sent, received, latest }) => [
      handset,
      sent,
      received,
      latest.message_direction,
    ]),
    [
      ['2', 1, 0, 'outbound'],
      ['1', 2, 1, 'inbound'],
    ],
  );
});

test('masked numbers are left out', () => {
  assert.deepEqual(recentHandsets([message('14155550***', 'outbound', '00')]), []);
});

test('which side is whose', () => {
  for (const direction of ['inbound', 'outbound'] as const) {
    assert.equal(handsetOf(message('7', direction, '00')), '7');
    assert.equal(oursOf(message('7', direction, '00')), ours);
  }
});
