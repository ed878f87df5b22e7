// When a link is paused and tried again, and how tokens come back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenBucket } from '../token-bucket.ts';
import { LinkState } from './link-state.ts';

test('five failures in a row pause the link, longer each time, and one answer ends that', () => {
  const link = new LinkState();
  for (let failure = 1; failure < 5; failure++) link.noteFailure(0);
  assert.deepEqual([link.most(0), link.isDown()], [Number.POSITIVE_INFINITY, false]);
  link.noteFailure(0);
  const pauses: number[] = [];
  let nowMs = 0;
  for (let times = 0; times < 6; times++) {
    assert.deepEqual([link.most(nowMs), link.isDown()], [0, true]);
    // What was under way when the pause began makes it no longer.
    link.noteFailure(nowMs + 1);
    pauses.push(link.pausedUntilMs - nowMs);
    nowMs = link.pausedUntilMs;
    assert.equal(link.most(nowMs), 1);
    link.noteFailure(nowMs);
  }
  assert.deepEqual(pauses, [5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  link.noteAnswer();
  assert.deepEqual([link.most(link.pausedUntilMs), link.isDown()], [Number.POSITIVE_INFINITY, false]);
});

test('failures with an answer between them are not in a row', () => {
  const link = new LinkState();
  for (let failure = 0; failure < 20; failure++) {
    link.noteFailure(0);
    link.noteAnswer();
  }
  assert.equal(link.most(0), Number.POSITIVE_INFINITY);
});

test('a carrier that asks to slow down is left alone for as long as it says, at least a second, at most a minute', () => {
  const link = new LinkState();
  link.noteThrottle(0, undefined);
  assert.deepEqual([link.most(999), link.most(1000), link.isDown()], [0, 1, false]);
  link.noteThrottle(1000, undefined);
  assert.equal(link.pausedUntilMs, 3000);
  link.noteThrottle(3000, 20_000);
  assert.equal(link.pausedUntilMs, 23_000);
  link.noteThrottle(23_000, 3_600_000);
  assert.equal(link.pausedUntilMs, 83_000);
  link.noteAnswer();
  assert.equal(link.most(83_000), Number.POSITIVE_INFINITY);
});

test('a bucket holds one second, gives a debt to a large message, and says when the next token comes', () => {
  const bucket = new TokenBucket(5, 0);
  assert.equal(bucket.available(10_000), 5);
  bucket.take(8, 10_000);
  assert.equal(bucket.available(10_000), 0);
  assert.equal(bucket.nextAt(10_000), 10_800);
  assert.deepEqual([bucket.available(10_799), bucket.available(10_800)], [0, 1]);
  assert.equal(bucket.available(60_000), 5);
});

test('a rate below one segment a second lets one go at a time, and no rate lets everything go', () => {
  const slow = new TokenBucket(0.25, 0);
  assert.equal(slow.available(0), 1);
  slow.take(1, 0);
  assert.equal(slow.nextAt(0), 4000);
  const free = new TokenBucket(0, 0);
  free.take(1000, 0);
  assert.equal(free.available(0), Number.POSITIVE_INFINITY);
});
