// The log of calls over HTTP: who sees what, and making a call again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp, testStart } from '../../test/support/app.ts';

const messageId = '019cebb2-7a55-7a10-9f3e-2d1c0b4a5968';
const [oldest, newest, blank, foreign] = [1, 2, 3, 4].map((n) => `019cebb2-7a55-7000-8000-00000000000${n}`);

let app: TestApp;
let subaccount: TestAccount;
let stranger: TestAccount;

before(async () => {
  app = await startTestApp();
  const made = await app.call('POST', 'Subaccount/', { name: 'Sub', enabled: true });
  subaccount = { authId: made.body.auth_id, authToken: made.body.auth_token };
  stranger = await app.makeAccount('Stranger');
  const log = JSON.stringify([
    {
      at: testStart.toISOString(),
      durationMs: 12,
      status: 500,
      error: 'the answer is not 2xx',
      answer: 'no',
      contentType: 'text/plain',
      nonce: '05429567804466091622',
    },
  ]);
  const main = app.account.authId;
  const rows: [
    id: string | undefined,
    accountId: string,
    mainId: string,
    message: string,
    outcome: string,
  ][] = [
    [oldest, main, main, messageId, 'failed'],
    [newest, subaccount.authId, main, messageId, 'delivered'],
    [blank, main, main, '019cebb2-7a55-7a10-9f3e-2d1c0b4a5969', 'delivered'],
    [foreign, stranger.authId, stranger.authId, messageId, 'failed'],
  ];
  for (const [id, accountId, mainId, message, outcome] of rows) {
    await app.app.db.query(
      `insert into webhook_calls (id, account_id, main_id, message_id, kind, url, host, method, form, is_private,
         created_at, outcome, attempts, log)
       values ($1, $2, $3, $4, 'status', 'http://10.0.0.1/cb', '10.0.0.1', 'POST', $5, $6, $7, $8, 4, $9)`,
      [
        id,
        accountId,
        mainId,
        message,
        id === blank ? null : 'Status=sent',
        id === blank,
        testStart,
        outcome,
        log,
      ],
    );
  }
});

after(() => app.stop());

async function listIds(query: string, as?: TestAccount): Promise<string[]> {
  const { status, body } = await app.call('GET', `Webhook/${query}`, undefined, { as });
  assert.equal(status, 200);
  assert.deepEqual(body.meta, { limit: 20, next: null, offset: 0, previous: null });
  return body.objects.map((webhook: { webhook_uuid: string }) => webhook.webhook_uuid);
}

test('a main account sees its calls and those of its subaccounts, the newest first', async () => {
  assert.deepEqual(await listIds(''), [blank, newest, oldest]);
});

test('a subaccount sees its own, and a stranger none of ours', async () => {
  assert.deepEqual(await listIds('', subaccount), [newest]);
  assert.deepEqual(await listIds('', stranger), [foreign]);
});

const filters: [query: string, found: (string | undefined)[]][] = [
  [`?message_uuid=${messageId}`, [newest, oldest]],
  ['?outcome=failed', [oldest]],
  [`?message_uuid=${messageId}&outcome=delivered`, [newest]],
  ['?outcome=pending', []],
];

for (const [query, found] of filters) {
  test(`the list can be asked for ${query}`, async () => assert.deepEqual(await listIds(query), found));
}

const refused: [query: string, sentence: string][] = [
  ['?outcome=lost', 'outcome must be one of pending, delivered, failed'],
  ['?message_uuid=1', 'message_uuid must be a UUID'],
];

for (const [query, sentence] of refused) {
  test(`${query} is refused`, async () => {
    const { status, body } = await app.call('GET', `Webhook/${query}`);
    assert.deepEqual([status, body.error], [400, sentence]);
  });
}

test('the list has pages', async () => {
  const { body } = await app.call('GET', 'Webhook/?limit=1&offset=1&outcome=delivered');
  assert.equal(body.objects[0].webhook_uuid, newest);
  assert.equal(body.meta.next, null);
  assert.match(body.meta.previous, /outcome=delivered&limit=1&offset=0$/);
  const first = await app.call('GET', 'Webhook/?limit=1&outcome=delivered');
  assert.deepEqual([first.body.objects.length, first.body.meta.previous], [1, null]);
  assert.match(first.body.meta.next, /outcome=delivered&limit=1&offset=1$/);
});

test('a call is shown with what was sent and what was answered', async () => {
  const { body } = await app.call('GET', `Webhook/${oldest}/`);
  const { api_id: _apiId, ...webhook } = body;
  const [{ signatures }] = webhook.log;
  assert.equal(signatures['X-Plivo-Signature-V3-Nonce'], '05429567804466091622');
  assert.deepEqual(webhook, {
    attempts: 4,
    created_on: '2026-03-14T09:26:53.589000Z',
    error: 'the answer is not 2xx',
    kind: 'status',
    log: [
      {
        answer: 'no',
        attempted_on: '2026-03-14T09:26:53.589000Z',
        content_type: 'text/plain',
        duration_ms: 12,
        error: 'the answer is not 2xx',
        nonce: '05429567804466091622',
        signatures,
        status: 500,
      },
    ],
    message_uuid: messageId,
    method: 'POST',
    status: 500,
    next_attempt_on: null,
    outcome: 'failed',
    parameters: [{ name: 'Status', value: 'sent' }],
    url: 'http://10.0.0.1/cb',
    webhook_uuid: oldest,
  });
});

test('the parameters of a private call are gone once it is done, and it cannot be made again', async () => {
  const { body } = await app.call('GET', `Webhook/${blank}/`);
  assert.equal(body.parameters, null);
  const replay = await app.call('POST', `Webhook/${blank}/Replay/`);
  assert.equal(replay.status, 409);
  assert.match(replay.body.error, /parameters of this webhook are not kept/);
});

test("another account's call does not exist", async () => {
  for (const [method, path] of [
    ['GET', `Webhook/${foreign}/`],
    ['POST', `Webhook/${foreign}/Replay/`],
    ['GET', 'Webhook/019cebb2-7a55-7000-8000-00000000ffff/'],
  ] as const) {
    assert.equal((await app.call(method, path)).status, 404, path);
  }
  assert.equal((await app.call('GET', `Webhook/${oldest}/`, undefined, { as: subaccount })).status, 404);
});

test('a call that has failed is made again, with all its attempts', async () => {
  const { status, body } = await app.call('POST', `Webhook/${oldest}/Replay/`);
  assert.deepEqual([status, body.message], [202, 'queued']);
  const again = await app.call('GET', `Webhook/${oldest}/`);
  assert.equal(again.body.outcome, 'pending');
  assert.ok(again.body.attempts < 4);
  assert.notEqual(again.body.next_attempt_on, null);
});

test('a call that waits to be tried again waits no longer', async () => {
  const later = new Date(testStart.getTime() + 240_000);
  await app.app.db.query(
    "update webhook_calls set outcome = 'pending', attempts = 3, next_at = $2, leased_until = $2 where id = $1",
    [newest, later],
  );
  const { status } = await app.call('POST', `Webhook/${newest}/Replay/`);
  assert.equal(status, 202);
  const { body } = await app.call('GET', `Webhook/${newest}/`);
  assert.deepEqual(
    [body.outcome, body.attempts, body.next_attempt_on],
    ['pending', 3, '2026-03-14T09:26:53.589000Z'],
  );
});
