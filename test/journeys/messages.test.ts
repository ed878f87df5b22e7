// Messages, from the request to the callback, as a customer sees them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  historyOf,
  makePowerpack,
  readMessage,
  seenBy,
  seenOf,
  sendOne,
  stateOf,
} from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';

const { server, catcher } = await startServerWithCatcher();

const secondMs = 1000;
const dayMs = 24 * 3600 * secondMs;

/** Returns the callbacks of a message, in order. */
const callsAbout = (id: string) =>
  catcher.calls.map(({ parameters }) => parameters).filter(({ MessageUUID }) => MessageUUID === id);

test('a message through a powerpack is sent from one of its numbers, is delivered, and every step is called back in order', async () => {
  const { uuid } = await makePowerpack(server, 'first', ['12015550100']);
  const id = await sendOne(server, {
    powerpack_uuid: uuid,
    dst: '12015550123',
    url: `${catcher.url}/status`,
  });
  await server.advance(10 * secondMs);
  const message = await readMessage(server, id);
  assert.equal(message.message_state, 'delivered');
  assert.equal(message.error_code, '000');
  assert.equal(message.from_number, '12015550100');
  assert.equal(message.to_number, '12015550123');
  assert.equal(message.powerpack_id, uuid);
  assert.equal(message.units, 1);
  assert.equal(message.message_time, '2026-03-14 09:26:53.589000+00:00');
  const calls = callsAbout(id);
  assert.deepEqual(
    calls.map(({ Status, Sequence, ErrorCode }) => [Status, Sequence, ErrorCode]),
    [
      ['queued', '1', ''],
      ['sent', '2', ''],
      ['delivered', '3', '000'],
    ],
  );
  const [, , last] = calls;
  assert.equal(last?.From, '12015550100');
  assert.equal(last?.To, '12015550123');
  assert.equal(last?.PowerpackUUID, uuid);
  assert.equal(last?.DeliveryReportTime, '2026-03-14 09:26:53.689000');
  assert.ok(catcher.calls.at(-1)?.isSignedWith(server.account.authToken));
});

test('one request to many sends to each of them, in order; invalid numbers are named, and repeated ones count once', async () => {
  const { uuid } = await makePowerpack(server, 'many', ['12025550100', '12025550101', '12025550102']);
  const sent = await server.call('POST', 'Message/', {
    powerpack_uuid: uuid,
    dst: '12025550110<12025550111< 12><+1 (202) 555-0110<12025550112',
    text: 'hello',
  });
  assert.equal(sent.status, 202, sent.text);
  assert.deepEqual(sent.body.invalid_number, [' 12>']);
  assert.equal(sent.body.message_uuid.length, 3);
  const messages = [];
  for (const id of sent.body.message_uuid) messages.push(await readMessage(server, id));
  assert.deepEqual(
    messages.map(({ to_number }) => to_number),
    ['12025550110', '12025550111', '12025550112'],
  );
  // One each: the pool shares the work.
  assert.deepEqual(new Set(messages.map(({ from_number }) => from_number)).size, 3);
});

test('invalid and unreachable numbers are named in the order of the request', async () => {
  const { uuid } = await makePowerpack(server, 'only near', ['18005550111']);
  const dst = '442071838750<abc<12025550113<12<33142685300';
  const sent = await server.call('POST', 'Message/', { powerpack_uuid: uuid, dst, text: 'hello' });
  assert.equal(sent.status, 202, sent.text);
  assert.deepEqual(sent.body.invalid_number, ['442071838750', 'abc', '12', '33142685300']);
  assert.equal(sent.body.message_uuid.length, 1);
});

test('a request without a single number is refused, and says which one is none', async () => {
  const { uuid } = await makePowerpack(server, 'none valid', ['12035550100']);
  const refused = await server.call('POST', 'Message/', { powerpack_uuid: uuid, dst: '+12<abc', text: 'hi' });
  assert.equal(refused.status, 400);
  assert.equal(refused.body.error, "'12' is not a valid phone number.");
});

test('a message that cannot be sent is refused with one sentence', async () => {
  const { uuid } = await makePowerpack(server, 'refusals', ['12055550100']);
  const unknown = '0198a000-0000-7000-8000-00000000dead';
  const dst = '12055550123';
  const refusals: [body: object, status: number, error: string][] = [
    [{ dst, text: 'x' }, 400, 'Specify either powerpack_uuid or src in request params to send a message.'],
    [
      { src: '12055550100', powerpack_uuid: uuid, dst, text: 'x' },
      400,
      'Both powerpack_uuid and src cannot be specified. Specify either powerpack_uuid or src in request params to send a message.',
    ],
    [{ powerpack_uuid: uuid, text: 'x' }, 400, 'dst parameter not present'],
    [{ powerpack_uuid: uuid, dst }, 400, 'text parameter not present'],
    [
      { powerpack_uuid: uuid, dst, text: 'x', media_urls: ['https://example.com/a.png'] },
      400,
      'media_urls needs type to be mms',
    ],
    [{ powerpack_uuid: uuid, dst, type: 'mms' }, 400, 'media parameter not present'],
    [{ powerpack_uuid: unknown, dst, text: 'x' }, 404, 'powerpack not found'],
    [{ powerpack_uuid: 'mine', dst, text: 'x' }, 404, 'powerpack not found'],
    [{ src: '14155550177', dst, text: 'x' }, 400, 'This caller ID is not allowed for outbound message'],
    [{ src: '12055550100', dst: '12055550100', text: 'x' }, 400, 'src and dst must be different'],
    [
      { powerpack_uuid: uuid, dst, text: 'x'.repeat(1601) },
      400,
      'text parameter length exceeds 1600 GSM characters',
    ],
    [
      { powerpack_uuid: uuid, dst, text: '☃'.repeat(738) },
      400,
      'text parameter length exceeds 737 unicode characters',
    ],
    [
      { powerpack_uuid: uuid, dst, type: 'mms', text: 'x', media_ids: [unknown] },
      400,
      `media_ids: there is no media ${unknown}`,
    ],
  ];
  for (const [body, status, error] of refusals) {
    const refused = await server.call('POST', 'Message/', body);
    assert.deepEqual(
      [refused.status, refused.body.error],
      [status, error],
      JSON.stringify(body).slice(0, 200),
    );
  }
});

test('a compressed body is refused as such, whatever it contains', async () => {
  for (const path of ['Message/', 'Powerpack/']) {
    const refused = await server.call('POST', path, undefined, {
      rawBody: gzipSync('{"name":"a"}'),
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    assert.deepEqual(
      [refused.status, refused.body.error],
      [400, 'Content-Encoding is not supported: send the request body as it is'],
    );
  }
});

test('a pool that cannot send a message says why: it is empty, has not the service, or not the country', async () => {
  const empty = (await makePowerpack(server, 'empty', [])).uuid;
  const { uuid: tollfree, pool } = await makePowerpack(server, 'texts in North America', []);
  await server.call('POST', `NumberPool/${pool}/Number/18005550177/`, { rent: true, service: 'sms' });
  const nobody = 'no number available in the powerpack for this message';
  const refusal = async (fields: object) => {
    const { status, body } = await server.call('POST', 'Message/', { text: 'x', ...fields });
    return [status, body.error];
  };
  const media = { type: 'mms', media_urls: ['https://example.com/a,b.jpg'] };
  const texts = { powerpack_uuid: tollfree, dst: '12065550123' };
  assert.deepEqual(await refusal({ powerpack_uuid: empty, dst: '12065550123' }), [
    400,
    `${nobody}: the number pool of the powerpack is empty`,
  ]);
  assert.deepEqual(await refusal({ ...texts, ...media }), [
    400,
    `${nobody}: no member of the number pool can send mms`,
  ]);
  assert.deepEqual(await refusal({ ...texts, dst: ['442071838750', '+44 20 7183 8751'] }), [
    400,
    `${nobody}: no member of the number pool that can send sms reaches GB; it has toll-free numbers (US)`,
  ]);
});

test('fields that are repeated, and lists in JSON, reach everybody', async () => {
  const { uuid } = await makePowerpack(server, 'lists', ['12065550177']);
  const type = 'application/x-www-form-urlencoded';
  const form = `powerpack_uuid=${uuid}&text=x&dst=12065550178&dst=12065550179%3C12065550180`;
  const options = { headers: { 'content-type': type }, rawBody: form };
  const sent = await server.call('POST', 'Message/', undefined, options);
  assert.deepEqual([sent.status, sent.body.message_uuid?.length], [202, 3]);
  const listed = { powerpack_uuid: uuid, text: 'x', dst: ['12065550178', 12065550179] };
  assert.equal((await server.call('POST', 'Message/', listed)).body.message_uuid?.length, 2);
  const twice = { ...options, rawBody: `${form}&text=y` };
  const refused = await server.call('POST', 'Message/', undefined, twice);
  assert.deepEqual([refused.status, refused.body.error], [400, 'text must be given once']);
});

test('a national number is refused with the one that is meant', async () => {
  const { uuid } = await makePowerpack(server, 'national', ['12065550176']);
  for (const [dst, error] of [
    ['(201) 555-0111', /^'2015550111' is not a valid phone number: did you mean 12015550111\?/],
    ['(310) 555-0111', /^'3105550111' is not a valid phone number: did you mean 13105550111\?$/],
    ['++12125550160', /^'\+\+12125550160' is not a valid phone number: did you mean 12125550160\?$/],
  ] as const) {
    const refused = await server.call('POST', 'Message/', { powerpack_uuid: uuid, dst, text: 'x' });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, error);
    const dryRun = await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst });
    assert.match(dryRun.body.error, /^dst must be a phone number with its country code: did you mean 1/);
  }
  const copied = await server.call('POST', 'Message/', {
    powerpack_uuid: uuid,
    dst: '\u202a+1 (201) 555-0111\u202c',
    text: 'x',
  });
  assert.equal(copied.status, 202);
  const some = await server.call('POST', 'Message/', {
    powerpack_uuid: uuid,
    dst: '12015550111<2015550112',
    text: 'x',
  });
  assert.deepEqual([some.status, some.body.invalid_number], [202, ['2015550112']]);
});

test('a text that no database can hold is refused', async () => {
  const { uuid } = await makePowerpack(server, 'odd texts', ['12075550100']);
  const refusals = [
    ['a\u0000b', 'text must not contain a NUL character'],
    ['a\ud800b', 'text must be valid Unicode text'],
  ];
  for (const [text, error] of refusals) {
    const refused = await server.call('POST', 'Message/', { powerpack_uuid: uuid, dst: '12075550123', text });
    assert.deepEqual([refused.status, refused.body.error], [400, error]);
  }
});

test('an own number sends by itself, and as a member it names its powerpack', async () => {
  const { uuid, pool } = await makePowerpack(server, 'by name', ['12085550100']);
  await server.call('POST', 'PhoneNumber/12085550101/');
  const alone = await sendOne(server, { src: '+1 208-555-0101', dst: '12085550123' });
  const member = await sendOne(server, { src: '12085550100', dst: '12085550123' });
  await server.advance(5 * secondMs);
  const first = await readMessage(server, alone);
  assert.deepEqual(
    [first.message_state, first.from_number, first.powerpack_id],
    ['delivered', '12085550101', null],
  );
  assert.equal((await readMessage(server, member)).powerpack_id, uuid);
  assert.equal((await server.call('GET', `Message/${alone}/Explain/`)).body.rule, null);
  await server.call('POST', `NumberPool/${pool}/Shortcode/72345/`, { country_iso2: 'US' });
  const code = await sendOne(server, { src: '72345', dst: '12085550124' });
  await server.advance(5 * secondMs);
  assert.equal((await readMessage(server, code)).from_number, '72345');
  const abroad = await server.call('POST', 'Message/', { src: '72345', dst: '16045550123', text: 'x' });
  assert.equal(abroad.status, 400, 'a US short code does not reach Canada');
});

test('a short code carries no pictures', async () => {
  const { pool } = await makePowerpack(server, 'texts only', []);
  await server.call('POST', `NumberPool/${pool}/Shortcode/72346/`, { country_iso2: 'US' });
  const refused = await server.call('POST', 'Message/', {
    src: '72346',
    dst: '12085550125',
    type: 'mms',
    media_urls: ['https://example.com/a.png'],
  });
  assert.equal(refused.status, 400, refused.text);
  assert.equal(refused.body.error, 'src cannot send mms');
});

test('a picture message takes its files along', async () => {
  const { uuid } = await makePowerpack(server, 'pictures', ['12095550100']);
  const id = await sendOne(server, {
    powerpack_uuid: uuid,
    dst: '12095550123',
    type: 'mms',
    text: 'look',
    media_urls: ['https://example.com/a.png', 'https://example.com/b.png'],
  });
  await server.advance(5 * secondMs);
  assert.deepEqual(seenOf(server, [id])[0]?.mediaUrls, [
    'https://example.com/a.png',
    'https://example.com/b.png',
  ]);
  assert.equal((await readMessage(server, id)).message_type, 'mms');
});

test('a request that is repeated with its key sends once', async () => {
  const { uuid } = await makePowerpack(server, 'repeated', ['12105550100']);
  const body = { powerpack_uuid: uuid, dst: '12105550123', text: 'once' };
  const options = { headers: { 'idempotency-key': 'only-once' } };
  const first = await server.call('POST', 'Message/', body, options);
  const second = await server.call('POST', 'Message/', body, options);
  assert.equal(first.status, 202, first.text);
  assert.equal(second.status, 202, second.text);
  assert.equal(second.headers.get('idempotent-replayed'), 'true');
  assert.deepEqual(second.body.message_uuid, first.body.message_uuid);
  await server.advance(5 * secondMs);
  assert.equal(seenBy(server, '12105550123').length, 1);
});

test('the reason for the sender, the wait and the history of a message can be asked for', async () => {
  const { uuid } = await makePowerpack(server, 'explained', ['12125550100', '13105550100']);
  const [first, second] = [
    await sendOne(server, { powerpack_uuid: uuid, dst: '12125550123' }),
    await sendOne(server, { powerpack_uuid: uuid, dst: '12125550123' }),
  ];
  await server.advance(5 * secondMs);
  const explained = (await server.call('GET', `Message/${first}/Explain/`)).body;
  assert.equal(explained.rule, 'local_area_code');
  assert.deepEqual(explained.rejected, { local_area_code: 1 });
  assert.equal(explained.wait_seconds, 0);
  assert.deepEqual(await historyOf(server, first), [
    'accepted',
    'sent: handed to the carrier simulator',
    'delivered',
  ]);
  const again = (await server.call('GET', `Message/${second}/Explain/`)).body;
  assert.equal(again.rule, 'sticky');
  assert.equal(again.wait_seconds, 1);
});

const levels = [
  ['true', '12135550123', 'the words'],
  ['number_only', '12135550123', null],
  ['content_only', '12135550***', 'the words'],
  ['false', '12135550***', null],
] as const;

for (const [log, shown, text] of levels) {
  test(`a message with log ${log} shows ${shown} and keeps ${text ?? 'no text'}`, async () => {
    const number = `1213555${String(110 + levels.findIndex(([level]) => level === log)).padStart(4, '0')}`;
    const { uuid } = await makePowerpack(server, `log ${log}`, [number]);
    const id = await sendOne(server, {
      powerpack_uuid: uuid,
      dst: '12135550123',
      text: 'the words',
      log,
      url: `${catcher.url}/status`,
    });
    await server.advance(5 * secondMs);
    const seen = seenOf(server, [id])[0];
    assert.deepEqual([seen?.destination, seen?.text], ['12135550123', 'the words']);
    const told = callsAbout(id);
    assert.deepEqual(
      told.map(({ To, Status }) => [To, Status]),
      [
        ['12135550123', 'queued'],
        ['12135550123', 'sent'],
        ['12135550123', 'delivered'],
      ],
    );
    assert.equal((await readMessage(server, id)).to_number, shown);
    assert.equal((await readMessage(server, id)).log, log);
    const list = await server.call('GET', `Message/?from_number=${number}`);
    assert.deepEqual(
      list.body.objects.map((message: { to_number: string }) => message.to_number),
      [shown],
    );
    assert.equal((await server.call('GET', `Message/${id}/Explain/`)).body.dst, shown);
    const [row] = await server.app.db.query<{ text: string | null }>(
      'select text from messages where id = $1',
      [id],
    );
    assert.equal(row?.text, text);
    const webhooks = await server.call('GET', `Webhook/?message_uuid=${id}`);
    assert.equal(webhooks.body.objects.length, 3);
    for (const { webhook_uuid } of webhooks.body.objects) {
      const logged = await server.call('GET', `Webhook/${webhook_uuid}/`);
      assert.equal(logged.body.outcome, 'delivered');
      assert.equal(logged.text.includes('12135550123'), shown === '12135550123', logged.text);
    }
  });
}

test('a masked number is found only by the digits that it shows', async () => {
  const { uuid } = await makePowerpack(server, 'masked', ['12135550120']);
  const [dst, masked] = ['12135550144', '12135550***'];
  const open = await sendOne(server, { powerpack_uuid: uuid, dst, log: 'number_only' });
  const secret = await sendOne(server, { powerpack_uuid: uuid, dst, log: 'false' });
  const idsTo = async (number: string) => {
    const { body } = await server.call('GET', `Message/?powerpack_id=${uuid}&to_number=${number}`);
    return body.objects.map(({ message_uuid: id }: { message_uuid: string }) => id);
  };
  assert.deepEqual(await idsTo(dst), [open]);
  assert.deepEqual(await idsTo(masked), [secret]);
  const all = await server.call('GET', 'Message/?from_number=12135550120');
  assert.equal(all.body.objects.length, 2, 'our own number is never masked');
});

test('texts are kept for a week, messages for ninety days and until their partition ends', async () => {
  const { uuid } = await makePowerpack(server, 'kept', ['12145550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12145550123', log: 'content_only' });
  await server.advance(5 * secondMs);
  const rowOf = async () =>
    (
      await server.app.db.query<{ text: string | null; destination: string }>(
        'select text, destination from messages where id = $1',
        [id],
      )
    )[0];
  assert.deepEqual(await rowOf(), { text: 'hello', destination: '12145550123' });
  await server.advance(8 * dayMs);
  assert.deepEqual(await rowOf(), { text: null, destination: '12145550***' });
  assert.equal(await stateOf(server, id), 'delivered 000');
  await server.advance(98 * dayMs);
  assert.equal(await rowOf(), undefined);
  assert.equal((await server.call('GET', `Message/${id}/`)).status, 404);
});
