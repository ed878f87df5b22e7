// The shares of the log of requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogShares, sharesPerMinute } from './log-shares.ts';

const { all, each, reads } = sharesPerMinute;

/** Returns how many of `count` requests have a place. */
function taken(
  shares: LogShares,
  count: number,
  caller: string | undefined,
  isRead = false,
  nowMs = 0,
): number {
  return Array.from({ length: count }, () => shares.take(caller, isRead, nowMs)).filter(Boolean).length;
}

test('an account that reads much leaves places for its refusals', () => {
  const shares = new LogShares();
  assert.equal(taken(shares, each, 'a', true), reads);
  assert.equal(taken(shares, each, 'a'), each - reads);
});

test('an account that has its share, and strangers that have theirs, keep no other out', () => {
  const shares = new LogShares();
  assert.equal(taken(shares, 10 * all, undefined), each);
  assert.equal(taken(shares, 10 * all, 'a'), each);
  assert.equal(taken(shares, 1, 'b'), 1);
});

test('all accounts together have a limit', () => {
  const shares = new LogShares();
  const sum = Array.from({ length: all }, (_, place) => taken(shares, 2, `account ${place}`));
  assert.equal(
    sum.reduce((one, other) => one + other),
    all,
  );
});

test('each minute has its own', () => {
  const shares = new LogShares();
  assert.equal(taken(shares, each + 1, 'a', false, 59_999), each);
  assert.equal(taken(shares, 1, 'a', false, 60_000), 1);
});
