// The filters of the page's address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWith } from '../parts/address.ts';
import { filtersOf, noFilters } from './message-filters.ts';

test('names that are no filters, and empty ones, do not count', () => {
  const query = { limit: '5', offset: '20', subaccount: '', powerpack_id: 'x', message_state: 'sent' };
  assert.deepEqual(filtersOf(query), { powerpack_id: 'x', message_state: 'sent' });
});

test('to clear them leaves the plain address', () => {
  const query = { message_state: 'sent', message_time__gte: '2026-03-14 00:00:00', offset: '20' };
  assert.equal(addressWith('/console/messages', query, noFilters), '/console/messages');
});
