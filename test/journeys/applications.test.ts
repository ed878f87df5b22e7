// Applications over HTTP: XML and PHLO, and what they refuse.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

const refusal = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];

test('an XML application is created, read, updated and deleted', async () => {
  const created = await world.call('POST', 'Application/', {
    app_name: 'checkout-inbound',
    message_url: 'https://hooks.example.net/in',
  });
  assert.deepEqual([created.status, created.body.message], [201, 'created']);
  const id = created.body.app_id;
  assert.match(id, /^[1-9][0-9]{16}$/);
  const read = async () => (await world.call('GET', `Application/${id}/`)).body;
  const application = await read();
  assert.deepEqual(
    [
      application.application_type,
      application.message_url,
      application.message_method,
      application.answer_url,
    ],
    ['XML', 'https://hooks.example.net/in', 'POST', ''],
  );
  assert.deepEqual([application.log_incoming_message, application.log_incoming_messages], [true, true]);
  assert.equal(application.resource_uri, `/v1/Account/${world.account.authId}/Application/${id}/`);

  const updated = await world.call('POST', `Application/${id}/`, {
    message_method: 'get',
    log_incoming_messages: 'False',
  });
  assert.deepEqual([updated.status, updated.body.message], [202, 'changed']);
  const after = await read();
  assert.deepEqual(
    [after.message_method, after.log_incoming_message, after.message_url],
    ['GET', false, 'https://hooks.example.net/in'],
  );

  const deleted = await world.call('DELETE', `Application/${id}/`, { cascade: 'true' });
  assert.deepEqual([deleted.status, deleted.text], [204, '']);
  assert.match(deleted.headers.get('content-type') ?? '', /^application\/json/);
  assert.deepEqual(refusal(await world.call('GET', `Application/${id}/`)), [404, 'application not found']);
});

test('a PHLO is an external flow: it needs the URL at which it listens', async () => {
  assert.deepEqual(
    refusal(await world.call('POST', 'Application/', { app_name: 'flow', application_type: 'PHLO' })),
    [400, 'message_url is required for a PHLO: it is where the flow listens'],
  );
  const { body } = await world.call('POST', 'Application/', {
    app_name: 'flow',
    application_type: 'phlo',
    message_url: 'https://flows.example.net/1',
  });
  assert.match(body.app_id, /^[0-9a-f-]{36}$/);
  assert.equal(
    (await world.call('POST', `Application/${body.app_id}/`, { message_url: 'none' })).status,
    400,
  );
});

describe('listing', () => {
  test('filters by name and subaccount', async () => {
    const sub = (await world.call('POST', 'Subaccount/', { name: 'sub', enabled: true })).body;
    await world.call('POST', 'Application/', { app_name: 'same name' });
    await world.call('POST', 'Application/', { app_name: 'same name', subaccount: sub.auth_id });
    const count = async (query: string) =>
      (await world.call('GET', `Application/?${query}`)).body.meta.total_count;
    assert.equal(await count('app_name=same%20name'), 2);
    assert.equal(await count(`app_name=same+name&subaccount=${sub.auth_id}`), 1);
    const as = { authId: sub.auth_id, authToken: sub.auth_token };
    assert.equal((await world.call('GET', 'Application/', undefined, { as })).body.meta.total_count, 1);
  });
});

const wrong: [body: object, sentence: string][] = [
  [{}, 'app_name is required'],
  [{ app_name: '' }, 'app_name is required'],
  [
    { app_name: 'x', message_url: 'not a url' },
    'message_url must be an http or https URL of at most 2048 characters',
  ],
  [{ app_name: 'x', message_method: 'PUT' }, 'message_method must be one of GET, POST'],
  [{ app_name: 'x', subaccount: 'SAXXXXXXXXXXXXXXXXXX' }, 'subaccount not found'],
  [{ app_name: 'x', subaccount: 'me' }, 'subaccount must be the auth id of a subaccount'],
];
for (const [body, sentence] of wrong) {
  test(`${JSON.stringify(body)} → ${sentence}`, async () => {
    assert.deepEqual(refusal(await world.call('POST', 'Application/', body)), [400, sentence]);
  });
}
