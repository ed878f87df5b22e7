// The view of the sticky page in its address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, type StickyView, viewOf } from './sticky-address.ts';

const addresses: [query: string, view: StickyView][] = [
  ['', { recipient: '', offset: 0 }],
  ['?recipient=14155550190', { recipient: '14155550190', offset: 0 }],
  ['?recipient=14155550190&offset=20', { recipient: '14155550190', offset: 20 }],
];

for (const [query, view] of addresses) {
  test(`${query || 'no query'} and the view are each other's`, () => {
    assert.deepEqual(viewOf(Object.fromEntries(new URLSearchParams(query))), view);
    assert.equal(addressOf('uuid', view), `/console/powerpacks/uuid/sticky${query}`);
  });
}

test('invalid parts of an address are left out', () => {
  assert.deepEqual(viewOf({ recipient: '+1 415 x', offset: 'far' }), { recipient: '1415', offset: 0 });
});
