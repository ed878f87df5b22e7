// The log of requests: what was asked of an account, by whom, and what was answered, found by its api_id.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sharesPerMinute } from '../../src/audit/requests/log-shares.ts';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { makePowerpack, sendOne } from '../support/messaging.ts';

let server: TestApp;
before(async () => {
  server = await startTestApp();
});
after(() => server.stop());

// biome-ignore lint/suspicious/noExplicitAny: the shape of an entry is what these tests are about
async function requestsOf(as: TestAccount, query = ''): Promise<any[]> {
  const { status, body, text } = await server.call('GET', `Request/${query}`, undefined, { as });
  assert.equal(status, 200, text);
  return body.objects;
}

/** Asks as an account, a millisecond later: ids of one millisecond have no order. */
async function ask(as: TestAccount, method: string, path: string, body?: object) {
  await server.advance(1);
  return server.call(method, path, body, { as, headers: { 'user-agent': 'a shop/1.0' } });
}

describe('the log of requests', () => {
  test('has a refusal by its api_id: what was asked, by whom, and what was answered', async () => {
    const account = await server.makeAccount('refused');
    const refused = await ask(account, 'POST', 'Message/', {
      src: '12015550101',
      dst: 'Bob',
      text: 'a code',
    });
    assert.equal(refused.status, 400);
    const [entry, ...others] = await requestsOf(account, `?api_id=${refused.body.api_id.toUpperCase()}`);
    assert.deepEqual(others, []);
    const { duration_ms: durationMs, ...rest } = entry;
    assert.ok(durationMs >= 0);
    assert.deepEqual(rest, {
      address: '127.0.0.1',
      answer: { api_id: refused.body.api_id, error: refused.body.error },
      api_id: refused.body.api_id,
      at: '2026-03-14T09:26:53.590000Z',
      client: 'a shop/1.0',
      method: 'POST',
      parameters: { src: '12015550101', dst: 'Bob', text: '[6 characters]' },
      path: 'Message/',
      status: 400,
      subaccount: null,
      who: { id: account.authId, kind: 'token', name: null },
    });
  });

  test('has reads without their answers, and changes with theirs, and no secret', async () => {
    const account = await server.makeAccount('asking');
    const made = await ask(account, 'POST', 'Key/', { name: 'shop', role: 'read_only' });
    const key = { authId: made.body.key_id, authToken: made.body.secret };
    await ask(key, 'GET', `/v1/Account/${account.authId}/Powerpack/?limit=5&service=sms`);
    await ask(key, 'POST', `/v1/Account/${account.authId}/Powerpack/`, { name: 'more' });
    const [refused, read, change] = await requestsOf(account);
    assert.deepEqual([refused.status, refused.who.name, refused.parameters], [403, 'shop', null]);
    assert.deepEqual(
      [read.method, read.path, read.parameters, read.answer, read.who],
      [
        'GET',
        'Powerpack/',
        { limit: '5', service: 'sms' },
        null,
        { id: key.authId, kind: 'api_key', name: 'shop' },
      ],
    );
    assert.deepEqual([change.answer.key_id, change.answer.secret], [key.authId, '[masked]']);
  });

  test('has no recipient that is not to be kept, not in the answer either', async () => {
    const account = await server.makeAccount('private');
    const message = { src: '12015550101', dst: 'Robert', text: 'a code', log: 'false' };
    const refused = await ask(account, 'POST', 'Message/', message);
    assert.match(refused.body.error, /Robert/);
    const found = await requestsOf(account);
    assert.deepEqual([found.length, found[0].parameters.dst, found[0].answer], [1, '[masked]', null]);
    assert.doesNotMatch(JSON.stringify(found), /Robert/);
  });

  test('goes on beside addresses that no account can have', async () => {
    const account = await server.makeAccount('beside');
    const stranger = { ...account, authToken: 'wrong' };
    assert.equal((await ask(stranger, 'GET', '/v1/Account/MA%00/Powerpack/')).status, 401);
    assert.equal((await ask(account, 'GET', '/v1/Account/MA%00/Powerpak/')).status, 404);
    await ask(account, 'POST', 'Message/', { dst: 'Bob' });
    assert.equal((await requestsOf(account)).length, 1);
  });

  test('has requests without valid credentials and to addresses that there are not, without what strangers sent', async () => {
    const account = await server.makeAccount('strange');
    const stranger = { ...account, authToken: 'wrong' };
    const refused = await ask(stranger, 'POST', 'Powerpack/', { name: 'mine' });
    const unknown = await ask(account, 'GET', 'Powerpak/?token=x');
    const wrongMethod = await ask(account, 'DELETE', 'Powerpack/');
    assert.deepEqual([refused.status, unknown.status, wrongMethod.status], [401, 404, 405]);
    const found = await requestsOf(account);
    assert.deepEqual(
      found.map(({ method, path, status, who, parameters }) => [method, path, status, who, parameters]),
      [
        ['DELETE', 'Powerpack/', 405, null, null],
        ['GET', 'Powerpak/', 404, null, null],
        ['POST', 'Powerpack/', 401, null, null],
      ],
    );
    assert.equal(found[1].api_id, unknown.body.api_id);
  });

  test('has nothing of accepted messages and of its own reads', async () => {
    const account = await server.makeAccount('sending');
    const { uuid } = await makePowerpack(server, 'sender', ['12025550171'], { as: account });
    await sendOne(server, { powerpack_uuid: uuid, dst: '12125550199' }, account);
    const before = await requestsOf(account);
    assert.deepEqual(await requestsOf(account), before);
    assert.ok(before.every(({ path }) => path !== 'Message/'));
  });

  test('is filtered by method, status, path, who and time, in pages', async () => {
    const account = await server.makeAccount('pages');
    await ask(account, 'GET', 'Powerpack/');
    await ask(account, 'POST', 'Powerpack/', { name: '' });
    await ask(account, 'GET', 'Application/nothing/');
    const start = new Date(server.time.now.getTime() + 1).toISOString();
    await ask(account, 'POST', 'Key/', { name: 'one', role: 'read_only' });
    const cases: [query: string, statuses: number[]][] = [
      ['', [201, 404, 400, 200]],
      ['?method=POST', [201, 400]],
      ['?status=404', [404]],
      ['?status__gte=400', [404, 400]],
      ['?status__gte=400&status__lt=404', [400]],
      ['?status=404&status__lt=404', []],
      ['?path__startswith=Power', [400, 200]],
      ['?who=nobody', []],
      [`?who=${account.authId}&at__gte=${start}`, [201]],
      [`?at__lt=${start}&method=GET`, [404, 200]],
    ];
    for (const [query, statuses] of cases) {
      const found = await requestsOf(account, query);
      assert.deepEqual(
        found.map(({ status }) => status),
        statuses,
        query,
      );
    }
    const first = await server.call('GET', 'Request/?limit=3', undefined, { as: account });
    const second = await server.call('GET', first.body.meta.next, undefined, { as: account });
    assert.deepEqual(
      [...first.body.objects, ...second.body.objects].map(({ status }) => status),
      [201, 404, 400, 200],
    );
    assert.equal(second.body.meta.next, null);
    for (const [name, value] of [
      ['api_id', 'first'],
      ['at__gte', 'yesterday'],
      ['method', 'LOOK'],
      ['status', '4xx'],
    ]) {
      const wrong = await server.call('GET', `Request/?${name}=${value}`, undefined, { as: account });
      assert.equal(wrong.status, 400);
      assert.match(wrong.body.error, new RegExp(name as string));
    }
  });

  test('shows a subaccount its own requests, the main account all, and no key below an operator any', async () => {
    const account = await server.makeAccount('main');
    const made = await ask(account, 'POST', 'Subaccount/', { name: 'part', enabled: true });
    const part = { authId: made.body.auth_id, authToken: made.body.auth_token };
    await ask(part, 'GET', 'Powerpack/');
    assert.deepEqual(
      (await requestsOf(part)).map(({ path }) => path),
      ['Powerpack/'],
    );
    assert.deepEqual(
      (await requestsOf(account)).map(({ path, subaccount }) => [path, subaccount]),
      [
        ['Powerpack/', part.authId],
        ['Subaccount/', null],
      ],
    );
    const { body: key } = await ask(account, 'POST', 'Key/', { name: 'eyes', role: 'read_only' });
    const reader = { authId: key.key_id, authToken: key.secret };
    assert.equal((await server.call('GET', 'Request/', undefined, { as: reader })).status, 403);
  });

  test('keeps characters that the database does not take out of its columns', async () => {
    const account = await server.makeAccount('hostile');
    const refused = await ask(account, 'POST', 'Powerpack/', { name: '\0', log: '\ud800' });
    const unknown = await ask(account, 'GET', 'Powerpack/a%00b/');
    assert.deepEqual([refused.status, unknown.status], [400, 404]);
    const [path, name] = await requestsOf(account);
    assert.deepEqual([path.path, name.parameters.name], ['Powerpack/a\ufffdb/', '\0']);
  });

  test('has so many of one account in a minute and no more; the others are counted, and no answer waits', async () => {
    const account = await server.makeAccount('much');
    const other = await server.makeAccount('little');
    for (let count = 0; count < sharesPerMinute.reads + 20; count++)
      await server.call('GET', '', undefined, { as: account });
    const refused = await ask(account, 'POST', 'Powerpack/', { name: '' });
    assert.equal((await requestsOf(account, `?api_id=${refused.body.api_id}`)).length, 1);
    await ask(other, 'GET', 'Powerpack/');
    assert.equal((await requestsOf(other)).length, 1);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /^rucksack_unlogged_requests_total [1-9]\d*$/m);
  });
});

test('with RUCKSACK_REQUEST_LOG_DAYS=0 nothing is logged', async () => {
  const silent = await startTestApp({ RUCKSACK_REQUEST_LOG_DAYS: '0' });
  try {
    await silent.call('GET', 'Powerpack/');
    await silent.call('GET', 'Nothing/');
    assert.deepEqual((await silent.call('GET', 'Request/')).body.objects, []);
  } finally {
    await silent.stop();
  }
});
