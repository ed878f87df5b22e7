// Reservations that are tried: they count for the choices that follow, and are gone afterwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate, MemberFacts } from './candidate.ts';
import { SenderPool } from './sender-pool.ts';
import { tryReservations } from './try-reservations.ts';

const now = new Date('2026-03-14T12:00:00Z');
const load = { freeAtMs: now.getTime() + 500, segmentsToday: 3, healthy: true };

const facts = (sender: string): MemberFacts => ({
  queue: sender,
  sender,
  kind: 'longcode',
  countryIso2: 'US',
  areaCode: undefined,
  regionCode: undefined,
  services: ['sms'],
  routed: ['sms'],
  standing: 'active',
  smsPerSecond: null,
  mmsPerSecond: null,
  dailySegments: 5,
  campaignId: undefined,
  addedAt: now,
});

function makePool(): {
  readonly pool: SenderPool;
  readonly member: Candidate;
  readonly loads: () => unknown;
} {
  const pool = new SenderPool([{ ...facts('12015550100'), ...load }, facts('12015550101')]);
  const member = pool.find('12015550100');
  assert.ok(member);
  const loads = () =>
    pool.candidates().map(({ freeAtMs, segmentsToday, healthy }) => ({ freeAtMs, segmentsToday, healthy }));
  return { pool, member, loads };
}

test('a member is busy with what is reserved, after what it is busy with already', () => {
  const { pool, member, loads } = makePool();
  const before = loads();
  const seen = tryReservations(now, (reserve) => {
    reserve(pool, member, { segments: 1, busyMs: 1000 });
    reserve(pool, member, { segments: 2, busyMs: 2000 });
    return { freeAtMs: member.freeAtMs - now.getTime(), segmentsToday: member.segmentsToday };
  });
  assert.deepEqual(seen, { freeAtMs: 3500, segmentsToday: 6 });
  assert.deepEqual(loads(), before);
});

test('a choice that fails leaves nothing behind', () => {
  const { pool, member, loads } = makePool();
  const before = loads();
  const failing = () =>
    tryReservations(now, (reserve) => {
      reserve(pool, member, { segments: 1, busyMs: 1000 });
      throw new Error('as the test says');
    });
  assert.throws(failing, /as the test says/);
  assert.deepEqual(loads(), before);
});
