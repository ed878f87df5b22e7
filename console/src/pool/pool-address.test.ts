// The view of a pool's page in its address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, isFiltered, narrowed, type PoolView, viewOf } from './pool-address.ts';

const plain: PoolView = {
  search: '',
  kind: undefined,
  service: undefined,
  health: undefined,
  region: undefined,
  order: undefined,
  offset: 0,
  adding: undefined,
  figure: 'members',
};

const addresses: [query: string, view: Partial<PoolView>][] = [
  ['', {}],
  ['?number=1415&type=longcode', { search: '1415', kind: 'longcode' }],
  ['?service=mms&health=unhealthy&region=CA-ON', { service: 'mms', health: 'unhealthy', region: 'CA-ON' }],
  ['?sort=-health', { order: { column: 'health', isDescending: true } }],
  ['?sort=number&offset=20', { order: { column: 'number', isDescending: false }, offset: 20 }],
  ['?offset=40&add=rent&map=traffic', { offset: 40, adding: 'rent', figure: 'traffic' }],
];

for (const [query, view] of addresses) {
  test(`${query || 'no query'} and the view are each other's`, () => {
    assert.deepEqual(viewOf(Object.fromEntries(new URLSearchParams(query))), { ...plain, ...view });
    assert.equal(addressOf('uuid', { ...plain, ...view }), `/console/powerpacks/uuid${query}`);
  });
}

test('invalid parts of an address are left out', () => {
  const wrong = {
    number: '+1 (415)x',
    type: 'fax',
    service: '',
    region: 'Bavaria',
    sort: '-x',
    offset: '-3',
    add: '1',
  };
  assert.deepEqual(viewOf(wrong), { ...plain, search: '1415' });
});

test('another choice begins at the first page', () => {
  assert.deepEqual(narrowed({ ...plain, offset: 40 }, { kind: 'tollfree' }), { ...plain, kind: 'tollfree' });
});

test('the map and what is being added are no filters', () => {
  assert.equal(isFiltered({ ...plain, adding: 'rent', figure: 'traffic', offset: 20 }), false);
  assert.equal(isFiltered({ ...plain, search: '1' }), true);
  assert.equal(isFiltered({ ...plain, region: 'US-CA' }), true);
});
