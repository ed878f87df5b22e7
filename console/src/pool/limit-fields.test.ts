// The limits that a member's form asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedLimits, fieldsOf, type LimitFields, namedLimits, type OwnLimits } from './limit-fields.ts';

const none: OwnLimits = { sms_per_second: null, mms_per_second: null, daily_segments: null };
const some: OwnLimits = { sms_per_second: 2.5, mms_per_second: 0, daily_segments: 50 };

const cases: [title: string, own: OwnLimits, typed: Partial<LimitFields>, sent: object][] = [
  ['nothing that was not touched', some, {}, {}],
  ['a figure for a default', none, { sms_per_second: ' 5 ' }, { sms_per_second: '5' }],
  ['the default for a figure', some, { daily_segments: '' }, { daily_segments: 'default' }],
  ['0 as no limit', none, { mms_per_second: '0' }, { mms_per_second: '0' }],
  ['nonsense for the server to refuse', none, { sms_per_second: 'fast' }, { sms_per_second: 'fast' }],
];

for (const [title, own, typed, sent] of cases) {
  test(title, () => assert.deepEqual(changedLimits({ ...fieldsOf(own), ...typed }, own), sent));
}

test('for many members an empty field says nothing', () => {
  assert.deepEqual(namedLimits({ sms_per_second: ' 5 ', mms_per_second: '', daily_segments: 'default' }), {
    sms_per_second: '5',
    daily_segments: 'default',
  });
});
