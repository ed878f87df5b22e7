// Waits before things are tried again, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxReportAttempts, reportRetryMs, submitRetryMs, webhookRetrySeconds } from './backoff.ts';

test('submissions wait a second, twice as long each time, a minute at most', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 8, 100, 5000].map(submitRetryMs),
    [1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000, 60_000],
  );
});

test('a report without a message is looked at for two minutes', () => {
  const waits = Array.from({ length: maxReportAttempts }, (_, index) => reportRetryMs(index + 1));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000]);
});

test('customers are called three times more', () => {
  assert.deepEqual(webhookRetrySeconds, [60, 120, 240]);
});
