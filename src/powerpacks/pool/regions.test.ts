// Members of a pool by state and province.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareByRegion } from './regions.ts';

const share = (areaCode: string, members: number) => ({ areaCode, members, queued: 2, segmentsToday: 3 });
const membersOf = (areas: Parameters<typeof shareByRegion>[0]) => {
  const { regions, elsewhere } = shareByRegion(areas);
  const found = regions.filter(({ members }) => members > 0);
  return [found.map(({ region, members }) => [region.regionCode, members]), elsewhere.members];
};

test('area codes of a state are taken together', () => {
  assert.deepEqual(membersOf([share('415', 3), share('212', 1), share('213', 4)]), [
    [
      ['CA', 7],
      ['NY', 1],
    ],
    0,
  ]);
});

test('an area code that provinces share counts in each of them', () => {
  assert.deepEqual(membersOf([share('902', 2)]), [
    [
      ['NS', 2],
      ['PE', 2],
    ],
    0,
  ]);
});

test('members without a region are elsewhere: toll-free numbers, short codes, other countries', () => {
  assert.deepEqual(membersOf([share('', 2), share('787', 1)]), [[], 3]);
});

test('every region is listed, with its area codes and its load', () => {
  const { regions } = shareByRegion([share('307', 1)]);
  assert.equal(regions.length, 64);
  const wyoming = regions.find(({ region }) => region.regionCode === 'WY');
  assert.deepEqual(wyoming, {
    region: { countryIso2: 'US', regionCode: 'WY', name: 'Wyoming', areaCodes: ['307'] },
    members: 1,
    queued: 2,
    segmentsToday: 3,
  });
});
