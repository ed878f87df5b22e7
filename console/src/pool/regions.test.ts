// Counts by region.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersByRegion, type Region, trafficByRegion } from './regions.ts';

const region = (country_iso2: string, region_code: string, name: string, members: number): Region => ({
  country_iso2,
  region_code,
  region: name,
  area_codes: [],
  members,
  queued: 0,
  segments_today: 0,
});
const regions = [region('US', 'CA', 'California', 3), region('CA', 'ON', 'Ontario', 0)];

test('members and messages are found by region, also where there are none', () => {
  assert.deepEqual(
    [...membersByRegion(regions)],
    [
      ['US-CA', 3],
      ['CA-ON', 0],
    ],
  );
  const traffic = [
    { country_iso2: 'CA', region: 'Ontario', messages: 8 },
    { country_iso2: 'US', region: '', messages: 5 },
  ];
  assert.deepEqual(
    [...trafficByRegion(regions, traffic)],
    [
      ['US-CA', 0],
      ['CA-ON', 8],
    ],
  );
});
