// Seeds and snapshots over HTTP: states that tests begin with and return to.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { seenOf, send, sendOne, stateOf } from '../support/messaging.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';

const person = '12125550199';
const seed = {
  applications: [{ app_name: 'replies', message_url: 'http://127.0.0.1:9/' }],
  numbers: [{ pattern: '701' }],
  powerpacks: [
    { name: 'alerts', application: 'replies', local_connect: false, numbers: [{ count: 2, pattern: '702' }] },
    { name: 'codes', shortcodes: ['70155'] },
  ],
  rules: [{ match: { destination: '12125550150' }, report: 'undelivered', error_code: 30 }],
  messages: [
    {
      src: '17025550100',
      dst: person,
      text: 'Hello',
      powerpack: 'alerts',
      message_time: '2026-03-01T10:00:00Z',
    },
    { direction: 'inbound', src: person, dst: '17025550100', text: 'Hi', message_state: 'received' },
  ],
};

let server: TestApp;
before(async () => {
  server = await startTestApp({ RUCKSACK_TEST_KIT: 'on', RUCKSACK_VIRTUAL_CLOCK: 'on' });
});
after(() => server.stop());

async function makeAccount(name: string, given?: object): Promise<TestAccount> {
  const { status, body } = await server.call('POST', 'MainAccount/', { name, seed: given });
  assert.equal(status, 201, JSON.stringify(body));
  return { authId: body.auth_id, authToken: body.auth_token };
}

const list = async (path: string, as: TestAccount) =>
  (await server.call('GET', path, undefined, { as })).body.objects;

describe('a seed', () => {
  let account: TestAccount;
  before(async () => {
    account = await makeAccount('seeded');
  });

  test('makes applications, numbers, powerpacks, rules and messages, and says what it made', async () => {
    const { status, body } = await server.call('POST', 'Seed/', seed, { as: account });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.numbers, ['17015550100', '17025550100', '17025550101']);
    const [alerts] = await list('Powerpack/?name__contains=alerts', account);
    const [codes] = await list('Powerpack/?name__contains=codes', account);
    assert.deepEqual(
      [alerts.name, alerts.application_id, alerts.local_connect],
      ['alerts', body.applications[0].app_id, false],
    );
    assert.deepEqual(body.powerpacks[0], {
      name: 'alerts',
      number_pool: alerts.number_pool,
      numbers: ['17025550100', '17025550101'],
      uuid: alerts.uuid,
    });
    const pool = codes.number_pool.split('/').at(-2);
    assert.equal((await list(`NumberPool/${pool}/Shortcode/`, account))[0].shortcode, '70155');
    const [inbound, outbound] = await list('Message/?message_time__gte=2026-03-01', account);
    assert.deepEqual(
      [
        outbound.message_time.slice(0, 10),
        outbound.message_direction,
        outbound.powerpack_id,
        outbound.message_uuid,
      ],
      ['2026-03-01', 'outbound', alerts.uuid, body.message_uuid[0]],
    );
    assert.deepEqual([inbound.message_direction, inbound.message_state], ['inbound', 'received']);
  });

  test('has rules for its own account only', async () => {
    const fields = { src: '17015550100', dst: '12125550150' };
    const id = await sendOne(server, fields, account);
    const other = await makeAccount('other', { numbers: [{ pattern: '703' }] });
    const otherId = await sendOne(server, { ...fields, src: '17035550100' }, other);
    await server.advance(1000);
    assert.equal(await stateOf(server, id, account), 'undelivered 30');
    assert.equal(await stateOf(server, otherId, other), 'delivered 000');
    const { body } = await server.call('GET', 'Simulator/Rule/?scope=account', undefined, { as: other });
    assert.deepEqual(body.rules, []);
  });

  test('is what a reset returns to, rules included', async () => {
    await server.call('DELETE', 'Simulator/Rule/?scope=account', undefined, { as: account });
    const [{ uuid }] = await list('Powerpack/?name__contains=alerts', account);
    await server.call('DELETE', `Powerpack/${uuid}/`, { unrent_numbers: true }, { as: account });
    assert.equal((await server.call('POST', 'Reset/', {}, { as: account })).status, 200);
    assert.equal((await list('Powerpack/?name__contains=alerts', account))[0].uuid, uuid);
    assert.equal((await list('Message/?message_time__gte=2026-03-01', account)).length, 2);
    const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12125550150' }, account);
    await server.advance(1000);
    assert.equal(await stateOf(server, id, account), 'undelivered 30');
  });

  const mistakes: [what: string, body: object, status: number, error: string][] = [
    ['no name', { powerpacks: [{}] }, 400, 'powerpacks[0].name is required'],
    [
      'an unknown name',
      { numbers: [{}, { cuont: 1 }] },
      400,
      'numbers[1].cuont is not a parameter of this call: there are count, country_iso, type, pattern, number',
    ],
    [
      'a taken name',
      { powerpacks: [{ name: 'same' }, { name: 'same' }] },
      409,
      'powerpacks[1]: powerpack name already in use',
    ],
    [
      'a taken number',
      { powerpacks: [{ name: 'a', numbers: [{ number: '17015550100' }] }] },
      409,
      "powerpacks[0].numbers[0]: number 17015550100 is not for sale: it is another account's, or none of the simulator's",
    ],
    [
      'the same number twice',
      {
        numbers: [{ number: '17045550100' }],
        powerpacks: [{ name: 'a', numbers: [{ number: '17045550100' }] }],
      },
      409,
      'powerpacks[0].numbers[0]: the account has number 17045550100 already',
    ],
    [
      'an unknown application',
      { powerpacks: [{ name: 'a', application: 'b' }] },
      400,
      'powerpacks[0].application must be the app_name of an application of this seed',
    ],
    [
      'another’s number',
      { messages: [{ src: '17015550100', dst: person, text: 'x' }] },
      400,
      'messages[0].src must be a number of the account',
    ],
    [
      'the future',
      {
        numbers: [{ number: '17045550100' }],
        messages: [{ src: '17045550100', dst: person, text: 'x', message_time: '2126-01-01T00:00:00Z' }],
      },
      400,
      'messages[0].message_time must not be in the future',
    ],
    ['a wrong rule', { rules: [{}, { share: 7 }] }, 400, 'rules[1].share must be a number from 0 to 1'],
  ];
  for (const [what, body, status, error] of mistakes) {
    test(`with ${what} changes nothing, and the error names the place`, async () => {
      const as = await makeAccount(what);
      const answer = await server.call('POST', 'Seed/', body, { as });
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
      for (const path of ['Powerpack/', 'Number/', 'Message/']) assert.deepEqual(await list(path, as), []);
    });
  }
});

describe('a snapshot', () => {
  test('is restored with what waited in queues, which then goes', async () => {
    const as = await makeAccount('queued', { numbers: [{ pattern: '707' }] });
    const ids = [];
    for (let count = 0; count < 3; count++)
      ids.push(...(await send(server, { src: '17075550100', dst: person }, as)));
    const taken = await server.call('POST', 'Snapshot/', { name: 'three.sent' }, { as });
    assert.deepEqual([taken.status, taken.body.name], [201, 'three.sent']);
    await server.advance(10_000);
    await server.call('POST', 'Reset/', {}, { as });
    assert.deepEqual(await list('Message/', as), []);

    const restored = await server.call('POST', 'Snapshot/three.sent/Restore/', {}, { as });
    assert.equal(restored.status, 200, restored.text);
    await server.advance(10_000);
    const states = await Promise.all(ids.slice(1).map((id) => stateOf(server, id, as)));
    assert.deepEqual(states, ['delivered 000', 'delivered 000']);
  });

  test('is restored with the reports that its messages wait for, as far away as they were', async () => {
    const report = { match: { destination: person }, delay_ms: [60_000, 60_000] };
    const as = await makeAccount('reports', { numbers: [{ pattern: '719' }], rules: [report] });
    const id = await sendOne(server, { src: '17195550100', dst: person }, as);
    await server.advance(20_000);
    await server.call('POST', 'Snapshot/', { name: 'on.its.way' }, { as });
    await server.advance(3600 * 1000);
    assert.equal(await stateOf(server, id, as), 'delivered 000');
    for (let time = 0; time < 2; time++) {
      await server.call('POST', 'Snapshot/on.its.way/Restore/', {}, { as });
      await server.advance(39_000);
      assert.equal(await stateOf(server, id, as), 'sent');
      await server.advance(1000);
      assert.equal(await stateOf(server, id, as), 'delivered 000');
    }
  });

  test('that a reset returns to has its reports, with the clock as well', async () => {
    const as = await makeAccount('start', { numbers: [{ pattern: '720' }] });
    const id = await sendOne(server, { src: '17205550100', dst: person }, as);
    await server.advance(0);
    await server.call('POST', 'Snapshot/', { name: 'start' }, { as });
    await server.advance(3600 * 1000);
    assert.equal((await server.call('POST', 'Reset/', { clock: true }, { as })).status, 200);
    assert.equal(await stateOf(server, id, as), 'sent');
    await server.advance(100);
    assert.equal(await stateOf(server, id, as), 'delivered 000');
  });

  test('is restored with its scheduled messages, which go at their moment', async () => {
    const as = await makeAccount('scheduled', { numbers: [{ pattern: '712' }] });
    const { body } = await server.call('GET', 'Simulator/Clock/');
    const at = new Date(new Date(body.time).getTime() + 2 * 3600 * 1000).toISOString();
    const id = await sendOne(server, { src: '17125550100', dst: person, send_at: at }, as);
    await server.call('POST', 'Snapshot/', { name: 'scheduled' }, { as });
    await server.call('POST', 'Reset/', {}, { as });
    await server.advance(60_000);
    await server.call('POST', 'Snapshot/scheduled/Restore/', {}, { as });
    await server.advance(3 * 3600 * 1000);
    assert.deepEqual(
      seenOf(server, [id]).map(({ atMs }) => new Date(atMs).toISOString()),
      [at],
    );
  });

  test('is restored with the pauses of its callbacks’ URLs', async () => {
    const catcher = await startWebhookCatcher();
    try {
      const as = await makeAccount('paused', { numbers: [{ pattern: '713' }] });
      const { url } = catcher;
      await server.call('POST', 'Webhook/Url/Pause/', { url }, { as });
      await server.call('POST', 'Snapshot/', { name: 'paused' }, { as });
      await server.call('POST', 'Reset/', {}, { as });
      const send = () => sendOne(server, { src: '17135550100', dst: person, url }, as);
      await send();
      await server.advance(60_000);
      const made = catcher.calls.length;
      assert.ok(made > 0);
      await server.call('POST', 'Snapshot/paused/Restore/', {}, { as });
      await server.advance(0);
      await send();
      await server.advance(60_000);
      assert.equal(catcher.calls.length, made);
    } finally {
      await catcher.close();
    }
  });

  test('is restored with the bulk messages that waited, and a new one goes behind them', async () => {
    const as = await makeAccount('bulk', { numbers: [{ pattern: '714' }] });
    const bulk = () => sendOne(server, { src: '17145550100', dst: person, priority: 'bulk' }, as);
    for (let count = 0; count < 5; count++) await bulk();
    await server.call('POST', 'Snapshot/', { name: 'bulk' }, { as });
    await server.call('POST', 'Snapshot/bulk/Restore/', {}, { as });
    const explained = await server.call('GET', `Message/${await bulk()}/Explain/`, undefined, { as });
    assert.equal(explained.body.wait_seconds, 5);
  });

  test('is listed, replaced and deleted by its name', async () => {
    const as = await makeAccount('names');
    await server.call('POST', 'Snapshot/', { name: 'one' }, { as });
    await server.call('POST', 'Snapshot/', { name: 'one' }, { as });
    const names = (await list('Snapshot/', as)).map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ['one', 'start']);
    assert.equal((await server.call('DELETE', 'Snapshot/one/', undefined, { as })).status, 204);
    for (const [method, path] of [
      ['DELETE', 'Snapshot/one/'],
      ['POST', 'Snapshot/one/Restore/'],
    ] as const) {
      assert.equal((await server.call(method, path, undefined, { as })).status, 404);
    }
  });

  test('cannot be restored after any migration, one with a lower number too', async () => {
    const as = await makeAccount('upgraded');
    await server.call('POST', 'Snapshot/', { name: 'before' }, { as });
    await server.app.db.query("insert into migrations values ('0000_late')");
    const { status } = await server.call('POST', 'Snapshot/before/Restore/', {}, { as });
    await server.app.db.query("delete from migrations where name = '0000_late'");
    const restored = await server.call('POST', 'Snapshot/before/Restore/', {}, { as });
    assert.deepEqual([status, restored.status], [409, 200]);
  });

  test('cannot be restored once another account has its numbers', async () => {
    const as = await makeAccount('former', { numbers: [{ pattern: '706' }] });
    await server.call('POST', 'Snapshot/', { name: 'had' }, { as });
    await server.call('DELETE', 'Number/17065550100/', undefined, { as });
    await server.advance(11 * 24 * 3600 * 1000);
    await makeAccount('present', { numbers: [{ number: '17065550100' }] });
    const { status, body } = await server.call('POST', 'Snapshot/had/Restore/', {}, { as });
    assert.deepEqual(
      [status, body.error],
      [409, 'another account has taken a number, short code or name of that state meanwhile'],
    );
    assert.deepEqual(await list('Number/', as), []);
  });

  test('there are at most twenty of', async () => {
    const as = await makeAccount('many');
    for (let count = 1; count < 20; count++)
      await server.call('POST', 'Snapshot/', { name: `s${count}` }, { as });
    const { status, body } = await server.call('POST', 'Snapshot/', { name: 's20' }, { as });
    assert.deepEqual([status, body.error], [409, 'there are 20 snapshots already; delete one first']);
  });
});
