// A route in the form, and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, draftOf, matchKeys } from './route-draft.ts';

const stored = {
  account: null,
  carrier: 'smsc',
  country: null,
  fallback: ['other', 'simulator'],
  kind: null,
  number: null,
  powerpack: null,
  resource_uri: '',
  route_id: '',
  service: 'sms',
  source: 'api',
} as const;

const cases = [
  [{}, {}],
  [
    { number: '72345', country: 'CA' },
    { number: '72345', country: 'CA' },
  ],
  [
    { kind: 'tollfree', country: 'US' },
    { kind: 'tollfree', country: 'US' },
  ],
  [{ kind: 'tollfree' }, { kind: 'tollfree' }],
  [{ country: 'US' }, { country: 'US' }],
  [{ account: 'MA1' }, { account: 'MA1' }],
] as const;
for (const [match, written] of cases) {
  test(`a stored route comes back: ${JSON.stringify(match)}`, () => {
    const draft = draftOf({ ...stored, fallback: [...stored.fallback], ...match }, 'none');
    assert.deepEqual(bodyOf(draft), {
      service: 'sms',
      carrier: 'smsc',
      fallback: ['other', 'simulator'],
      ...written,
    });
  });
}

test('a new route is the default of SMS to the first carrier, until something else is chosen', () => {
  const draft = draftOf(undefined, 'smsc');
  assert.deepEqual(bodyOf(draft), { service: 'sms', carrier: 'smsc', fallback: [] });
  assert.ok(matchKeys.includes(draft.key));
});
