// Traffic compared with that of as long a time before it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, windowBefore } from './comparison.ts';
import { windowOf } from './windows.ts';

test('the time before is as long, and as far into its last bucket', () => {
  const week = { from: '2026-03-08T00:00:00.000000Z', to: '2026-03-14T09:26:53.590001Z' };
  assert.deepEqual(windowBefore(week, windowOf({ window: 'week-days' })), {
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-07T09:26:53.590Z',
  });
});

test('there is none before all that is stored', () => {
  const quarter = { from: '2025-12-15T00:00:00.000000Z', to: '2026-03-14T09:26:53.590001Z' };
  assert.equal(windowBefore(quarter, windowOf({ window: 'quarter' })), undefined);
});

const bucket = (sent: number, delivered: number, undelivered: number, failed: number) => ({
  sent,
  delivered,
  undelivered,
  failed,
});

test('each figure stands beside the one before', () => {
  const told = compare([bucket(600, 500, 40, 0), bucket(600, 580, 0, 20)], [bucket(1000, 900, 60, 0)]);
  assert.deepEqual(
    told.map(({ label, figure, detail }) => `${label}: ${figure}, ${detail}`),
    [
      'Sent: 1,200, +20% on 1,000 before',
      'Delivered: 1,080, +20% on 900 before',
      'Did not arrive: 60, as 60 before',
      'Delivery rate: 94.7%, 93.8% before',
    ],
  );
});

test('fewer than before, and nothing before', () => {
  const [sent] = compare([bucket(5, 0, 0, 0)], [bucket(10, 0, 0, 0)]);
  assert.equal(sent?.detail, '−50% on 10 before');
  const nothing = compare([bucket(5, 0, 0, 0)], []);
  assert.deepEqual(
    nothing.map(({ figure, detail }) => [figure, detail]),
    [
      ['5', 'none before'],
      ['0', 'none before'],
      ['0', 'none before'],
      ['–', 'none before'],
    ],
  );
});

test('while the figures before are not known, those of now stand alone', () => {
  const alone = compare([bucket(5, 4, 1, 0)], undefined);
  assert.deepEqual(
    alone.map(({ figure, detail }) => [figure, detail]),
    [
      ['5', ''],
      ['4', ''],
      ['1', ''],
      ['80%', ''],
    ],
  );
});
