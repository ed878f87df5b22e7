// From the server's figures to charts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePoint, hasFigures, placesOf } from '../charts/chart.ts';
import {
  deliveryRatesChart,
  failuresChart,
  rateChart,
  sharesChart,
  trafficChart,
  waitChart,
} from './traffic-charts.ts';

const bucket = {
  start: '2026-03-14T00:00:00.000000Z',
  accepted: 12,
  received: 1,
  delivered: 10,
  undelivered: 1,
  failed: 0,
  wait_ms_p50: 20,
  wait_ms_p95: 1500,
  delivery_ms_p50: null,
  delivery_ms_p95: null,
};

test('a bucket is a point whose figures can be read aloud', () => {
  const chart = trafficChart([bucket], 'day', 'uuid');
  assert.equal(chart.points[0]?.x, Date.UTC(2026, 2, 14) / 1000);
  assert.equal(describePoint(chart, 0), '14 Mar: accepted 12, delivered 10, received 1');
  assert.equal(describePoint(chart, 1), '');
  assert.equal(
    describePoint(waitChart([bucket], 'day', 'uuid'), 0),
    '14 Mar: half within 20 ms, 95% within 1.5 s',
  );
});

test('lost messages have a scale of their own, and lead to the messages', () => {
  const chart = failuresChart([bucket, { ...bucket, start: '2026-03-15T00:00:00.000000Z' }], 'day', 'uuid');
  assert.equal(describePoint(chart, 0), '14 Mar: undelivered 1, failed 0');
  assert.equal(
    chart.between?.(0, 1).messages,
    '/console/messages?powerpack_id=uuid&message_direction=outbound&message_time__gte=2026-03-14+00%3A00%3A00&message_time__lt=2026-03-16+00%3A00%3A00',
  );
  assert.equal(
    chart.between?.(0, 0).closer,
    '/console/powerpacks/uuid/traffic?from=2026-03-14+00%3A00%3A00&to=2026-03-15+00%3A00%3A00',
  );
  assert.equal(describePoint(rateChart([bucket], 'day', 'uuid'), 0), '14 Mar: delivered 90.9%');
});

test('a chosen stretch is found where it stands by now, and no more once the chart has moved past it', () => {
  const at = (day: number) => ({ ...bucket, start: `2026-03-${day}T00:00:00.000000Z` });
  const chosen = [Date.UTC(2026, 2, 15) / 1000, Date.UTC(2026, 2, 16) / 1000] as const;
  assert.deepEqual(placesOf(trafficChart([14, 15, 16].map(at), 'day'), chosen), [1, 2]);
  assert.deepEqual(placesOf(trafficChart([15, 16, 17].map(at), 'day'), chosen), [0, 1]);
  assert.equal(placesOf(trafficChart([16, 17, 18].map(at), 'day'), chosen), undefined);
});

test('of many members the outline is drawn, and the lowest rates', () => {
  const senders = Array.from({ length: 60 }, (_, place) => ({
    number: String(10_000 + place),
    messages: place,
    delivered: place,
    undelivered: 1,
    failed: 0,
  }));
  assert.equal(sharesChart(senders).series[0]?.shape, 'area');
  assert.equal(deliveryRatesChart(senders).points.length, 40);
});

test('every line has dashes of its own', () => {
  const dashes = trafficChart([bucket], 'day', 'uuid').series.map(({ dash }) => dash.join());
  assert.equal(new Set(dashes).size, dashes.length);
});

test('a time that is not known is a gap', () => {
  const gap = { ...bucket, wait_ms_p50: null, wait_ms_p95: null };
  const chart = waitChart([gap], 'day', 'uuid');
  assert.deepEqual(
    chart.series.map(({ values }) => values),
    [[null], [null]],
  );
  assert.equal(describePoint(chart, 0), '14 Mar: nothing');
  assert.equal(hasFigures(chart), false);
});

test('members stand from the busiest to the quietest, beside their average', () => {
  const chart = sharesChart([
    { number: '14155550100', messages: 0 },
    { number: '12345', messages: 3 },
    { number: '14155550102', messages: 2 },
  ]);
  assert.deepEqual(
    chart.points.map(({ short }) => short),
    ['12345', '415…0102', '415…0100'],
  );
  assert.deepEqual(chart.series[0]?.values, [3, 2, 0]);
  assert.equal(describePoint(chart, 2), '+1 415 555 0100: messages 0, average 1.7');
});

test('rates stand from the lowest to the highest, without members of which nothing is finished', () => {
  const outcomes = { delivered: 0, undelivered: 0, failed: 0 };
  const chart = deliveryRatesChart([
    { number: '14155550100', ...outcomes, delivered: 4 },
    { number: '14155550101', ...outcomes, delivered: 1, failed: 1 },
    { number: '14155550102', ...outcomes },
  ]);
  assert.deepEqual(
    chart.points.map(({ short }) => short),
    ['415…0101', '415…0100'],
  );
  assert.deepEqual(chart.series[0]?.values, [0.5, 1]);
});
