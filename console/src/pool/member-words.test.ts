// A member in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasOwnLimits, paceWords, placeOf, waitWords } from './member-words.ts';

test('the place is the region, else the country', () => {
  assert.equal(placeOf({ region: 'Ontario', country_iso2: 'CA' }), 'Ontario');
  assert.equal(placeOf({ region: '', country_iso2: 'US' }), 'US');
});

test('the pace names MMS only where the member carries it', () => {
  const pace = { sms_per_second: 0.25, mms_per_second: null };
  assert.deepEqual(paceWords({ ...pace, service: 'mms' }), ['SMS 0.25/s', 'MMS no limit']);
  assert.deepEqual(paceWords({ ...pace, service: 'sms' }), ['SMS 0.25/s']);
});

test('a wait is shown where there is one', () => {
  assert.equal(waitWords({ oldest_age_seconds: 65 }), 'oldest 1 min 5 s');
  assert.equal(waitWords({ oldest_age_seconds: null }), undefined);
});

test('0 is a limit of its own', () => {
  const none = { sms_per_second: null, mms_per_second: null, daily_segments: null };
  assert.equal(hasOwnLimits({ own_limits: none }), false);
  assert.equal(hasOwnLimits({ own_limits: { ...none, daily_segments: 0 } }), true);
});
