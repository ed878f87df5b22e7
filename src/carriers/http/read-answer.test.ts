// The meaning of carriers' answers, by the rules of the presets and without any.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SubmitFailure } from '../submit-error.ts';
import { httpConfig } from './config.ts';
import { readAnswer } from './read-answer.ts';

const secrets = Object.fromEntries(
  [
    'id',
    'token',
    'sid',
    'key',
    'public_key',
    'account',
    'user',
    'password',
    'application',
    'webhook_user',
    'webhook_password',
    'secret',
  ].map((name) => [name, 'x']),
);
const now = new Date('2026-11-29T12:00:00Z');

function read(preset: string, status: number, body: string, headers: Record<string, string> = {}) {
  const { answers } = httpConfig.parse({ name: 'up', type: 'http', preset, secrets });
  return readAnswer(answers, { status, headers, body }, now);
}

const part = (name: string, number = 1) => ({ part: number, name });
const vonage = (...parts: [status: string, id?: string][]) =>
  JSON.stringify({
    'message-count': String(parts.length),
    messages: parts.map(([status, id]) => ({ status, ...(id === undefined ? {} : { 'message-id': id }) })),
  });

const taken: [title: string, preset: string, status: number, body: string, names: string[], total: number][] =
  [
    [
      'Plivo names it in a list',
      'plivo',
      202,
      '{"api_id":"a","message":"queued","message_uuid":["u-1"]}',
      ['u-1'],
      1,
    ],
    ['Twilio', 'twilio', 201, '{"sid":"SM1","status":"queued"}', ['SM1'], 1],
    ['Telnyx', 'telnyx', 200, '{"data":{"id":"t-1"}}', ['t-1'], 1],
    ['Bandwidth', 'bandwidth', 202, '{"id":"b-1"}', ['b-1'], 1],
    ['Vonage names each part', 'vonage', 200, vonage(['0', 'v1'], ['0', 'v2']), ['v1', 'v2'], 2],
    ['Kannel names nothing', 'kannel', 202, '0: Accepted for delivery', [''], 1],
    ['Kannel queued it', 'kannel', 202, '3: Queued for later delivery', [''], 1],
    ['Jasmin', 'jasmin', 200, 'Success "7b8a-1"', ['7b8a-1'], 1],
  ];

describe('a message is taken', () => {
  for (const [title, preset, status, body, names, totalParts] of taken) {
    test(title, () => {
      const parts = names.map((name, index) => part(name, index + 1));
      assert.deepEqual(read(preset, status, body), { taken: { parts, totalParts } });
    });
  }
});

const failures: [title: string, preset: string, status: number, body: string, failure: SubmitFailure][] = [
  [
    'Plivo: another destination',
    'plivo',
    400,
    '{"error":"dst parameter is not valid"}',
    'invalidDestination',
  ],
  ['Plivo: not its sender', 'plivo', 400, '{"error":"src is not owned"}', 'invalidSender'],
  ['Plivo: anything else', 'plivo', 400, '{"error":"text is empty"}', 'invalidMessage'],
  ['Plivo: a 202 that names nothing was perhaps taken', 'plivo', 202, '{}', 'unanswered'],
  ['Twilio: stopped', 'twilio', 400, '{"code":21610,"message":"stop"}', 'optedOut'],
  ['Twilio: another country', 'twilio', 400, '{"code":21408}', 'countryBarred'],
  ['Twilio: too many', 'twilio', 429, '{"code":20429}', 'throttled'],
  ['Vonage: too many, with status 200', 'vonage', 200, vonage(['1']), 'throttled'],
  ['Vonage: no money', 'vonage', 200, vonage(['9']), 'noCredit'],
  ['Vonage: a wrong key', 'vonage', 200, vonage(['4']), 'misconfigured'],
  ['Bandwidth: an error is not sent', 'bandwidth', 503, '', 'carrierFault'],
  ['Kannel: a wrong password', 'kannel', 403, 'Authorization failed for sendsms', 'misconfigured'],
  ['Kannel: full', 'kannel', 503, 'Temporal failure, try again later.', 'throttled'],
  [
    'Jasmin: a wrong password',
    'jasmin',
    403,
    'Error "Authentication failure for username:u"',
    'misconfigured',
  ],
  ['Jasmin: no route', 'jasmin', 412, 'Error "No route found"', 'noRoute'],
  ['money', 'telnyx', 402, '', 'noCredit'],
  ['too long', 'telnyx', 413, '', 'tooLong'],
  ['no such path', 'telnyx', 404, '', 'misconfigured'],
  ['a redirect', 'telnyx', 302, '', 'misconfigured'],
  ['a conflict', 'telnyx', 409, '', 'carrierFault'],
  ['a fault after which it was perhaps taken', 'telnyx', 502, '', 'unanswered'],
];

describe('a message is not taken', () => {
  for (const [title, preset, status, body, failure] of failures) {
    test(title, () => {
      const meaning = read(preset, status, body);
      assert.ok('failure' in meaning);
      assert.equal(meaning.failure, failure);
      assert.match(meaning.reason, new RegExp(`^HTTP ${status}`));
    });
  }
});

test('of two parts, Vonage took the first: the message fails for good, with the part that was taken', () => {
  const meaning = read('vonage', 200, vonage(['0', 'v1'], ['5']));
  assert.ok('failure' in meaning);
  assert.equal(meaning.failure, 'unknown');
  assert.deepEqual(meaning.takenInPart, { parts: [part('v1')], totalParts: 2 });
});

const waits: [header: string | undefined, ms: number | undefined][] = [
  ['7', 7000],
  ['Sun, 29 Nov 2026 12:00:30 GMT', 30_000],
  ['Sun, 29 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
];
for (const [header, ms] of waits) {
  test(`Retry-After ${header} is ${ms} ms`, () => {
    const meaning = read('plivo', 429, '', header === undefined ? {} : { 'retry-after': header });
    assert.ok('failure' in meaning);
    assert.deepEqual([meaning.failure, meaning.retryAfterMs], ['throttled', ms]);
  });
}

test('the carrier’s words are cut and cleaned for the history', () => {
  const meaning = read('plivo', 500, `a\n\t b\0${'x'.repeat(500)}`);
  assert.ok('failure' in meaning);
  assert.equal(meaning.reason, `HTTP 500: a b ${'x'.repeat(194)}`);
});
