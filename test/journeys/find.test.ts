// One text finds what it means: numbers in any spelling, UUIDs, ids, parts of names, as far as the caller may see them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { type MadePowerpack, makePowerpack, sendOne } from '../support/messaging.ts';

const ours = '14155550100';
let server: TestApp;
let powerpack: MadePowerpack;
let message: string;
let app: string;
let brand: string;
let campaign: string;
let apiId: string;
before(async () => {
  server = await startTestApp();
  powerpack = await makePowerpack(server, 'Parcel news', [ours]);
  const made = await server.call('POST', 'Application/', {
    app_name: 'Parcel desk',
    message_url: 'https://example.com/in',
  });
  app = made.body.app_id;
  apiId = made.body.api_id;
  await server.call('POST', `Number/${ours}/`, { alias: 'Front desk', app_id: app });
  await server.call('POST', 'Subaccount/', { name: 'Parcel team' });
  brand = (await server.call('POST', '10dlc/Brand/', { brand_alias: 'Parcels Inc' })).body.brand_id;
  const fields = { brand_id: brand, usecase: 'MIXED', campaign_alias: 'Big parcels' };
  campaign = (await server.call('POST', '10dlc/Campaign/', fields)).body.campaign_id;
  message = await sendOne(server, {
    powerpack_uuid: powerpack.uuid,
    dst: '14155550188',
    url: 'https://example.com/status',
  });
});
after(() => server.stop());

interface Found {
  readonly kind: string;
  readonly id: string;
  readonly name: string | null;
  readonly resource_uri: string;
}

const find = async (query: string, as?: TestAccount): Promise<Found[]> => {
  const { status, body, text } = await server.call(
    'GET',
    `Find/?${new URLSearchParams({ query })}`,
    undefined,
    as && { as },
  );
  assert.equal(status, 200, text);
  return body.objects;
};
const inWords = async (query: string, as?: TestAccount): Promise<string[]> =>
  (await find(query, as)).map(({ kind, id }) => `${kind} ${id}`);

test('a number is found in any spelling, by a part of it and by its name', async () => {
  const own = [`number ${ours}`];
  for (const typed of [
    '+1 (415) 555-0100',
    '415-555-0100',
    '415.555.0100',
    '14155550100',
    '5550100',
    'FRONT desk',
  ])
    assert.deepEqual(await inWords(typed), own, typed);
  assert.deepEqual(await inWords('415 555 0188'), ['person 14155550188']);
  assert.deepEqual(await inWords('10'), [], 'two digits are in too many numbers');
});

test('a UUID is that of a message, a powerpack, a pool, a callback or the request of a change', async () => {
  await server.advance(20_000);
  const calls = (await server.call('GET', `Webhook/?message_uuid=${message}`)).body.objects;
  const rows: [uuid: string, found: string][] = [
    [message, `message ${message}`],
    [message.toUpperCase(), `message ${message}`],
    [powerpack.uuid, `powerpack ${powerpack.uuid}`],
    [powerpack.pool, `powerpack ${powerpack.uuid}`],
    [calls[0].webhook_uuid, `webhook ${calls[0].webhook_uuid}`],
    [apiId, `change ${apiId}`],
  ];
  for (const [uuid, found] of rows) assert.deepEqual(await inWords(` ${uuid} `), [found], uuid);
  assert.equal((await find(apiId))[0]?.name, 'POST Application/');
  assert.deepEqual(await find('018f0000-0000-7000-8000-000000000001'), []);
});

test('the api_id of a refusal leads to its request', async () => {
  const { body } = await server.call('POST', 'Message/', { dst: 'Bob' });
  // Stored by then: the list waits for it.
  await server.call('GET', 'Request/');
  const found = (await find(body.api_id)).map(({ kind, name }) => [kind, name]);
  assert.deepEqual(found, [['request', 'POST Message/: 400']]);
});

test('names are found by a part, those that begin with it first, and ids whole', async () => {
  const found = await find('parcel');
  assert.deepEqual(
    found.map(({ kind, name }) => `${kind} ${name}`),
    [
      'powerpack Parcel news',
      'application Parcel desk',
      'campaign Big parcels',
      'brand Parcels Inc',
      'subaccount Parcel team',
    ],
  );
  for (const { resource_uri: uri } of found) {
    const path = uri.split(`/${server.account.authId}/`)[1] ?? '';
    assert.equal((await server.call('GET', path)).status, 200, uri);
  }
  assert.deepEqual(await inWords(app), [`application ${app}`]);
  assert.deepEqual(await inWords(campaign), [`campaign ${campaign}`]);
  assert.deepEqual(await inWords('%'), [], 'a percent sign is a letter');
  for (let place = 0; place < 7; place += 1) await makePowerpack(server, `Many ${place}`, []);
  assert.equal((await find('many')).length, 5);
});

test('an account finds its own things, an API key what its role may see', async () => {
  const stranger = await server.makeAccount();
  for (const typed of ['parcel', message, powerpack.uuid, apiId, campaign, 'Front'])
    assert.deepEqual(await find(typed, stranger), [], typed);
  const { body } = await server.call('POST', 'Key/', { name: 'reader', role: 'read_only' });
  const reader = { authId: body.key_id, authToken: body.secret };
  const read = async (query: string): Promise<Found[]> =>
    (await server.call('GET', `Find/?query=${query}`, undefined, { as: reader })).body.objects;
  assert.deepEqual(await read(apiId), []);
  assert.ok(!(await read('parcel')).some(({ kind }) => kind === 'subaccount'));
  assert.equal((await read(message)).length, 1);
});

test('a text that is missing or too long is refused, and names itself; odd ones find nothing', async () => {
  for (const query of ['', '?query=', '?query=%20', '?query=%00', `?query=${'a'.repeat(201)}`]) {
    const { status, body } = await server.call('GET', `Find/${query}`);
    assert.equal(status, 400, query);
    assert.match(body.error, /query/);
  }
  for (const typed of ['\ud800', '+', '()', "' or 1=1", '🎒']) assert.deepEqual(await find(typed), [], typed);
});
