// Rates, daily numbers and health by kind of sender, and those of a single one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConfig } from '../../base/config.ts';
import type { SenderKind } from '../powerpack.ts';
import { busyMs, dailySegmentsOf, isHealthy, isJudged, rateOf } from './limits.ts';

const limits = (environment: Record<string, string> = {}) => readConfig(environment).settings.limits;
const sender = (
  kind: SenderKind,
  countryIso2: string,
  own: [sms: number | null, mms: number | null] = [null, null],
) => ({
  kind,
  countryIso2,
  smsPerSecond: own[0],
  mmsPerSecond: own[1],
});

describe('segments a second', () => {
  const standard: [kind: SenderKind, country: string, sms: number, mms: number][] = [
    ['longcode', 'US', 1, 1],
    ['longcode', 'CA', 0.25, 0.25],
    ['longcode', 'GB', 0.25, 0.25],
    ['tollfree', 'US', 25, 2],
    ['shortcode', 'US', 100, 0],
    ['shortcode', 'CA', 100, 0],
  ];
  for (const [kind, country, sms, mms] of standard) {
    test(`${kind} of ${country}: ${sms} SMS, ${mms} MMS`, () => {
      assert.equal(rateOf(sender(kind, country), 'sms', limits()), sms);
      assert.equal(rateOf(sender(kind, country), 'mms', limits()), mms);
    });
  }

  test('a setting changes one kind and leaves the others', () => {
    const changed = limits({ RUCKSACK_RATES: ' CA-longcode = 2/3, tollfree=0/0' });
    assert.equal(rateOf(sender('longcode', 'CA'), 'mms', changed), 3);
    assert.equal(rateOf(sender('longcode', 'US'), 'sms', changed), 1);
    assert.equal(rateOf(sender('tollfree', 'US'), 'sms', changed), 0);
  });

  test("a member's own limit takes precedence, and 0 is no limit", () => {
    const own = sender('longcode', 'US', [0, 4.5]);
    assert.equal(rateOf(own, 'sms', limits()), 0);
    assert.equal(rateOf(own, 'mms', limits()), 4.5);
  });

  test('one switch sets all to unlimited', () => {
    const unlimited = limits({ RUCKSACK_PACING: 'unlimited' });
    assert.equal(rateOf(sender('longcode', 'US', [2, 2]), 'sms', unlimited), 0);
  });
});

describe('how long a number is busy', () => {
  const cases: [segments: number, rate: number, ms: number][] = [
    [1, 1, 1000],
    [3, 0.25, 12_000],
    [1, 25, 40],
    [1, 3, 334],
    [11, 0, 0],
  ];
  for (const [segments, rate, ms] of cases) {
    test(`${segments} segments at ${rate} a second: ${ms} ms`, () =>
      assert.equal(busyMs(segments, rate), ms));
  }
});

describe('segments a day', () => {
  const cases: [kind: SenderKind, country: string, own: number | null, segments: number | undefined][] = [
    ['longcode', 'US', null, 200],
    ['longcode', 'GB', null, 200],
    ['tollfree', 'US', null, undefined],
    ['shortcode', 'CA', null, undefined],
    ['longcode', 'US', 5, 5],
    ['longcode', 'US', 0, undefined],
    ['tollfree', 'US', 7, 7],
  ];
  for (const [kind, countryIso2, own, segments] of cases) {
    test(`${kind} of ${countryIso2}, own ${own}: ${segments}`, () =>
      assert.equal(dailySegmentsOf({ kind, countryIso2 }, own, limits()), segments));
  }
});

describe('health', () => {
  const cases: [finished: number, delivered: number, judged: boolean, healthy: boolean][] = [
    [0, 0, false, true],
    [49, 0, false, true],
    [50, 12, true, false],
    [52, 13, true, true],
    [1000, 249, true, false],
    [1000, 250, true, true],
  ];
  for (const [finished, delivered, judged, healthy] of cases) {
    const words = `${judged ? '' : 'not judged, '}${healthy ? 'healthy' : 'not healthy'}`;
    test(`${delivered} of ${finished} delivered: ${words}`, () => {
      assert.equal(isJudged({ finished, delivered }, limits()), judged);
      assert.equal(isHealthy({ finished, delivered }, limits()), healthy);
    });
  }
});
