// The names of sender queues, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queueOf, queueOfSender, senderOfQueue } from './queue-name.ts';

test('a short code has a sender queue in each country, a number has one', () => {
  assert.equal(queueOf({ kind: 'shortcode', sender: '72345', countryIso2: 'CA' }), '72345/CA');
  assert.equal(queueOf({ kind: 'shortcode', sender: '72345', countryIso2: 'US' }), '72345/US');
  assert.equal(queueOf({ kind: 'longcode', sender: '12025550100', countryIso2: 'CA' }), '12025550100');
  assert.equal(queueOf({ kind: 'tollfree', sender: '18005550100', countryIso2: 'US' }), '18005550100');
});

test('bare digits name the same sender queue', () => {
  assert.equal(queueOfSender({ sender: '72345', countryIso2: 'CA' }), '72345/CA');
  assert.equal(queueOfSender({ sender: '12025550100', countryIso2: 'CA' }), '12025550100');
});

test('a sender queue has the digits of its sender', () => {
  assert.deepEqual(['72345/US', '12025550100'].map(senderOfQueue), ['72345', '12025550100']);
});
