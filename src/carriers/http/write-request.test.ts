// Requests from templates: every kind of body, what is encoded how, and what is left out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Submission } from '../carrier.ts';
import { messageValues } from './message-values.ts';
import { sendSchema } from './send-config.ts';
import { secretValues } from './template.ts';
import { type CarrierRequest, writeRequest } from './write-request.ts';

const submission: Submission = {
  accountId: 'MADEMO00000000000001',
  reference: '019cebb2-7a55-7c3e-8d0b-000000000001',
  attempt: 2,
  sender: '14155550100',
  senderKind: 'longcode',
  senderCountry: 'US',
  destination: '14155550199',
  service: 'sms',
  text: 'a&b=<ü> ☃',
  segments: 1,
  mediaUrls: ['https://example.com/a.png', 'https://example.com/b.png'],
  ordinal: 7,
  expiresAt: new Date('2026-11-29T12:01:30Z'),
  partsTaken: 0,
  dlt: { entityId: '1101' },
};
const now = new Date('2026-11-29T12:00:00Z');
const urls = { reportUrl: 'https://here/report/1?a=b', inboundUrl: 'https://here/inbound' };

function write(send: object, given: Partial<Submission> = {}): CarrierRequest {
  const values = messageValues({ ...submission, ...given }, urls, now);
  const { gsm7 } = sendSchema.parse({ url: 'https://up.example/send', ...send });
  return writeRequest(gsm7, { ...values, ...secretValues({ key: 'k:1', city: 'Zürich' }) });
}

const bodies: [title: string, send: object, body: string | undefined][] = [
  [
    'a form',
    { form: { to: '{destination}', text: '{text}' } },
    'to=14155550199&text=a%26b%3D%3C%C3%BC%3E+%E2%98%83',
  ],
  [
    'a list in a form is its field as often',
    { form: { m: '{media_urls}' } },
    'm=https%3A%2F%2Fexample.com%2Fa.png&m=https%3A%2F%2Fexample.com%2Fb.png',
  ],
  [
    'a list within a text has commas',
    { form: { m: 'x {media_urls}' } },
    'm=x+https%3A%2F%2Fexample.com%2Fa.png%2Chttps%3A%2F%2Fexample.com%2Fb.png',
  ],
  ['numbers and words in a form are texts', { form: { coding: 0, dlr: true } }, 'coding=0&dlr=true'],
  ['an empty value stays', { form: { t: '{dlt_template_id}' } }, 't='],
  ['unless it may be left out', { form: { 't?': '{dlt_template_id}', 'e?': '{dlt_entity_id}' } }, 'e=1101'],
  [
    'JSON keeps types of single placeholders',
    { json: { n: '{segments}', u: '{unicode}', m: '{media_urls}', t: 'n={segments}', d: [1, false] } },
    '{"n":1,"u":true,"m":["https://example.com/a.png","https://example.com/b.png"],"t":"n=1","d":[1,false]}',
  ],
  ['JSON escapes', { json: { t: '{text}"' } }, '{"t":"a&b=<ü> ☃\\""}'],
  [
    'JSON leaves out what is empty',
    { json: { 'a?': '{dlt_template_id}', 'b?': '{dlt_entity_id}' } },
    '{"b":"1101"}',
  ],
  [
    'XML escapes',
    { xml: '<sms to="{destination}">{text}</sms>' },
    '<sms to="14155550199">a&amp;b=&lt;ü&gt; ☃</sms>',
  ],
  ['what is left of its time', { form: { s: '{expires_seconds}', m: '{expires_minutes}' } }, 's=90&m=2'],
  ['when it ends', { form: { at: '{expires_at}' } }, 'at=2026-11-29T12%3A01%3A30.000Z'],
  [
    'plus signs where they are asked for',
    { form: { f: '{+sender}', t: '{+destination}' } },
    'f=%2B14155550100&t=%2B14155550199',
  ],
  [
    'UTF-16 in hexadecimal',
    { form: { x: '{text_utf16_hex}' } },
    'x=00610026 0062003d003c00fc003e00202603'.replace(' ', ''),
  ],
  ['braces that hold no placeholder', { form: { x: '{}{ text }' } }, 'x=%7B%7D%7B+text+%7D'],
  ['no body', { method: 'GET' }, undefined],
];

describe('the body of a request', () => {
  for (const [title, send, body] of bodies) test(title, () => assert.equal(write(send).body, body));
});

test('a URL is filled, its values are encoded, and the query goes behind its own', () => {
  const request = write({
    url: 'https://[::1]:8/{secret.key}/{text}?v=1',
    method: 'GET',
    query: { r: '{report_url}' },
  });
  assert.deepEqual(request, {
    method: 'GET',
    origin: 'https://[::1]:8',
    hostname: '::1',
    path: '/k%3A1/a%26b%3D%3C%C3%BC%3E%20%E2%98%83?v=1&r=https%3A%2F%2Fhere%2Freport%2F1%3Fa%3Db',
    headers: {},
    body: undefined,
  });
});

test('secrets prove who we are', () => {
  const basic = write({ auth: { basic: ['{secret.city}', '{secret.key}'] } });
  assert.equal(basic.headers.Authorization, `Basic ${Buffer.from('Zürich:k:1').toString('base64')}`);
  const bearer = write({
    auth: { bearer: '{secret.key}' },
    headers: { 'Idempotency-Key': '{reference}', 'X-A?': '' },
  });
  assert.deepEqual(bearer.headers, { Authorization: 'Bearer k:1', 'Idempotency-Key': submission.reference });
});

for (const text of ['a\r\nX-Evil: 1', 'a\nb', 'a\0b', '☃']) {
  test(`${JSON.stringify(text)} stands in no header`, () =>
    assert.throws(() => write({ headers: { 'X-Text': '{text}' } }, { text }), RangeError));
}

test('an alphanumeric sender and a short code have no plus sign', () => {
  assert.equal(
    write({ form: { f: '{+sender}' } }, { sender: 'Rucksack', senderKind: 'alphanumeric' }).body,
    'f=Rucksack',
  );
  assert.equal(
    write({ form: { f: '{+sender}' } }, { sender: '444444', senderKind: 'shortcode' }).body,
    'f=444444',
  );
});

test('time that is over is a second, and time without end two days', () => {
  const seconds = (expiresAt: string) =>
    write({ form: { s: '{expires_seconds}' } }, { expiresAt: new Date(expiresAt) }).body;
  assert.equal(seconds('2026-11-29T11:00:00Z'), 's=1');
  assert.equal(seconds('2027-11-29T11:00:00Z'), 's=172800');
});
