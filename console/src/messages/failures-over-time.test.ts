// The reasons of messages that did not arrive, over time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePoint } from '../charts/chart.ts';
import { bucketsFor, describeOverTime, failuresOverTime } from './failures-over-time.ts';
import type { Filters } from './message-filters.ts';

const now = Date.UTC(2026, 2, 14, 9, 26);
const hour = 3_600_000;
const day = 24 * hour;

const spans: [what: string, filters: Filters, by: string, first: number, buckets: number][] = [
  ['without times the last 24 hours', {}, 'hour', Date.UTC(2026, 2, 13, 9), 25],
  [
    'three days are shown by hour',
    { message_time__gte: '2026-03-11 10:00' },
    'hour',
    Date.UTC(2026, 2, 11, 10),
    72,
  ],
  ['longer times by day', { message_time__gte: '2026-03-07 09:26' }, 'day', Date.UTC(2026, 2, 7), 8],
  [
    'an end at a full hour does not begin another',
    { message_time__gte: '2026-03-13 00:00:00', message_time__lt: '2026-03-13 02:00:00' },
    'hour',
    Date.UTC(2026, 2, 13),
    2,
  ],
  [
    'a time with its offset',
    { message_time__gte: '2026-03-14T10:00:00+05:30' },
    'hour',
    Date.UTC(2026, 2, 14, 4),
    6,
  ],
  ['a day', { message_time__gte: '2026-03-13' }, 'hour', Date.UTC(2026, 2, 13), 34],
  [
    'without a beginning what is stored',
    { message_time__lt: '2026-03-14' },
    'day',
    Date.UTC(2025, 11, 14),
    90,
  ],
  [
    'what is no time is judged by the server',
    { message_time__gte: 'yesterday' },
    'hour',
    Date.UTC(2026, 2, 13, 9),
    25,
  ],
];
for (const [what, filters, by, first, buckets] of spans) {
  test(`buckets: ${what}`, () => {
    const over = bucketsFor(filters, now);
    assert.deepEqual([over.by, over.starts.length], [by, buckets]);
    assert.equal(over.starts[0], first);
  });
}

const bucket = (start: number, codes: Record<string, number>) => ({
  start: new Date(start).toISOString(),
  codes: Object.entries(codes).map(([code, messages]) => ({ error_code: code, messages })),
});

const first = Date.UTC(2026, 2, 12);
const buckets = [
  bucket(first, { 30: 5, 80: 2 }),
  bucket(first + 2 * day, { 30: 9, 10: 1, 20: 2, 40: 3, 80: 1 }),
];
const codes = ['30', '80', '40', '20', '10'].map((code) => ({ error_code: code }));
const over = { by: 'day', starts: [first, first + day, first + 2 * day] } as const;

test('the four most frequent reasons have lines, the others one together, and days without any are 0', () => {
  const chart = failuresOverTime({ codes, buckets }, over, { powerpack_id: 'p' });
  assert.deepEqual(
    [0, 1, 2].map((place) => describePoint(chart, place)),
    [
      '12 Mar: 30 spam detected 5, 80 destination temporarily unavailable 2, 40 invalid source number 0, 20 network error 0, other reasons 0',
      '13 Mar: 30 spam detected 0, 80 destination temporarily unavailable 0, 40 invalid source number 0, 20 network error 0, other reasons 0',
      '14 Mar: 30 spam detected 9, 80 destination temporarily unavailable 1, 40 invalid source number 3, 20 network error 2, other reasons 1',
    ],
  );
  assert.equal(
    chart.between?.(0, 1).messages,
    '/console/messages?powerpack_id=p&message_time__gte=2026-03-12+00%3A00%3A00&message_time__lt=2026-03-14+00%3A00%3A00',
  );
  assert.equal(failuresOverTime({ codes: codes.slice(0, 2), buckets }, over, {}).series.length, 2);
});

test('the worst time is told with its reason', () => {
  assert.equal(
    describeOverTime(buckets, 'day'),
    'The most on 14 Mar: 16 messages, 9 of them 30 Spam detected.',
  );
  assert.equal(
    describeOverTime([bucket(first, { 80: 2 })], 'day'),
    'The most on 12 Mar: 2 messages, all of them 80 Destination temporarily unavailable.',
  );
  assert.equal(describeOverTime([], 'hour'), 'Every message arrived.');
});
