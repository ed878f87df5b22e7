// Requests that name a `callback_url`: what they are answered, and what is called back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallOptions, TestAccount } from '../support/app.ts';
import { makePowerpack, sendText } from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';
import type { CaughtCall } from '../support/webhook-catcher.ts';

const { server, catcher } = await startServerWithCatcher();
const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** Returns the calls to a path of the catcher, in order. */
const heardAt = (path: string): CaughtCall[] =>
  catcher.calls.filter(({ url }) => new URL(url).pathname === `/${path}`);

/** Returns a query that asks for a callback at a path of the catcher, as .NET's SDK writes it. */
const calledBackAt = (path: string, method = 'POST'): string =>
  `callback_url=${encodeURIComponent(`${catcher.url}/${path}`)}&callback_method=${method}`;

/** Makes a request that is called back at `path`; returns what is told there. */
async function resultOf(
  path: string,
  method: string,
  target: string,
  body?: object,
  options?: CallOptions,
): Promise<CaughtCall['parameters']> {
  const before = heardAt(path).length;
  const answer = await server.call(method, target, body, options);
  assert.deepEqual(
    [answer.status, Object.keys(answer.body).sort(), answer.body.message],
    [200, ['api_id', 'message'], 'async api spawned'],
    answer.text,
  );
  await server.advance(secondMs);
  const heard = heardAt(path).slice(before);
  assert.equal(heard.length, 1);
  const parameters = heard[0]?.parameters ?? {};
  assert.equal(parameters.api_id, answer.body.api_id);
  return parameters;
}

async function makeApplication(app_name: string): Promise<string> {
  const made = await server.call('POST', 'Application/', { app_name });
  return made.body.app_id;
}

test(".NET's requests: an application is retrieved, listed and deleted with a callback URL", async () => {
  const id = await makeApplication('dotnet');
  const got = await resultOf('got', 'GET', `Application/${id}/?${calledBackAt('got')}`);
  assert.deepEqual(
    [got.status_code, got.app_id, got.app_name, got.sub_account, got.enabled],
    ['200', id, 'dotnet', '', 'true'],
  );
  const listed = await resultOf('listed', 'GET', `Application/?limit=1&offset=0&${calledBackAt('listed')}`);
  const [first] = JSON.parse(listed.objects ?? '');
  assert.deepEqual([first.app_id, JSON.parse(listed.meta ?? '').total_count], [id, 1]);
  const deleted = await resultOf('deleted', 'DELETE', `Application/${id}/?${calledBackAt('deleted')}`);
  assert.deepEqual(Object.keys(deleted), ['api_id', 'status_code']);
  assert.equal(deleted.status_code, '204');
  assert.equal((await server.call('GET', `Application/${id}/`)).status, 404);
  assert.ok(catcher.calls.every((call) => call.isSignedWith(server.account.authToken)));
});

test('a change is made with the URL in the body or in the query, and by GET as well', async () => {
  const callback = { callback_url: `${catcher.url}/made?mine=1`, callback_method: 'get' };
  const made = await resultOf('made', 'POST', 'Application/', { app_name: 'in-body', ...callback });
  assert.deepEqual([made.status_code, made.message, made.mine], ['201', 'created', '1']);
  assert.equal(heardAt('made')[0]?.method, 'GET');
  assert.ok(heardAt('made')[0]?.isSignedWith(server.account.authToken));
  const path = `Application/${made.app_id}/`;
  const changed = await resultOf('changed', 'POST', path, {
    message_url: 'https://x.example/',
    callback_url: `${catcher.url}/changed`,
  });
  assert.deepEqual([changed.status_code, changed.message], ['202', 'changed']);
  assert.equal((await server.call('GET', path)).body.message_url, 'https://x.example/');
  const deleted = await resultOf('gone', 'DELETE', path, { callback_url: `${catcher.url}/gone` });
  assert.equal(deleted.status_code, '204');
});

test('a message is sent, and its identifiers are called back', async () => {
  const { uuid } = await makePowerpack(server, 'sending', ['12015550110']);
  const body = {
    powerpack_uuid: uuid,
    dst: '12015550160<12015550161',
    text: 'hi',
    callback_url: `${catcher.url}/sent`,
  };
  const sent = await resultOf('sent', 'POST', 'Message/', body);
  const ids = JSON.parse(sent.message_uuid ?? '');
  assert.deepEqual([sent.status_code, ids.length], ['202', 2]);
  for (const id of ids) assert.equal((await server.call('GET', `Message/${id}/`)).status, 200);
});

test('a refusal of the request is called back, and nothing is done', async () => {
  const nameless = await resultOf('nameless', 'POST', `Application/?${calledBackAt('nameless')}`, {});
  assert.deepEqual([nameless.status_code, nameless.error], ['400', 'app_name is required']);
  const missing = await resultOf(
    'missing',
    'GET',
    `Application/12345678901234567/?${calledBackAt('missing')}`,
  );
  assert.deepEqual([missing.status_code, missing.error], ['404', 'application not found']);
  const taken = { name: 'taken', callback_url: `${catcher.url}/taken` };
  await resultOf('taken', 'POST', 'Powerpack/', taken);
  const again = await resultOf('taken', 'POST', 'Powerpack/', taken);
  assert.deepEqual([again.status_code, again.error], ['409', 'powerpack name already in use']);
  const listed = await resultOf('refused-list', 'GET', `Message/?limit=x&${calledBackAt('refused-list')}`);
  assert.deepEqual([listed.status_code, listed.objects], ['400', '[]']);
});

test('a callback URL that cannot be called is refused at once, and nothing is done', async () => {
  const wrong: [fields: object, error: string][] = [
    [
      { callback_url: 'ftp://x.example/' },
      'callback_url must be an http or https URL of at most 2048 characters',
    ],
    [
      { callback_url: `http://x.example/${'x'.repeat(2048)}` },
      'callback_url must be an http or https URL of at most 2048 characters',
    ],
    [
      { callback_url: `${catcher.url}/x`, callback_method: 'PUT' },
      'callback_method must be one of GET, POST',
    ],
    [{ callback_url: { a: 1 } }, 'callback_url must be a text'],
  ];
  for (const [fields, error] of wrong) {
    const refused = await server.call('POST', 'Powerpack/', { name: 'unborn', ...fields });
    assert.deepEqual([refused.status, refused.body.error], [400, error]);
  }
  const list = await server.call('GET', 'Powerpack/?name=unborn');
  assert.equal(
    list.body.objects.some(({ name }: { name: string }) => name === 'unborn'),
    false,
  );
  for (const callback_url of [null, '']) {
    const direct = await server.call('POST', 'Application/', {
      app_name: 'direct',
      callback_url,
      callback_method: 'PUT',
    });
    assert.equal(direct.status, 201);
  }
});

test('a caller without valid credentials gets the error at once, and no callback is sent', async () => {
  const stranger: TestAccount = { authId: server.account.authId, authToken: 'wrong' };
  const refused = await server.call('GET', `Application/?${calledBackAt('never')}`, undefined, {
    as: stranger,
  });
  assert.equal(refused.status, 401);
  await server.advance(minuteMs);
  assert.deepEqual(heardAt('never'), []);
});

test('a sender whose token has ended gets the error at once, although it was valid a moment ago', async () => {
  const as = await server.makeAccount();
  await server.call('POST', 'PhoneNumber/12015550112/', {}, { as });
  const order = { src: '12015550112', dst: '12015550164', text: 'hi' };
  assert.equal((await server.call('POST', 'Message/', order, { as })).status, 202);
  const callback_url = `${catcher.url}/never`;
  await resultOf('known', 'POST', 'Message/', { ...order, callback_url: `${catcher.url}/known` }, { as });
  await server.call('POST', 'Token/', { grace_seconds: 0 }, { as });
  const refused = await server.call('POST', 'Message/', { ...order, callback_url }, { as });
  assert.deepEqual([refused.status, refused.body.error], [401, 'invalid auth_id or auth_token']);
  await server.advance(minuteMs);
  assert.deepEqual(heardAt('never'), []);
});

test('extensions know no callback URL', async () => {
  const refused = await server.call('GET', `Webhook/?${calledBackAt('never')}`);
  assert.equal(refused.status, 400);
  assert.match(refused.body.error, /callback_url/);
});

test('a subaccount is called back with its own signature, sees the call, and its token is in none', async () => {
  const callback_url = `${catcher.url}/sub`;
  const made = await resultOf('sub', 'POST', 'Subaccount/', { name: 'Part', enabled: true, callback_url });
  assert.deepEqual([made.status_code, made.auth_token], ['201', '']);
  const listed = await resultOf('subs', 'GET', `Subaccount/?${calledBackAt('subs')}`);
  const [one] = JSON.parse(listed.objects ?? '');
  assert.deepEqual([one.auth_id, one.auth_token, one.new_auth_token], [made.auth_id, '', '']);

  const read = await server.call('GET', `Subaccount/${made.auth_id}/`);
  const part = { authId: read.body.auth_id, authToken: read.body.auth_token };
  const own = await resultOf('own', 'GET', `Powerpack/?${calledBackAt('own')}`, undefined, { as: part });
  assert.equal(own.objects, '[]');
  assert.ok(heardAt('own')[0]?.isSignedWith(part.authToken, server.account.authToken));
  const log = await server.call('GET', 'Webhook/', undefined, { as: part });
  assert.deepEqual(
    log.body.objects.map(({ kind, message_uuid: message }: { kind: string; message_uuid: null }) => [
      kind,
      message,
    ]),
    [['result', null]],
  );
});

test('under an Idempotency-Key it is carried out once and called back once', async () => {
  const body = { app_name: 'keyed', callback_url: `${catcher.url}/keyed` };
  const headers = { 'idempotency-key': 'once' };
  const first = await server.call('POST', 'Application/', body, { headers });
  const second = await server.call('POST', 'Application/', body, { headers });
  assert.equal(second.text, first.text);
  assert.equal(second.headers.get('idempotent-replayed'), 'true');
  await server.advance(minuteMs);
  assert.equal(heardAt('keyed').length, 1);
  assert.equal(heardAt('keyed')[0]?.parameters.api_id, first.body.api_id);
});

test('a result that was not accepted is sent again, is in the log, and can be replayed', async () => {
  catcher.answer = { status: 503 };
  await server.call('POST', 'Application/', { app_name: 'late', callback_url: `${catcher.url}/late` });
  await server.advance(10 * minuteMs);
  assert.equal(heardAt('late').length, 4);
  const { body: log } = await server.call('GET', 'Webhook/?outcome=failed');
  const [call] = log.objects;
  assert.deepEqual([call.kind, call.attempts, call.message_uuid], ['result', 4, null]);
  catcher.answer = {
    status: 200,
    body: '<Response><Message dst="12015550162">no reply</Message></Response>',
  };
  assert.equal((await server.call('POST', `Webhook/${call.webhook_uuid}/Replay/`)).status, 202);
  await server.advance(secondMs);
  const told = heardAt('late').map(({ parameters }) => parameters);
  assert.equal(told.length, 5);
  assert.deepEqual(told[4], told[0]);
  const shown = await server.call('GET', `Webhook/${call.webhook_uuid}/`);
  assert.deepEqual([shown.body.outcome, shown.body.log.length], ['delivered', 5]);
  assert.equal((await server.call('GET', 'Message/?to_number=12015550162')).body.objects.length, 0);
});

test('results are sent beside messages, each as its own kind', async () => {
  const app_id = await makeApplication('both');
  await server.call('POST', `Application/${app_id}/`, { message_url: `${catcher.url}/both` });
  await makePowerpack(server, 'both', ['12015550111'], {
    settings: { application_id: app_id, application_type: 'XML' },
  });
  const id = await sendText(server, '12015550163', '12015550111', 'hi');
  await resultOf('beside', 'GET', `Application/${app_id}/?${calledBackAt('beside')}`);
  const { body: log } = await server.call('GET', `Webhook/?message_uuid=${id}`);
  assert.deepEqual(
    log.objects.map(({ kind }: { kind: string }) => kind),
    ['inbound'],
  );
});
