// Proofs of webhooks against the vendors' published examples, and those that have none.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { makeSource } from './reading.ts';
import type { SignedWebhook } from './signed-webhook.ts';
import { isGenuine, type SignPlivo } from './verify.ts';
import type { Verification } from './verify-config.ts';

const now = new Date('2026-11-29T12:00:00Z');
const timestamp = String(now.getTime() / 1000);

function webhook(url: string, headers: SignedWebhook['headers'], body = ''): SignedWebhook {
  const raw = Buffer.from(body);
  return { method: 'POST', url, headers, raw, source: makeSource(headers, new URL(url).search, body) };
}

const signNothing: SignPlivo = () => assert.fail('only Plivo signs like that');

const check = (verification: Verification, ...given: Parameters<typeof webhook>) =>
  isGenuine(verification, webhook(...given), signNothing, now);

test('the example of Twilio’s libraries is genuine, in any order of its fields', () => {
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const headers = { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
  const body =
    'To=%2B18005551212&CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309';
  const verification = { kind: 'twilio', by: '12345' } as const;
  assert.ok(check(verification, url, headers, body));
  assert.ok(!check({ ...verification, by: '12346' }, url, headers, body));
  assert.ok(!check(verification, url.replace('1', '2'), headers, body));
  assert.ok(!check(verification, url, {}, body));
});

test('Twilio signs the URL of JSON, which holds a digest of the body', () => {
  const body = '{"MessageSid":"SM1"}';
  const digest = createHash('sha256').update(body).digest('hex');
  const url = `https://example.com/hook?bodySHA256=${digest}`;
  const headers = { 'x-twilio-signature': createHmac('sha1', 't').update(url).digest('base64') };
  assert.ok(check({ kind: 'twilio', by: 't' }, url, headers, body));
  assert.ok(!check({ kind: 'twilio', by: 't' }, url, headers, body.replace('1', '2')));
});

const url = 'https://example.com/hook?password=secret';
const sign = (text: string) => createHmac('sha256', 'k').update(text).digest('hex');
const hmac = {
  secret: 'k',
  header: 'X-Sign',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
} as const;
const basic = Buffer.from('name:pass').toString('base64');

const rows: [title: string, proof: Verification, headers: SignedWebhook['headers'], expected: boolean][] = [
  [
    'a digest of the body',
    { kind: 'hmac', by: { ...hmac, over: 'raw' } },
    { 'x-sign': `sha256=${sign('a=1')}` },
    true,
  ],
  ['without its prefix', { kind: 'hmac', by: { ...hmac, over: 'raw' } }, { 'x-sign': sign('a=1') }, false],
  ['none', { kind: 'hmac', by: { ...hmac, over: 'raw' } }, {}, false],
  [
    'a digest of URL and body',
    { kind: 'hmac', by: { ...hmac, over: 'url+raw' } },
    { 'x-sign': `sha256=${sign(`${url}a=1`)}` },
    true,
  ],
  [
    'a digest with its time',
    { kind: 'hmac', by: { ...hmac, over: 'timestamp.raw', timestamp: 'X-Time' } },
    { 'x-sign': `sha256=${sign(`${timestamp}.a=1`)}`, 'x-time': timestamp },
    true,
  ],
  [
    'an old digest',
    { kind: 'hmac', by: { ...hmac, over: 'timestamp.raw', timestamp: 'X-Time' } },
    { 'x-sign': `sha256=${sign('1764400000.a=1')}`, 'x-time': '1764400000' },
    false,
  ],
  ['a name and password', { kind: 'basic', by: ['name', 'pass'] }, { authorization: `Basic ${basic}` }, true],
  ['another password', { kind: 'basic', by: ['name', 'word'] }, { authorization: `Basic ${basic}` }, false],
  ['no password', { kind: 'basic', by: ['name', 'pass'] }, {}, false],
  ['a bearer’s token', { kind: 'bearer', by: 'token' }, { authorization: 'Bearer token' }, true],
  ['another token', { kind: 'bearer', by: 'token' }, { authorization: 'Bearer tokem' }, false],
  ['a secret in the query', { kind: 'query', by: { password: 'secret' } }, {}, true],
  ['a secret in the form', { kind: 'query', by: { a: '1' } }, {}, true],
  ['one of two', { kind: 'query', by: { password: 'secret', other: 'x' } }, {}, false],
  ['a key of Telnyx that is none', { kind: 'telnyx', by: 'AAAA' }, { 'telnyx-timestamp': timestamp }, false],
  [
    'a token of Vonage that is none',
    { kind: 'vonage-jwt', by: 'k' },
    { authorization: 'Bearer a.b.c' },
    false,
  ],
];

describe('a proof', () => {
  for (const [title, proof, headers, expected] of rows) {
    test(`${title} is ${expected ? 'genuine' : 'not genuine'}`, () =>
      assert.equal(check(proof, url, headers, 'a=1'), expected));
  }
});

test('one of the signatures that Plivo lists is enough, and the nonce has to be there', () => {
  const signPlivo: SignPlivo = ({ nonce, ownToken, parameters }) => ({
    'X-Plivo-Signature-V3': `other,${ownToken}-${nonce}-${parameters.length}`,
  });
  const proof = { kind: 'plivo-v3', by: 'token' } as const;
  const headers = { 'x-plivo-signature-v3': 'wrong, token-7-1', 'x-plivo-signature-v3-nonce': '7' };
  assert.ok(isGenuine(proof, webhook(url, headers, 'a=1'), signPlivo, now));
  assert.ok(
    !isGenuine(proof, webhook(url, { ...headers, 'x-plivo-signature-v3-nonce': '8' }, 'a=1'), signPlivo, now),
  );
  assert.ok(!isGenuine(proof, webhook(url, { 'x-plivo-signature-v3': 'other' }, 'a=1'), signPlivo, now));
});
