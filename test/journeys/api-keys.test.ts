// API keys: each role does what it may and nothing else, with the vendor's SDK too.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { rotateToken } from '../../src/accounts/create-account.ts';
import { isAudited } from '../../src/api/audited-routes.ts';
import { neededRole } from '../../src/api/require-role.ts';
import { routes } from '../../src/api/routes.ts';
import { makeEncrypter } from '../../src/base/encrypt.ts';
import { recordCommand } from '../../src/cli/record-command.ts';
import { repeatableBytes, startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { makePowerpack, sendOne } from '../support/messaging.ts';

let server: TestApp;
let pack: { uuid: string; pool: string };
before(async () => {
  server = await startTestApp();
  pack = await makePowerpack(server, 'keys', ['12015550101']);
});
after(() => server.stop());

async function makeKey(role: string, as?: TestAccount): Promise<TestAccount> {
  const made = await server.call('POST', 'Key/', { name: `a ${role}`, role }, { as });
  assert.equal(made.status, 201, made.text);
  return { authId: made.body.key_id, authToken: made.body.secret };
}

const statusOf = async (as: TestAccount, method: string, path: string, body?: object) =>
  (await server.call(method, path, body, { as })).status;

const attempts: [what: string, method: string, path: string, body: object | undefined][] = [
  ['reads', 'GET', 'Powerpack/', undefined],
  ['asks who would send', 'POST', 'Powerpack/:pack/Explain/', { dst: '12125552001' }],
  ['checks opt-outs', 'POST', 'OptOut/Check/', { destinations: ['12125552001'] }],
  ['sends', 'POST', 'Message/', { powerpack_uuid: ':pack', dst: '12125552001', text: 'hello' }],
  ['changes a powerpack', 'POST', 'Powerpack/:pack/', { sticky_sender: true }],
  ['opts out', 'POST', 'OptOut/', { destinations: ['12125552002'] }],
  ['reads keys', 'GET', 'Key/', undefined],
  ['makes a key', 'POST', 'Key/', { name: 'more', role: 'read_only' }],
  ['reads subaccounts with their tokens', 'GET', 'Subaccount/', undefined],
  ['rotates the token', 'POST', 'Token/', {}],
];

describe('a key', () => {
  for (const [role, allowed] of [
    ['read_only', 3],
    ['sender', 4],
    ['operator', 6],
  ] as const) {
    for (const [index, [what, method, path, body]] of attempts.entries()) {
      test(`with the role ${role} ${what}: ${index < allowed ? 'yes' : 'no'}`, async () => {
        const key = await makeKey(role);
        const named = JSON.parse(JSON.stringify(body ?? null).replace(':pack', pack.uuid)) ?? undefined;
        const answer = await server.call(method, path.replace(':pack', pack.uuid), named, { as: key });
        if (index < allowed) assert.ok(answer.status < 300, answer.text);
        else {
          assert.equal(answer.status, 403, answer.text);
          assert.match(answer.body.error, new RegExp(`^this needs .*; the API key has the role ${role}$`));
        }
      });
    }
  }

  test('acts for the account under its own id in the path, and under the account’s', async () => {
    const key = await makeKey('read_only');
    assert.equal((await server.call('GET', '', undefined, { as: key })).body.auth_id, server.account.authId);
    const path = `/v1/Account/${server.account.authId}/Powerpack/`;
    assert.equal(await statusOf(key, 'GET', path), 200);
    const other = await makeKey('read_only');
    assert.equal(await statusOf(key, 'GET', `/v1/Account/${other.authId}/Powerpack/`), 404);
    const stranger = await server.makeAccount();
    assert.equal(await statusOf(key, 'GET', `/v1/Account/${stranger.authId}/Powerpack/`), 404);
    assert.equal(await statusOf(stranger, 'GET', `/v1/Account/${key.authId}/Powerpack/`), 404);
  });

  test('with a wrong secret is refused', async () => {
    const key = await makeKey('operator');
    assert.equal(await statusOf({ ...key, authToken: server.account.authToken }, 'GET', 'Powerpack/'), 401);
    assert.equal(await statusOf({ ...key, authId: server.account.authId }, 'GET', 'Powerpack/'), 401);
  });

  test('that is deleted is refused at once, also where it was remembered', async () => {
    const key = await makeKey('sender');
    const message = { powerpack_uuid: pack.uuid, dst: '12125552003' };
    for (let sent = 0; sent < 2; sent += 1) await sendOne(server, message, key);
    const { body } = await server.call('GET', `Key/${key.authId}/`);
    assert.deepEqual([body.name, body.role, body.secret], ['a sender', 'sender', undefined]);
    assert.equal((await server.call('DELETE', `Key/${key.authId}/`)).status, 204);
    assert.equal(await statusOf(key, 'POST', 'Message/', { ...message, text: 'again' }), 401);
    assert.equal(await statusOf(key, 'GET', 'Powerpack/'), 401);
    assert.equal((await server.call('DELETE', `Key/${key.authId}/`)).status, 404);
    assert.equal((await server.call('GET', `Key/${key.authId}/`)).status, 404);
  });

  test('of a subaccount is the subaccount’s, and ends with it', async () => {
    const made = await server.call('POST', 'Subaccount/', { name: 'part', enabled: true });
    const part = { authId: made.body.auth_id, authToken: made.body.auth_token };
    const key = await makeKey('read_only', part);
    assert.match(key.authId, /^SA/);
    assert.equal(await statusOf(key, 'GET', 'Powerpack/'), 200);
    assert.equal(await statusOf(key, 'GET', `/v1/Account/${server.account.authId}/Powerpack/`), 404);
    assert.equal((await server.call('GET', `Key/${key.authId}/`)).status, 404, 'the main account has others');
    assert.equal((await server.call('DELETE', `Subaccount/${part.authId}/`)).status, 204);
    assert.equal(await statusOf(key, 'GET', 'Powerpack/'), 401);
  });

  test('is what the vendor’s SDK takes for auth id and auth token', async () => {
    const key = await makeKey('sender');
    const { Client } = createRequire(import.meta.url)('plivo');
    const client = new Client(key.authId, key.authToken, { url: `${server.url}/v1/Account/${key.authId}` });
    const sent = await client.messages.create({
      powerpackUUID: pack.uuid,
      dst: '12125552004',
      text: 'hello',
    });
    assert.equal(sent.messageUuid.length, 1);
  });

  test('is not made by the hundred', async () => {
    const { authId, authToken } = await server.makeAccount();
    const as = { authId, authToken };
    for (let made = 0; made < 100; made += 1) await makeKey('read_only', as);
    const refused = await server.call('POST', 'Key/', { name: 'x', role: 'read_only' }, { as });
    assert.equal(refused.status, 409);
    const page = await server.call('GET', 'Key/?offset=95', undefined, { as });
    assert.deepEqual([page.body.objects.length, page.body.meta.total_count], [5, 100]);
  });

  for (const [what, body, error] of [
    ['a name', { role: 'sender' }, 'name is required'],
    ['a role', { name: 'x' }, 'role is required'],
    ['a known role', { name: 'x', role: 'owner' }, 'role must be one of read_only, sender, operator'],
  ] as const) {
    test(`needs ${what}`, async () => {
      const refused = await server.call('POST', 'Key/', body);
      assert.deepEqual([refused.status, refused.body.error], [400, error]);
    });
  }
});

test('every route that changes something needs more than reading, but for those that only ask', () => {
  const asks = routes.filter((route) => route.method !== 'GET' && neededRole(route) === 'read_only');
  assert.deepEqual(
    asks.map(({ path }) => path.split('/:auth_id/')[1]),
    ['Powerpack/:powerpack_uuid/Explain', 'OptOut/Check', 'Import/Check'],
  );
  const sends = routes.filter((route) => neededRole(route) === 'sender');
  assert.deepEqual(
    sends.map(({ method, path }) => `${method} ${path.split('/:auth_id/')[1]}`),
    ['POST Message', 'POST Message/Cancel', 'POST Message/:message_uuid/Cancel', 'POST Media'],
  );
});

describe('the audit log', () => {
  interface Entry {
    readonly method: string;
    readonly path: string;
    readonly who: { readonly id: string; readonly kind: string; readonly name: string | null };
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  }

  const entriesOf = async (as: TestAccount, query = ''): Promise<Entry[]> => {
    const { status, body, text } = await server.call('GET', `Audit/${query}`, undefined, { as });
    assert.equal(status, 200, text);
    return body.objects;
  };

  test('has each change with who made it, from where, and the state before and after', async () => {
    const account = await server.makeAccount('changing');
    const key = await makeKey('operator', account);
    await server.advance(1);
    const { uuid } = await makePowerpack(server, 'named', [], { as: account });
    await server.advance(1);
    await server.call('POST', `Powerpack/${uuid}/`, { name: 'renamed' }, { as: key });
    await server.advance(1);
    await server.call('DELETE', `Powerpack/${uuid}/`, undefined, { as: account });

    const { body } = await server.call('GET', 'Audit/', undefined, { as: account });
    const [deleted, renamed, made, keyMade]: Entry[] = body.objects;
    assert.ok(deleted && renamed && made && keyMade);
    const path = `Powerpack/${uuid}/`;
    assert.deepEqual(
      [deleted.method, deleted.path, deleted.before?.name, deleted.after],
      ['DELETE', path, 'renamed', null],
    );
    assert.deepEqual([renamed.before?.name, renamed.after?.name], ['named', 'renamed']);
    assert.deepEqual(renamed.who, { id: key.authId, kind: 'api_key', name: 'a operator' });
    assert.deepEqual(
      [made.path, made.who.kind, made.before, made.after?.uuid],
      ['Powerpack/', 'token', null, uuid],
    );
    assert.deepEqual([keyMade.path, keyMade.after?.secret], ['Key/', '[masked]']);
    assert.deepEqual([body.objects[0].address, body.objects[0].subaccount], ['127.0.0.1', null]);
    await server.call('DELETE', `Key/${key.authId}/`, undefined, { as: account });
    const [, , stillNamed] = await entriesOf(account);
    assert.equal(stillNamed?.who.name, 'a operator');
  });

  test('has members of pools as they were and are, when they come, change and leave', async () => {
    const account = await server.makeAccount('pooling');
    const { pool } = await makePowerpack(server, 'pool', ['12025550150'], { as: account });
    const path = `NumberPool/${pool}/Number/12025550150/`;
    for (const [method, body] of [
      ['POST', { service: 'sms' }],
      ['DELETE', {}],
      ['POST', { service: 'mms' }],
      ['DELETE', { unrent: true }],
    ] as const) {
      await server.advance(1);
      assert.equal((await server.call(method, path, body, { as: account })).status, 200);
    }
    await server.advance(1);
    const code = `NumberPool/${pool}/Shortcode/72345/`;
    await server.call('POST', code, undefined, { as: account });
    await server.advance(1);
    await server.call('DELETE', code, undefined, { as: account });
    assert.equal((await server.call('DELETE', code, undefined, { as: account })).status, 404);

    const told = (await entriesOf(account, '?path__startswith=NumberPool/')).map(
      ({ method, path: below, before: was, after: is }) => [
        method,
        below.split('/')[2],
        was?.service ?? null,
        is?.service ?? is?.message ?? null,
      ],
    );
    assert.deepEqual(told.slice(0, 6), [
      ['DELETE', 'Shortcode', 'sms', null],
      ['POST', 'Shortcode', null, 'sms'],
      ['DELETE', 'Number', 'mms', null],
      ['POST', 'Number', null, 'mms'],
      ['DELETE', 'Number', 'sms', null],
      ['POST', 'Number', 'mms', 'sms'],
    ]);
  });

  test('has nothing of refused changes, of messages and of what only reads', async () => {
    const account = await server.makeAccount('quiet');
    await server.call('POST', 'Powerpack/', { name: '' }, { as: account });
    await server.call('DELETE', `Powerpack/${pack.uuid}/`, undefined, { as: account });
    await server.call('POST', 'OptOut/Check/', { destinations: ['12125552001'] }, { as: account });
    await server.call(
      'POST',
      'Message/',
      { src: '12015550199', dst: '12125550199', text: 'x' },
      { as: account },
    );
    assert.deepEqual(await entriesOf(account), []);
  });

  test('is found by who, path and time, in pages', async () => {
    const account = await server.makeAccount('pages');
    const key = await makeKey('operator', account);
    for (let count = 0; count < 3; count++) {
      await server.advance(1);
      await server.call('POST', 'Application/', { app_name: `app ${count}` }, { as: key });
    }
    await server.advance(60_000);
    await server.call('POST', '', { name: 'renamed' }, { as: account });

    assert.deepEqual((await entriesOf(account, `?who=${key.authId}`)).length, 3);
    assert.deepEqual((await entriesOf(account, '?path__startswith=Appl')).length, 3);
    const since = `?at__gte=${encodeURIComponent(server.time.now.toISOString())}`;
    assert.deepEqual(
      (await entriesOf(account, since)).map(({ path }) => path),
      [''],
    );
    assert.equal((await entriesOf(account, since.replace('gte', 'lt'))).length, 4);
    const first = await server.call('GET', 'Audit/?limit=3', undefined, { as: account });
    const second = await server.call('GET', first.body.meta.next, undefined, { as: account });
    assert.deepEqual(
      [...first.body.objects, ...second.body.objects].map(({ path }: Entry) => path),
      ['', 'Application/', 'Application/', 'Application/', 'Key/'],
    );
    assert.equal(second.body.meta.next, null);
    const wrong = await server.call('GET', 'Audit/?at__gte=yesterday', undefined, { as: account });
    assert.equal(wrong.status, 400);
  });

  test('finds a change by the api_id that its request was answered with, in its own account alone', async () => {
    const account = await server.makeAccount('asking');
    const first = await server.call('POST', 'Powerpack/', { name: 'one' }, { as: account });
    await server.call('POST', 'Powerpack/', { name: 'two' }, { as: account });
    const apiId: string = first.body.api_id;
    for (const spelling of [apiId, apiId.toUpperCase()]) {
      const found = await entriesOf(account, `?api_id=${spelling}`);
      assert.deepEqual(
        found.map(({ after }) => after?.name),
        ['one'],
      );
    }
    assert.deepEqual(await entriesOf(await server.makeAccount('other'), `?api_id=${apiId}`), []);
    const wrong = await server.call('GET', 'Audit/?api_id=first', undefined, { as: account });
    assert.equal(wrong.status, 400);
    assert.match(wrong.body.error, /api_id/);
  });

  test('shows a subaccount its own changes, and the main account all', async () => {
    const account = await server.makeAccount('main');
    const made = await server.call('POST', 'Subaccount/', { name: 'part', enabled: true }, { as: account });
    const part = { authId: made.body.auth_id, authToken: made.body.auth_token };
    await server.advance(1);
    await makePowerpack(server, 'of the part', [], { as: part });
    assert.deepEqual(
      (await entriesOf(part)).map(({ path }) => path),
      ['Powerpack/'],
    );
    const [last, first] = await entriesOf(account);
    assert.deepEqual(
      [last?.who.id, first?.path, first?.after?.auth_token],
      [part.authId, 'Subaccount/', '[masked]'],
    );
  });

  test('has the commands on the machine of the server, with their user', async () => {
    const { db } = server.app;
    const account = await server.makeAccount('by command');
    const randomBytes = repeatableBytes(5);
    const encrypter = makeEncrypter(new Uint8Array(32).fill(7), randomBytes);
    const accountFactory = () => ({ db, encrypter, randomBytes, now: server.time.now });
    const base = { db, encrypter, accountFactory };
    const rotated = await recordCommand(base, 'account rotate-token', async (inside) => ({
      result: await rotateToken(inside.accountFactory(), account.authId, 0),
      accountId: account.authId,
      after: { auth_token: 'of course not' },
    }));
    const refused = recordCommand(base, 'account rotate-token', async (inside) => {
      await rotateToken(inside.accountFactory(), account.authId, 0);
      throw new Error('too late');
    });
    await assert.rejects(refused, /too late/);
    const [entry, ...others] = await entriesOf(rotated);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [entry?.method, entry?.path, entry?.who.kind, entry?.who.id, entry?.after],
      ['COMMAND', 'account rotate-token', 'command_line', userInfo().username, { auth_token: '[masked]' }],
    );
  });

  test('has one entry of a request that is repeated under its Idempotency-Key', async () => {
    const account = await server.makeAccount('repeating');
    const headers = { 'idempotency-key': 'once' };
    for (let count = 0; count < 2; count++)
      await server.call('POST', 'Powerpack/', { name: 'one' }, { as: account, headers });
    assert.equal((await entriesOf(account)).length, 1);
  });
});

test('every route that changes something is in the audit log, but for those that are named here', () => {
  const left = routes.filter((route) => route.method !== 'GET' && !isAudited(route));
  assert.deepEqual(
    left.map(({ method, path }) => `${method} ${path.split('/:auth_id/')[1]}`),
    [
      'POST Powerpack/:powerpack_uuid/Explain',
      'POST OptOut/Check',
      'POST Message',
      'POST Message/Cancel',
      'POST Message/:message_uuid/Cancel',
      'POST Media',
      'POST Carrier/:carrier_name/Test',
      'POST Simulator/Rule',
      'DELETE Simulator/Rule',
      'POST Simulator/Handset/:number/Message',
      'POST Simulator/Clock',
      'POST Import/Check',
      'POST DatabaseCopy',
      'POST Seed',
      'POST Reset',
      'POST Snapshot',
      'DELETE Snapshot/:snapshot_name',
      'POST Snapshot/:snapshot_name/Restore',
      'POST Webhook/Failed/Replay',
      'POST Webhook/:webhook_uuid/Replay',
    ],
  );
});
