// How numbers for sale are asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Inventory, searchQuery } from './inventory-search.ts';
import type { Region } from './regions.ts';

const region = (country_iso2: string, region_code: string, name: string, area_codes: string[]): Region => ({
  country_iso2,
  region_code,
  region: name,
  area_codes,
  members: 0,
  queued: 0,
  segments_today: 0,
});
const california = region('US', 'CA', 'California', ['415', '213']);
const ontario = region('CA', 'ON', 'Ontario', ['416']);

const cases: [inventory: Inventory, home: Region | undefined, areaCode: string, query: object][] = [
  ['local', undefined, '', { country_iso: 'US', type: 'local' }],
  ['local', california, '', { country_iso: 'US', type: 'local', region: 'California' }],
  ['local', ontario, '', { country_iso: 'CA', type: 'local', region: 'Ontario' }],
  ['local', california, '415', { country_iso: 'US', type: 'local', region: 'California', pattern: '1415' }],
  ['local', undefined, '416', { country_iso: 'CA', type: 'local', pattern: '1416' }],
  ['local', undefined, '41', { country_iso: 'US', type: 'local', pattern: '141' }],
  ['tollfree', ontario, '888', { country_iso: 'US', type: 'tollfree', pattern: '1888' }],
];

for (const [inventory, home, areaCode, query] of cases) {
  test(`${inventory}, ${home?.region ?? 'anywhere'}, ${areaCode || 'any area code'}`, () => {
    const regions = [california, ontario];
    assert.deepEqual(searchQuery({ inventory, region: home, areaCode, regions }), query);
  });
}
