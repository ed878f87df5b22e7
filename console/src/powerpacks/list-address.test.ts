// The list's address says what the list shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, viewOf } from './list-address.ts';

const beginning = {
  name: '',
  order: undefined,
  offset: 0,
  deletedOffset: 0,
  deletedOrder: undefined,
  undo: '',
};

test('defaults are left out', () => {
  assert.equal(addressOf(beginning), '/console/powerpacks');
  assert.equal(addressOf({}), '/console/powerpacks');
});

test('an address leads back to the view it was made from', () => {
  const order = { column: 'queued', isDescending: true } as const;
  const deletedOrder = { column: 'members', isDescending: false } as const;
  const view = { name: '50% & more', order, offset: 20, deletedOffset: 40, deletedOrder, undo: 'some-uuid' };
  const { pathname, searchParams } = new URL(addressOf(view), 'http://localhost');
  assert.equal(pathname, '/console/powerpacks');
  assert.deepEqual(viewOf(Object.fromEntries(searchParams)), view);
});
