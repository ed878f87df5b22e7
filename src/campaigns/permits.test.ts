// Permits of campaigns: never more than the limits in any minute or on any day, in whatever order processes ask, and no less than they allow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Pace, permit, permitMs, usageOf } from './permits.ts';

const seed = 20261130;
const start = Date.parse('2026-11-30T12:00:00Z');
const fresh: Pace = { seconds: [], day: undefined, segmentsOfDay: 0 };

interface Sent {
  readonly atMs: number;
  readonly segments: number;
}

/** Asks at these moments for messages of these sizes, and sends each as late as its permit allows. */
function run(
  asked: readonly { readonly gapMs: number; readonly lateMs: number; readonly sizes: readonly number[] }[],
  limits: { readonly perMinute: number | undefined; readonly perDay: number | undefined },
): Sent[] {
  const sent: Sent[] = [];
  let pace = fresh;
  let nowMs = start;
  for (const { gapMs, lateMs, sizes } of asked) {
    nowMs += gapMs;
    const permission = permit(pace, limits, sizes, nowMs);
    pace = permission.pace;
    const segments = sizes.slice(0, permission.messages).reduce((sum, size) => sum + size, 0);
    assert.equal(segments, permission.segments);
    if (segments > 0) sent.push({ atMs: nowMs + lateMs, segments });
    if (permission.messages < sizes.length) assert.ok((permission.askAgainAt ?? 0) > nowMs);
    else assert.equal(permission.askAgainAt, undefined);
  }
  return sent;
}

const requests = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.nat(1500), fc.nat(30_000)),
    lateMs: fc.nat(permitMs - 1),
    sizes: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 40 }),
  }),
  { minLength: 1, maxLength: 200 },
);

test('no 60 seconds have more segments than the limit, however late permits are used', () => {
  fc.assert(
    fc.property(requests, fc.integer({ min: 12, max: 300 }), (asked, perMinute) => {
      const sent = run(asked, { perMinute, perDay: undefined });
      for (const { atMs } of sent) {
        const inMinute = sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000);
        const segments = inMinute.reduce((sum, one) => sum + one.segments, 0);
        assert.ok(segments <= perMinute, `${segments} of ${perMinute} from ${atMs}`);
      }
    }),
    { seed },
  );
});

test('no day of the zone has more segments than the limit', () => {
  fc.assert(
    fc.property(requests, fc.integer({ min: 12, max: 400 }), (asked, perDay) => {
      const sent = run(asked, { perMinute: undefined, perDay });
      assert.ok(sent.reduce((sum, { segments }) => sum + segments, 0) <= perDay);
    }),
    { seed },
  );
});

test('a process that asks again at the moments it is given uses up the limit, but for the second that a permit lasts', () => {
  for (const perMinute of [12, 75, 240, 4500]) {
    let pace = fresh;
    let nowMs = start;
    let segments = 0;
    while (nowMs < start + 10 * 60_000) {
      const permission = permit(pace, { perMinute, perDay: undefined }, Array(200).fill(1), nowMs);
      pace = permission.pace;
      segments += permission.segments;
      nowMs = permission.askAgainAt ?? nowMs + 100;
    }
    assert.ok(segments >= Math.floor((perMinute * 10 * 60) / 62), `${segments} at ${perMinute} a minute`);
  }
});

test('the largest message goes at the least limit', () => {
  const { messages } = permit(fresh, { perMinute: 12, perDay: 12 }, [11], start);
  assert.equal(messages, 1);
});

test('the day of the limit ends at midnight in Los Angeles, in summer and in winter', () => {
  const days: [now: string, ends: string][] = [
    ['2026-11-30T12:00:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T06:59:00Z', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T07:00:00Z', '2026-07-02T07:00:00.000Z'],
    // Clocks go back on this day: it has 25 hours.
    ['2026-11-01T07:00:00Z', '2026-11-02T08:00:00.000Z'],
  ];
  for (const [now, ends] of days) {
    assert.equal(usageOf(fresh, new Date(now)).dayEndsAt.toISOString(), ends);
  }
  const full = { seconds: [], day: '2026-11-30', segmentsOfDay: 2000 };
  const limits = { perMinute: undefined, perDay: 2000 };
  const atNight = permit(full, limits, [1], Date.parse('2026-12-01T07:59:59Z'));
  assert.deepEqual([atNight.messages, atNight.askAgainAt], [0, Date.parse('2026-12-01T08:00:00Z')]);
  assert.equal(permit(full, limits, [1], Date.parse('2026-12-01T08:00:00Z')).messages, 1);
});

test('a process whose clock is behind counts what another one has permitted', () => {
  const limits = { perMinute: 12, perDay: 12 };
  const { pace } = permit(fresh, limits, [11], start + 5000);
  const behind = permit(pace, limits, [2], start);
  assert.equal(behind.messages, 0);
  const beforeMidnight = Date.parse('2026-12-01T07:59:58Z');
  const next = permit(fresh, limits, [11], beforeMidnight + 3000).pace;
  assert.equal(permit(next, { ...limits, perMinute: undefined }, [2], beforeMidnight).messages, 0);
});

test('a clock that was turned back starts anew', () => {
  const later = permit(fresh, { perMinute: 12, perDay: undefined }, [11], start + 3_600_000).pace;
  assert.equal(permit(later, { perMinute: 12, perDay: undefined }, [11], start).messages, 1);
});
