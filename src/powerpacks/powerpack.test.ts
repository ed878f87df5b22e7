// Changes of a powerpack, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange, defaultNumberPriority, mergePriority, type Powerpack } from './powerpack.ts';

const powerpack: Powerpack = {
  uuid: 'u',
  poolUuid: 'p',
  accountId: 'MA',
  name: 'first',
  stickySender: true,
  localConnect: true,
  application: { appId: '1', applicationType: 'XML' },
  numberPriority: defaultNumberPriority,
  alphanumericFirst: true,
  smartEncoding: false,
  optOutScope: 'powerpack',
  warmUp: [],
  quietHours: null,
  messagePriority: 'transactional',
  deletionProtection: false,
  createdAt: new Date(0),
};

test('an empty change changes nothing', () => assert.deepEqual(applyChange(powerpack, {}), powerpack));

test('a change touches only what it names', () => {
  assert.deepEqual(applyChange(powerpack, { name: 'second', stickySender: false }), {
    ...powerpack,
    name: 'second',
    stickySender: false,
  });
});

test('the application is detached by null', () => {
  assert.equal(applyChange(powerpack, { application: null }).application, null);
});

test('the default priority covers both services in both countries, long codes before toll-free', () => {
  const order = ['shortcode', 'longcode', 'tollfree'];
  assert.deepEqual(
    defaultNumberPriority.map((entry) => [entry.serviceType, entry.countryIso2, entry.order]),
    [
      ['SMS', 'US', order],
      ['MMS', 'US', order],
      ['SMS', 'CA', order],
      ['MMS', 'CA', order],
    ],
  );
});

test('entries of the priority replace those of the same service and country, in place', () => {
  const merged = mergePriority(defaultNumberPriority, [
    { serviceType: 'SMS', countryIso2: 'CA', order: ['tollfree'] },
    { serviceType: 'SMS', countryIso2: 'CA', order: ['longcode'] },
  ]);
  assert.equal(merged.length, 4);
  assert.deepEqual(merged[2], { serviceType: 'SMS', countryIso2: 'CA', order: ['longcode'] });
  assert.deepEqual(merged[0], defaultNumberPriority[0]);
});
