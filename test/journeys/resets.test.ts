// The test kit over HTTP: accounts made while the server runs, side by side, and put back to their start between tests.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import {
  addRule,
  makePowerpack,
  readMessage,
  send,
  sendOne,
  sendText,
  stateOf,
} from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

const person = '12125550199';

let server: TestApp;
let catcher: WebhookCatcher;
before(async () => {
  server = await startTestApp({ RUCKSACK_TEST_KIT: 'on', RUCKSACK_VIRTUAL_CLOCK: 'on' });
  catcher = await startWebhookCatcher();
});
after(async () => {
  await server.stop();
  await catcher.close();
});
beforeEach(() => {
  catcher.answer = { status: 200 };
});

interface Suite {
  readonly account: TestAccount;
  readonly numbers: readonly string[];
}

async function makeSuite(name: string, seed?: object): Promise<Suite> {
  const { status, body } = await server.call('POST', 'MainAccount/', { name, seed });
  assert.equal(status, 201, JSON.stringify(body));
  return { account: { authId: body.auth_id, authToken: body.auth_token }, numbers: body.numbers };
}

async function reset({ account }: Suite, body?: object): Promise<void> {
  const answer = await server.call('POST', 'Reset/', body, { as: account });
  assert.equal(answer.status, 200, answer.text);
}

/** Returns what an account has, by the names of lists. */
async function belongings(account: TestAccount): Promise<Record<string, number>> {
  const lists = [
    'Powerpack',
    'Number',
    'Application',
    'Webhook',
    'Simulator/Submission',
    'Subaccount',
    'Message',
  ];
  const counts: Record<string, number> = {};
  for (const list of lists) {
    const { body } = await server.call('GET', `${list}/`, undefined, { as: account });
    counts[list] = body.objects.length;
  }
  return counts;
}

const nothing = {
  Powerpack: 0,
  Number: 0,
  Application: 0,
  Webhook: 0,
  'Simulator/Submission': 0,
  Subaccount: 0,
  Message: 0,
};

/** Returns how many rows speak of messages that are not there. */
async function countStrays(): Promise<number> {
  const [row] = await server.app.db.query<{ strays: number }>(
    `select (select count(*) from outbox where message_id not in (select id from messages))
       + (select count(*) from carrier_messages where message_id not in (select id from messages))
       + (select count(*) from message_events where message_id not in (select id from messages))
       + (select count(*) from unmatched_reports) as strays`,
  );
  return row?.strays ?? -1;
}

describe('main accounts', () => {
  test('are made by the operator while the server runs, with numbers of their own', async () => {
    const one = await makeSuite('one', { numbers: [{ count: 2, pattern: '415' }, { type: 'tollfree' }] });
    const other = await makeSuite('other', { numbers: [{ pattern: '415' }, { number: '+1 604 555 0142' }] });
    assert.deepEqual(one.numbers, ['14155550100', '14155550101', '18005550100']);
    assert.deepEqual(other.numbers, ['14155550102', '16045550142']);
    assert.equal((await belongings(one.account)).Number, 3);
    const { body } = await server.call('GET', 'MainAccount/');
    assert.ok(body.objects.some((account: { auth_id: string }) => account.auth_id === one.account.authId));
  });

  test('are made whole or not at all', async () => {
    const before = (await server.call('GET', 'MainAccount/')).body.meta.total_count;
    const seed = { numbers: [{ pattern: '503' }, { count: 101, pattern: '503' }] };
    const { status, body } = await server.call('POST', 'MainAccount/', { name: 'half', seed });
    assert.deepEqual([status, body.error], [409, 'numbers[1]: not so many numbers are for sale: 99']);
    assert.equal((await server.call('GET', 'MainAccount/')).body.meta.total_count, before);
  });

  test('are nothing that other accounts can see or make', async () => {
    const { account } = await makeSuite('curious');
    assert.equal((await server.call('GET', 'MainAccount/', undefined, { as: account })).status, 404);
    assert.equal((await server.call('POST', 'MainAccount/', { name: 'mine' }, { as: account })).status, 404);
  });
});

describe('a reset', () => {
  test('takes away all that came since the account was made, and brings back what went', async () => {
    const suite = await makeSuite('reset', { numbers: [{ count: 2, pattern: '206' }] });
    const { account: as, numbers } = suite;
    const [number = ''] = numbers;
    await server.call('POST', 'Application/', { app_name: 'replies', message_url: catcher.url }, { as });
    await server.call('POST', 'Subaccount/', { name: 'part', enabled: true }, { as });
    const { uuid } = await makePowerpack(server, 'pool', [number, '12065550150'], { as });
    await send(server, { powerpack_uuid: uuid, dst: person, url: catcher.url }, as);
    await sendText(server, person, number, 'STOP');
    await server.call('DELETE', `Number/${numbers[1]}/`, undefined, { as });
    await server.call('POST', '', { name: 'renamed', default_country: 'US' }, { as });
    const rotated = await server.call('POST', 'Token/', { grace_seconds: 0 }, { as });
    const now = { ...as, authToken: rotated.body.auth_token };
    await server.advance(1000);

    assert.equal((await server.call('POST', 'Reset/', {}, { as: now })).status, 200);

    assert.deepEqual(await belongings(as), { ...nothing, Number: 2 });
    const { body } = await server.call('GET', '', undefined, { as });
    assert.deepEqual([body.name, body.default_country], ['reset', null]);
    const again = await makePowerpack(server, 'pool', [number], { as });
    const id = await sendOne(server, { powerpack_uuid: again.uuid, dst: person }, as);
    await server.advance(1000);
    assert.equal(await stateOf(server, id, as), 'delivered 000');
    assert.equal(await countStrays(), 0);
  });

  test('of an account that is not the test kit’s empties it', async () => {
    const account = await server.makeAccount('plain');
    await makePowerpack(server, 'pool', ['13035550100'], { as: account });
    await reset({ account, numbers: [] });
    assert.deepEqual(await belongings(account), nothing);
  });

  test('leaves nothing under way: late reports, retries, what waits in queues', async () => {
    const suite = await makeSuite('under way', { numbers: [{ pattern: '503' }] });
    const { account: as, numbers } = suite;
    const [src = ''] = numbers;
    addRule(server, '12125550111', { delayMs: [60_000, 60_000], duplicates: 2 });
    catcher.answer = { status: 500 };
    // One goes, and its report comes in a minute; of the others each waits for its second.
    await send(server, { src, dst: '12125550111', url: catcher.url }, as);
    for (let count = 0; count < 5; count++) await send(server, { src, dst: person, url: catcher.url }, as);
    await server.advance(0);

    await reset(suite);
    const before = catcher.calls.length;
    await server.advance(24 * 3600 * 1000);
    assert.deepEqual(await belongings(as), { ...nothing, Number: 1 });
    assert.equal(catcher.calls.length, before);
    assert.equal(await countStrays(), 0);
  });

  test('cuts off a callback that is not answered, and makes it no more', async () => {
    const suite = await makeSuite('held', { numbers: [{ pattern: '505' }] });
    const [src = ''] = suite.numbers;
    catcher.answer = 'held';
    const call = catcher.next();
    const sending = send(server, { src, dst: person, url: catcher.url }, suite.account);
    await Promise.all([call, sending]);
    await reset(suite);
    catcher.answer = { status: 200 };
    const before = catcher.calls.length;
    await server.advance(3600 * 1000);
    assert.equal(catcher.calls.length, before);
    assert.deepEqual(await belongings(suite.account), { ...nothing, Number: 1 });
  });

  test('gives a number back its pace: the first message after it goes at once', async () => {
    const suite = await makeSuite('pace', { numbers: [{ pattern: '602' }] });
    const [src = ''] = suite.numbers;
    for (let count = 0; count < 3; count++) await send(server, { src, dst: person }, suite.account);
    await server.advance(0);
    await reset(suite);
    const id = await sendOne(server, { src, dst: person }, suite.account);
    await server.advance(0);
    assert.equal(await stateOf(server, id, suite.account), 'sent');
  });

  test('is for main accounts', async () => {
    const { account: as } = await makeSuite('main');
    const { body } = await server.call('POST', 'Subaccount/', { name: 'part', enabled: true }, { as });
    const part = { authId: body.auth_id, authToken: body.auth_token };
    assert.equal((await server.call('POST', 'Reset/', {}, { as: part })).status, 404);
  });

  test('is not there where the test kit is off', async () => {
    const plain = await startTestApp();
    try {
      const { status, body } = await plain.call('POST', 'Reset/');
      assert.deepEqual([status, body.error], [404, 'the test kit is off (RUCKSACK_TEST_KIT)']);
      assert.equal((await plain.call('POST', 'MainAccount/', { name: 'more' })).status, 201);
      assert.equal((await plain.call('POST', 'MainAccount/', { name: 'more', seed: {} })).status, 404);
    } finally {
      await plain.stop();
    }
  });
});

test('eight suites run side by side, each as if it were alone', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `suite ${index}`);
  const suites = await Promise.all(
    names.map((name) => makeSuite(name, { numbers: [{ count: 2, pattern: '907' }] })),
  );
  assert.equal(new Set(suites.flatMap(({ numbers }) => numbers)).size, 16);

  await Promise.all(
    suites.map(async (suite, index) => {
      const { account: as, numbers } = suite;
      for (let round = 0; round < 3; round++) {
        const { uuid } = await makePowerpack(server, 'the pool', numbers, { as });
        const ids = await send(
          server,
          { powerpack_uuid: uuid, dst: `1212555010${index}<12125550120`, text: `round ${round}` },
          as,
        );
        assert.equal(ids.length, 2);
        assert.deepEqual(
          { ...nothing, Powerpack: 1, Number: 2, Message: 2, 'Simulator/Submission': 0 },
          {
            ...(await belongings(as)),
            'Simulator/Submission': 0,
          },
        );
        const texts = await Promise.all(ids.map((id) => readMessage(server, id, as)));
        assert.deepEqual(
          texts.map(({ to_number: to }) => to),
          [`1212555010${index}`, '12125550120'],
        );
        await reset(suite);
      }
    }),
  );
  for (const { account } of suites) assert.deepEqual(await belongings(account), { ...nothing, Number: 2 });
});

test('with the clock, a reset begins again at the start', async () => {
  const suite = await makeSuite('time', { numbers: [{ pattern: '808' }] });
  const [src = ''] = suite.numbers;
  const start = (await server.call('GET', 'Simulator/Clock/')).body;
  await server.advance(5 * 24 * 3600 * 1000);
  await reset(suite, { clock: true });
  const back = (await server.call('GET', 'Simulator/Clock/')).body;
  assert.equal(back.frozen, true);
  assert.ok(back.time <= start.time);
  const id = await sendOne(server, { src, dst: person, url: catcher.url }, suite.account);
  await server.advance(100);
  assert.equal(await stateOf(server, id, suite.account), 'delivered 000');
});
