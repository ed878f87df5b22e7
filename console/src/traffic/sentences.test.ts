// The sentences of the traffic charts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  deliveryRate,
  describeAreas,
  describeDelivery,
  describeFailures,
  describeRates,
  describeTimes,
  describeTraffic,
  totalOf,
  unreportedIn,
} from './sentences.ts';

const bucket = (accepted: number, delivered = 0, undelivered = 0, failed = 0, received = 0) => ({
  accepted,
  delivered,
  undelivered,
  failed,
  received,
});

const traffic: [what: string, buckets: ReturnType<typeof bucket>[], sentence: string][] = [
  ['nothing', [bucket(0), bucket(0)], 'No messages today.'],
  ['only replies', [bucket(0, 0, 0, 0, 2)], '0 messages accepted today. 2 received.'],
  ['one not reported on', [bucket(1)], '1 message accepted today: 1 not reported on yet.'],
  [
    'everything',
    [bucket(1000, 900, 20, 3, 4), bucket(200, 180, 10, 2, 5)],
    '1,200 messages accepted today: 1,080 delivered, 30 undelivered, 5 failed, 85 not reported on yet. 9 received.',
  ],
];

describe('traffic', () => {
  for (const [what, buckets, sentence] of traffic) {
    test(what, () => assert.equal(describeTraffic(buckets, 'today'), sentence));
  }

  test('no buckets are no messages', () => assert.deepEqual(totalOf([]), bucket(0)));
});

const outcomes = (label: string, delivered: number, undelivered = 0, failed = 0) => ({
  label,
  delivered,
  undelivered,
  failed,
});

const losses: [what: string, buckets: ReturnType<typeof outcomes>[], lost: string, rate: string][] = [
  ['nothing', [], 'Every message with an end arrived today.', 'No message has an end today.'],
  [
    'one moment of losses',
    [outcomes('14:05', 90, 8, 2), outcomes('14:06', 100)],
    '10 messages did not arrive today, all at 14:05.',
    '95% of 200 messages arrived today. Lowest at 14:05: 90% of 100.',
  ],
  [
    'losses at several, of which one is too small to be judged',
    [outcomes('14:05', 0, 3), outcomes('14:06', 47, 1), outcomes('14:07', 49)],
    '4 messages did not arrive today; most at 14:05: 3.',
    '96% of 100 messages arrived today. Lowest at 14:06: 97.9% of 48.',
  ],
];

describe('losses', () => {
  for (const [what, buckets, lost, rate] of losses) {
    test(what, () => {
      assert.equal(describeFailures(buckets, 'today'), lost);
      assert.equal(describeRates(buckets, 'today'), rate);
    });
  }
});

const none = 'Nothing was sent.';
const times: [
  what: string,
  spreads: { label: string; p50: number | null; p95: number | null }[],
  sentence: string,
][] = [
  ['no times', [{ label: '14:05', p50: null, p95: null }], none],
  [
    'the newest is the slowest',
    [
      { label: '14:05', p50: 10, p95: 20 },
      { label: '14:06', p50: 100, p95: 2500 },
      { label: '14:07', p50: null, p95: null },
    ],
    'Newest, 14:06: half within 100 ms, 95% within 2.5 s.',
  ],
  [
    'another is the slowest',
    [
      { label: '14:05', p50: 10, p95: 90_000 },
      { label: '14:06', p50: 100, p95: 2500 },
    ],
    'Newest, 14:06: half within 100 ms, 95% within 2.5 s. Slowest, 14:05: 95% within 1 min 30 s.',
  ],
];

describe('times', () => {
  for (const [what, spreads, sentence] of times) {
    test(what, () => assert.equal(describeTimes(spreads, none), sentence));
  }
});

const sender = (number: string, delivered: number, undelivered = 0, failed = 0) => ({
  number,
  delivered,
  undelivered,
  failed,
});

const deliveries: [what: string, senders: ReturnType<typeof sender>[], sentence: string][] = [
  ['nothing', [], 'No message is finished yet.'],
  ['nothing finished', [sender('14155550100', 0)], 'No message is finished yet.'],
  ['one number', [sender('14155550100', 99, 1)], '99% of 100 finished messages delivered.'],
  [
    'a number of too few messages is not named',
    [sender('14155550100', 99, 1), sender('14155550101', 0, 9)],
    '90.8% of 109 finished messages delivered.',
  ],
  [
    'all the same',
    [sender('14155550100', 10), sender('14155550101', 20)],
    '100% of 30 finished messages delivered. No member falls behind.',
  ],
  [
    'one falls behind',
    [sender('14155550100', 99, 0, 1), sender('14155550101', 8, 1, 1)],
    '97.3% of 110 finished messages delivered. Lowest: +1 415 555 0101 with 80% of 10.',
  ],
];

describe('delivery', () => {
  for (const [what, senders, sentence] of deliveries) {
    test(what, () => assert.equal(describeDelivery(senders), sentence));
  }

  test('there is no rate of nothing', () => assert.equal(deliveryRate(sender('14155550100', 0)), null));
});

describe('areas', () => {
  const area = (code: string, delivered: number, p95: number | null) => ({
    area_code: code,
    country_iso2: code === '' ? 'GB' : 'US',
    region: code === '415' ? 'California' : '',
    delivered,
    undelivered: 0,
    failed: 0,
    delivery_ms_p50: p95 === null ? null : 100,
    delivery_ms_p95: p95,
  });
  const told: [what: string, areas: ReturnType<typeof area>[], sentence: string][] = [
    ['too few', [area('415', 9, 500)], 'No area has 10 messages with an end today.'],
    ['no report', [area('415', 10, null)], 'No area has 10 messages with an end today.'],
    ['one', [area('415', 10, 500)], '415 California: half within 100 ms, 95% within 500 ms.'],
    [
      'the slowest of those with enough',
      [area('415', 10, 500), area('', 10, 2000), area('212', 2, 9000)],
      'Slowest, GB: half within 100 ms, 95% within 2 s.',
    ],
  ];
  for (const [what, areas, sentence] of told) {
    test(what, () => assert.equal(describeAreas(areas, 'today'), sentence));
  }
});

for (const [what, sent, delivered, undelivered, expected] of [
  ['all reported on', 10, 8, 2, 0],
  ['some not', 10, 6, 1, 3],
  ['reports of messages that were sent before', 0, 1, 0, 0],
] as const) {
  test(`messages without a report: ${what}`, () => {
    assert.equal(unreportedIn([{ sent, delivered, undelivered, failed: 5 }]), expected);
  });
}
