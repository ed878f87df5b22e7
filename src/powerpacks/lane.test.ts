// The names of lanes, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneOf, laneOfSender, senderOfLane } from './lane.ts';

test('a short code has a lane in each country, a number has one', () => {
  assert.equal(laneOf({ kind: 'shortcode', sender: '72345', countryIso2: 'CA' }), '72345/CA');
  assert.equal(laneOf({ kind: 'shortcode', sender: '72345', countryIso2: 'US' }), '72345/US');
  assert.equal(laneOf({ kind: 'longcode', sender: '12025550100', countryIso2: 'CA' }), '12025550100');
  assert.equal(laneOf({ kind: 'tollfree', sender: '18005550100', countryIso2: 'US' }), '18005550100');
});

test('bare digits tell the same lane', () => {
  assert.equal(laneOfSender({ sender: '72345', countryIso2: 'CA' }), '72345/CA');
  assert.equal(laneOfSender({ sender: '12025550100', countryIso2: 'CA' }), '12025550100');
});

test('a lane tells the digits of its sender', () => {
  assert.deepEqual(['72345/US', '12025550100'].map(senderOfLane), ['72345', '12025550100']);
});
