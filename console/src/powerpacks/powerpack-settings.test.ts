// The request that a form of a powerpack sends: its changes, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderOf, type PriorityEntry, withOrder } from './number-priority.ts';
import {
  changesBetween,
  changesInWords,
  defaultSettings,
  type PowerpackSettings,
  withPriority,
} from './powerpack-settings.ts';

const before: PowerpackSettings = {
  ...defaultSettings,
  name: 'Shop',
  application_id: '123',
  application_type: 'XML',
};
const smsToUs = defaultSettings.number_priority[0] as PriorityEntry;
const tollfreeFirst = ['tollfree', 'shortcode', 'longcode'] as const;

const cases: readonly [what: string, after: Partial<PowerpackSettings>, sent: object, words: string][] = [
  ['nothing', {}, {}, ''],
  ['a switch', { sticky_sender: false }, { sticky_sender: false }, 'sticky sender'],
  ['a switch that is as it was', { sticky_sender: true }, {}, ''],
  ['the name', { name: ' Shop 2 ' }, { name: 'Shop 2' }, 'name'],
  ['white space at the ends of the name', { name: ' Shop ' }, {}, ''],
  [
    'another application',
    { application_id: '9', application_type: 'PHLO' },
    { application_id: '9', application_type: 'PHLO' },
    'application',
  ],
  ['no application', { application_id: '', application_type: '' }, { application_id: 'none' }, 'application'],
  [
    'one order of four',
    withPriority(before, smsToUs, tollfreeFirst),
    {
      number_priority: [
        {
          service_type: 'SMS',
          country_iso: 'US',
          priority: { priority1: 'tollfree', priority2: 'shortcode', priority3: 'longcode' },
        },
      ],
    },
    'priority for SMS to the United States',
  ],
  ['the same order said again', withPriority(before, smsToUs, orderOf(smsToUs)), {}, ''],
  [
    'several things',
    { opt_out_scope: 'account', smart_encoding: true, local_connect: false, deletion_protection: true },
    { opt_out_scope: 'account', smart_encoding: true, local_connect: false, deletion_protection: true },
    'local connect, smart encoding, opt-out scope, deletion protection',
  ],
];

for (const [what, after, sent, words] of cases) {
  test(`of a change of ${what}`, () => {
    const changes = changesBetween(before, { ...before, ...after });
    assert.deepEqual(changes, sent);
    assert.equal(changesInWords(changes).join(', '), words);
  });
}

test('an order that does not name all kinds continues with long codes, toll-free, short codes', () => {
  const entry = withOrder(smsToUs, ['shortcode']);
  assert.deepEqual(entry.priority, { priority1: 'shortcode', priority2: null, priority3: null });
  assert.deepEqual(orderOf(entry), ['shortcode', 'longcode', 'tollfree']);
  assert.deepEqual(orderOf(withOrder(smsToUs, [])), ['longcode', 'tollfree', 'shortcode']);
});

test('an order that is completed to what it meant is no change', () => {
  const short = { ...before, number_priority: [withOrder(smsToUs, ['shortcode'])] };
  const after = { ...short, ...withPriority(short, smsToUs, orderOf(smsToUs)) };
  assert.deepEqual(changesBetween(short, after), {});
});
