// How attempts are judged, as a table; and what is kept of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAttempt, keptAnswerLength, refuseAttempt } from './attempt.ts';
import type { HttpResult } from './http/http-client.ts';
import type { LeasedWebhook } from './webhook.ts';

const startedAt = new Date('2026-03-14T09:26:53.589Z');
const endedAt = new Date('2026-03-14T09:26:55.589Z');
const sent = { nonce: '05429567804466091622', startedAt, endedAt };

const call: LeasedWebhook = {
  id: '019cebb2-7a55-7a10-9f3e-2d1c0b4a5968',
  accountId: 'MADEMO00000000000001',
  mainId: 'MADEMO00000000000001',
  messageId: '019cebb2-7a55-7a10-9f3e-2d1c0b4a5969',
  kind: 'status',
  url: 'https://example.com/cb',
  host: 'example.com',
  method: 'POST',
  form: '',
  isPrivate: false,
  attempts: 0,
  leasedUntil: endedAt,
};

const answered = (status: number, body = ''): HttpResult => ({
  durationMs: 2000,
  answer: { status, contentType: 'text/html', headers: {}, body, isCut: false },
});

const outcomes: [result: HttpResult, outcome: string, error: string | null][] = [
  [answered(200), 'delivered', null],
  [answered(204), 'delivered', null],
  [answered(299), 'delivered', null],
  [answered(301), 'pending', 'redirects are not followed'],
  [answered(304), 'pending', 'redirects are not followed'],
  [answered(404), 'pending', 'the answer is not 2xx'],
  [answered(500), 'pending', 'the answer is not 2xx'],
  [
    { durationMs: 2000, error: 'connection refused', isTimeout: false, isCutOff: false, wasSent: false },
    'pending',
    'connection refused',
  ],
  [
    { durationMs: 8000, error: 'no answer within 8 s', isTimeout: true, isCutOff: false, wasSent: true },
    'pending',
    'no answer within 8 s',
  ],
];

for (const [result, outcome, error] of outcomes) {
  test(`${'answer' in result ? result.answer.status : result.error} is ${outcome}`, () => {
    const attempt = judgeAttempt(call, sent, result);
    assert.deepEqual([attempt.outcome, attempt.record.error], [outcome, error]);
    assert.equal(attempt.nextAt === null, outcome === 'delivered');
    assert.equal(attempt.hasTimedOut, 'error' in result && result.isTimeout);
  });
}

for (const [attempts, seconds] of [60, 120, 240].entries()) {
  test(`after attempt ${attempts + 1} the next comes ${seconds} s later`, () => {
    const { nextAt } = judgeAttempt({ ...call, attempts }, sent, answered(500));
    assert.equal(nextAt?.getTime(), endedAt.getTime() + seconds * 1000);
  });
}

test('after the fourth attempt it has failed', () => {
  const attempt = judgeAttempt({ ...call, attempts: 3 }, sent, answered(500));
  assert.deepEqual([attempt.outcome, attempt.nextAt], ['failed', null]);
});

test('of an attempt the beginning of the answer is kept, in characters that can be stored', () => {
  const body = `\0${'x'.repeat(keptAnswerLength - 2)}😀`;
  assert.deepEqual(judgeAttempt(call, sent, answered(500, body)).record, {
    at: startedAt.toISOString(),
    durationMs: 2000,
    status: 500,
    error: 'the answer is not 2xx',
    answer: `\ufffd${'x'.repeat(keptAnswerLength - 2)}\ufffd`,
    contentType: 'text/html',
    nonce: sent.nonce,
  });
});

test('an answer to a private call is not kept, but can be read', () => {
  const attempt = judgeAttempt({ ...call, isPrivate: true }, sent, answered(200, 'hello'));
  assert.deepEqual([attempt.record.answer, attempt.answer?.body], [null, 'hello']);
});

test('a webhook that was never sent has failed for good', () => {
  const attempt = refuseAttempt(call, startedAt, 'the account is gone');
  assert.deepEqual([attempt.outcome, attempt.nextAt, attempt.record.nonce], ['failed', null, null]);
});
