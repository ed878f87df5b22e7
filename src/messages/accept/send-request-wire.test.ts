// Send requests as customers and their SDKs write them, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../base/errors.ts';
import type { SendMessageFields } from '../wire.ts';
import { readSendRequest } from './send-request-wire.ts';

const main = 'MA000000000000000000';
const scope = { callerId: main, accountId: main, mainId: main, subaccountId: undefined };
const uuid = '0198A000-0000-7000-8000-000000000001';
const now = new Date('2026-03-14T09:26:53.589Z');
const base: SendMessageFields = { powerpack_uuid: uuid, dst: '12025550123', text: 'hello' };

const readWhole = (fields: SendMessageFields) => readSendRequest(scope, fields, '203.0.113.7', now);
const read = (fields: SendMessageFields) => readWhole({ ...base, ...fields });

const thousand = Array.from({ length: 1000 }, (_, index) => `+1 (212) 555 - ${1000 + index}`);

const destinations: [dst: string, accepted: string[], invalid: string[]][] = [
  ['12025550123', ['12025550123'], []],
  ['+1 (202) 555-0123', ['12025550123'], []],
  ['1/202/555/0123', ['12025550123'], []],
  ['12025550123<12025550124', ['12025550123', '12025550124'], []],
  ['12025550124<12025550123<+12025550124', ['12025550124', '12025550123'], []],
  ['12025550123<abc<<911', ['12025550123'], ['abc', '911']],
  ["['12025550123', '12025550124']", ['12025550123', '12025550124'], []],
  ['["442071838750"]', ['442071838750'], []],
];

for (const [dst, accepted, invalid] of destinations) {
  test(`dst ${dst}`, () => {
    const { request, given } = read({ dst });
    const asGiven = new Set(request.destinations.map((destination) => destination.given));
    assert.deepEqual(
      [request.destinations.map(({ number }) => number), given.filter((one) => !asGiven.has(one))],
      [accepted, invalid],
    );
  });
}

test('a thousand destinations are taken, however they are written and however often', () => {
  const { request } = read({ dst: [...thousand, ...thousand, '12125551000'].join('<') });
  assert.equal(request.destinations.length, 1000);
});

test('omitted parameters have their defaults', () => {
  const { request } = read({});
  assert.deepEqual(
    [request.from, request.service, request.log, request.expirySeconds, request.callback, request.media],
    [{ kind: 'powerpack', uuid: uuid.toLowerCase() }, 'sms', 'true', 10_800, undefined, []],
  );
  assert.deepEqual(read({ url: 'https://example.com' }).request.callback, {
    url: 'https://example.com',
    method: 'POST',
  });
});

test('a parameter of WhatsApp alone may be there empty', () => {
  assert.equal(read({ template: [], interactive: {}, location: [] }).request.service, 'sms');
});

test('a sender is its letters and digits; an mms needs no text', () => {
  const { request } = readSendRequest(
    scope,
    { src: '+1 (202) 555-0100', dst: '12025550123', text: 'x' },
    '::1',
    now,
  );
  assert.deepEqual(request.from, { kind: 'number', sender: '12025550100' });
  const picture = read({ type: 'mms', text: '', media_urls: ['https://example.com/a'], media_ids: [uuid] });
  assert.deepEqual(picture.request.media, [
    { url: 'https://example.com/a' },
    { mediaId: uuid.toLowerCase() },
  ]);
});

const refusals: [fields: SendMessageFields, error: string][] = [
  [{ dst: '' }, 'dst parameter not present'],
  [{ dst: '12 '.repeat(20) }, `'${'12'.repeat(20)}' is not a valid phone number.`],
  [{ dst: '+12' }, "'12' is not a valid phone number."],
  [{ dst: '++12125550160' }, "'++12125550160' is not a valid phone number: did you mean 12125550160?"],
  [{ dst: '12'.repeat(21) }, `'${'12'.repeat(20)}…' is not a valid phone number.`],
  [{ dst: '(310) 555-0111' }, "'3105550111' is not a valid phone number: did you mean 13105550111?"],
  [{ dst: [...thousand, '12125552000'].join('<') }, 'dst must hold at most 1000 destinations'],
  [{ text: '' }, 'text parameter not present'],
  [{ type: 'mms', text: '' }, 'media parameter not present'],
  [{ media_urls: ['https://example.com/a'] }, 'media_urls needs type to be mms'],
  [{ type: 'sms', text: '', media_ids: [uuid] }, 'media_ids needs type to be mms'],
  [{ type: 'whatsapp' }, 'type must be sms or mms: this server has no WhatsApp'],
  [{ template: { name: 'hi' } }, 'template must not be given: this server has no WhatsApp'],
  [
    { interactive: { type: 'button' }, text: '' },
    'interactive must not be given: this server has no WhatsApp',
  ],
  [{ template: 'hi' }, 'template must not be given: this server has no WhatsApp'],
  [{ location: { latitude: '1' } }, 'location must not be given: this server has no WhatsApp'],
  [{ powerpack_uuid: 'mine' }, 'powerpack not found'],
  [
    { type: 'mms', media_urls: Array(6).fill('https://example.com/a'), media_ids: Array(5).fill(uuid) },
    'media_urls and media_ids must be at most 10 together',
  ],
];

for (const [fields, error] of refusals) {
  test(`refused: ${error}`, () => {
    assert.throws(
      () => read(fields),
      (thrown) => thrown instanceof ApiError && thrown.message === error,
    );
  });
}

const senderRefusals: [fields: SendMessageFields, error: string][] = [
  [{}, 'Specify either powerpack_uuid or src in request params to send a message.'],
  [{ type: 'whatsapp' }, 'src parameter not present'],
  [{ src: '+-' }, 'src must be a phone number or a short code'],
  [{ src: '+1 202 555 0123' }, 'src and dst must be different'],
];

for (const [fields, error] of senderRefusals) {
  test(`refused without a powerpack: ${error}`, () => {
    assert.throws(
      () => readWhole({ dst: '12025550123', text: 'hello', ...fields }),
      (thrown) => thrown instanceof ApiError && thrown.message === error,
    );
  });
}
