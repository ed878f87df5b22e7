// Delays before retries, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxReportAttempts, reportRetryMs, submitRetryMs, webhookRetrySeconds } from './backoff.ts';

test('submissions are retried after a second, then twice as long each time, at most after a minute', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 8, 100, 5000].map(submitRetryMs),
    [1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000, 60_000],
  );
});

test('a report without a message is retried within two minutes, then every ten for a day', () => {
  const waits = Array.from({ length: maxReportAttempts }, (_, index) => reportRetryMs(index + 1));
  assert.deepEqual(waits.slice(0, 8), [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 600_000]);
  const hours = waits.reduce((sum, waitMs) => sum + waitMs, 0) / 3_600_000;
  assert.ok(hours > 24 && hours < 24.1, `${hours} hours`);
});

test('webhooks are retried three times', () => {
  assert.deepEqual(webhookRetrySeconds, [60, 120, 240]);
});
