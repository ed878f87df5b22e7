// The chart of a number's health.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthChart } from './health-chart.ts';

test('48 hours up to now, those without reports at nothing', () => {
  const now = Date.parse('2026-03-14T09:26:53Z');
  const hours = [
    { start: '2026-03-14T09:00:00.000000Z', finished: 5, delivered: 2 },
    { start: '2026-03-01T09:00:00.000000Z', finished: 9, delivered: 9 },
  ];
  const { points, series } = healthChart(hours, now);
  assert.equal(points.length, 48);
  assert.equal((points.at(-1)?.x ?? 0) * 1000, Date.parse('2026-03-14T09:00:00Z'));
  assert.deepEqual(
    series.map(({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)),
    [2, 3],
  );
});
