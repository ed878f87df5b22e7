// The filters of the page's address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWith } from '../parts/address.ts';
import { failureFiltersOf, filtersOf, noFilters, searchOf, withRange } from './message-filters.ts';

test('names that are no filters, and empty ones, do not count', () => {
  const query = { limit: '5', offset: '20', subaccount: '', powerpack_id: 'x', message_state: 'sent' };
  assert.deepEqual(filtersOf(query), { powerpack_id: 'x', message_state: 'sent' });
});

test('to clear them leaves the plain address', () => {
  const query = { message_state: 'sent', message_time__gte: '2026-03-14 00:00:00', offset: '20' };
  assert.equal(addressWith('/console/messages', query, noFilters), '/console/messages');
});

test('a typed text is a number in any spelling, or a part of a text', () => {
  for (const number of ['415 555 0188', '(415) 555-0188', '+14155550188', '555.0188']) {
    assert.deepEqual(searchOf(number), { number, text: '' });
  }
  for (const text of ['parcel', '4711', 'order 415 555 0188']) {
    assert.deepEqual(searchOf(text), { number: '', text });
  }
});

test('a range counts instead of the times that are set', () => {
  const now = new Date(2026, 2, 14, 9, 26).getTime();
  const filters = {
    message_state: 'failed',
    message_time__gte: '2020-01-01',
    message_time__lt: '2020-01-02',
  };
  const hour = withRange(filters, 'hour', now);
  assert.equal(hour.message_state, 'failed');
  assert.equal(hour.message_time__gte, new Date(now - 3600_000).toISOString().slice(0, 19).replace('T', ' '));
  assert.equal(hour.message_time__lt, undefined);
  assert.equal(withRange(filters, undefined, now), filters);
});

test('failures are counted for the filters that their counts know', () => {
  assert.deepEqual(failureFiltersOf({ message_direction: 'outbound', error_code: '30' }), {
    error_code: '30',
  });
  assert.equal(failureFiltersOf({ message_direction: 'inbound' }), undefined);
  assert.equal(failureFiltersOf({ text: 'parcel' }), undefined);
});
