// Filters between the page's address and the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filtersOf, messagesAddress, offsetOf } from './message-filters.ts';

test('an address says the filters that it was made of', () => {
  const filters = {
    message_state: 'undelivered',
    from_number: '14155550100',
    message_time__gte: '2026-03-14 00:00:00',
  };
  const address = messagesAddress(filters, 40);
  const query = Object.fromEntries(new URL(address, 'http://console').searchParams);
  assert.deepEqual(filtersOf(query), filters);
  assert.equal(offsetOf(query), 40);
});

test('without filters it is the plain address', () => {
  assert.equal(messagesAddress({}), '/console/messages');
  assert.equal(messagesAddress({ message_state: '' }), '/console/messages');
});

test('names that are no filters, and empty ones, do not count', () => {
  assert.deepEqual(filtersOf({ limit: '5', subaccount: '', powerpack_id: 'x' }), { powerpack_id: 'x' });
});

test('an offset that is none is the beginning', () => {
  for (const offset of ['', '-20', '1.5', 'x', '1e99']) assert.equal(offsetOf({ offset }), 0, offset);
});
