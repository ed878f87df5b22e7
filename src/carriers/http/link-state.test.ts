// When a link backs off and is tried again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LinkState } from './link-state.ts';

test('after five failures in a row the link backs off, longer each time, and one answer ends that', () => {
  const link = new LinkState();
  for (let failure = 1; failure < 5; failure++) link.noteFailure(0);
  assert.deepEqual([link.most(0), link.isDown()], [Number.POSITIVE_INFINITY, false]);
  link.noteFailure(0);
  const backoffs: number[] = [];
  let nowMs = 0;
  for (let times = 0; times < 6; times++) {
    assert.deepEqual([link.most(nowMs), link.isDown()], [0, true]);
    // What was under way when the backoff began makes it no longer.
    link.noteFailure(nowMs + 1);
    backoffs.push(link.backsOffUntilMs - nowMs);
    nowMs = link.backsOffUntilMs;
    assert.equal(link.most(nowMs), 1);
    link.noteFailure(nowMs);
  }
  assert.deepEqual(backoffs, [5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  link.noteAnswer();
  assert.deepEqual([link.most(link.backsOffUntilMs), link.isDown()], [Number.POSITIVE_INFINITY, false]);
});

test('failures with an answer between them are not in a row', () => {
  const link = new LinkState();
  for (let failure = 0; failure < 20; failure++) {
    link.noteFailure(0);
    link.noteAnswer();
  }
  assert.equal(link.most(0), Number.POSITIVE_INFINITY);
});
