// The stretch of time that an address says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stretchAddress, windowOf } from './windows.ts';

test('an address without a window, or with one that is none, shows the last hour', () => {
  assert.deepEqual(
    [{}, { window: 'year' }, { window: 'week' }].map((query) => windowOf(query).id),
    ['hour', 'hour', 'week'],
  );
});

const stretches: [what: string, from: string, to: string, by: string, buckets: number][] = [
  ['one minute by minute', '2026-03-14 09:00:00', '2026-03-14 09:01:00', 'minute', 1],
  ['six hours by minute', '2026-03-14 09:00:00', '2026-03-14 15:00:00', 'minute', 360],
  ['longer ones by hour', '2026-03-14 09:00:00', '2026-03-14 16:00:00', 'hour', 7],
  ['more than two weeks by day', '2026-03-01 00:00:00', '2026-03-16 00:00:00', 'day', 15],
];
describe('any stretch is shown in steps that it has few enough of', () => {
  for (const [what, from, to, by, buckets] of stretches) {
    test(what, () => {
      const window = windowOf({ from, to });
      assert.deepEqual([window.by, window.buckets, window.bounds], [by, buckets, { from, to }]);
    });
  }
});

test('bounds that are none, or the wrong way round, show the last hour', () => {
  const bounds = [
    { from: 'soon', to: '2026-03-14 09:00:00' },
    { from: '2026-03-14 09:00:00', to: '2026-03-14 09:00:00' },
    { from: '2026-03-14 09:00:00' },
  ];
  for (const query of bounds) assert.equal(windowOf(query).id, 'hour');
});

test('the address of a stretch shows it', () => {
  const address = stretchAddress('p', '2026-03-14T09:00:00.000000Z', '2026-03-14T10:00:00.000000Z', 'hour');
  const query = Object.fromEntries(new URL(address, 'http://console').searchParams);
  assert.deepEqual(windowOf(query).bounds, { from: '2026-03-14 09:00:00', to: '2026-03-14 11:00:00' });
});
