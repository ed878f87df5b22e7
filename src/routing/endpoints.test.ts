// Carriers and routes over HTTP: who may, what is stored, what is never answered, and what is refused.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../../test/support/app.ts';

let world: TestApp;
let stranger: TestAccount;
let subaccount: TestAccount;

const smsc = { name: 'smsc', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' };

before(async () => {
  world = await startTestApp();
  world.time.now = new Date(world.time.now.getTime() + 1000);
  stranger = await world.makeAccount('Stranger');
  const { body } = await world.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
  subaccount = { authId: body.auth_id, authToken: body.auth_token };
});
after(() => world.stop());

test('carriers and routes are the operator’s: for others they are not there', async () => {
  for (const as of [stranger, subaccount]) {
    for (const path of ['Carrier/', 'Carrier/smsc/', 'Route/']) {
      assert.equal((await world.call('GET', path, undefined, { as })).status, 404);
    }
    assert.equal((await world.call('POST', 'Carrier/', { config: smsc }, { as })).status, 404);
    assert.equal(
      (await world.call('POST', 'Route/', { service: 'sms', carrier: 'simulator' }, { as })).status,
      404,
    );
  }
  const path = `/v1/Account/${subaccount.authId}/Carrier/`;
  assert.equal((await world.call('GET', path)).status, 404, 'not below a subaccount either');
});

describe('a carrier', () => {
  test('is made, shown without its secrets, changed, drained and deleted', async () => {
    const made = await world.call('POST', 'Carrier/', { config: smsc });
    assert.deepEqual([made.status, made.body.name], [201, 'smsc']);
    const shown = await world.call('GET', 'Carrier/smsc/');
    assert.equal(shown.status, 200);
    assert.deepEqual(
      [shown.body.type, shown.body.source, shown.body.services, shown.body.draining],
      ['smpp', 'api', ['sms'], false],
    );
    assert.ok(!shown.text.includes('geheim12'), 'the password is never answered');
    const [row] = await world.app.db.query<{ row: string }>(
      `select carriers::text || encode(encrypted_secrets, 'escape') as row from carriers where name = 'smsc'`,
    );
    assert.ok(!row?.row.includes('geheim12'), 'and not stored in the clear');

    const { password, ...withoutPassword } = smsc;
    const changed = await world.call('POST', 'Carrier/smsc/', { config: { ...withoutPassword, window: 3 } });
    assert.equal(changed.status, 202, 'the password stays where it is not given');
    assert.equal((await world.call('GET', 'Carrier/smsc/')).body.config.window, 3);
    const without = await world.call('POST', 'Carrier/smsc/', { config: { ...smsc, password: null } });
    assert.deepEqual([without.status, without.body.error], [400, 'config.password is missing']);

    await world.app.db.query(
      `insert into unmatched_reports (id, carrier, outcome, reported_at, attempts, next_at, candidates, covers)
       values ($1, 'smsc', 'delivered', $2, 1, $2, '["12345"]', 'message')`,
      ['0198f6a4-0000-7000-8000-000000000001', world.time.now],
    );
    assert.equal((await world.call('GET', 'Carrier/smsc/')).body.unmatched_reports, 1);
    const health = async () => {
      const { unmatched_share, warnings, name_rule } = (await world.call('GET', 'Carrier/smsc/')).body;
      return [unmatched_share, warnings, name_rule];
    };
    const tell = (counts: object, facts: object = {}) =>
      world.app.db.query(
        `insert into carrier_states (carrier, process, state, at)
         values ('smsc', '0198f6a4-0000-7000-8000-000000000009', $1, clock_timestamp())
         on conflict (carrier, process) do update set state = excluded.state`,
        [JSON.stringify({ state: 'up', room: 0, counts, ...facts })],
      );
    await tell({ receipts: 4, submitted: 9 });
    assert.deepEqual(await health(), [0.25, [], null], 'one is no reason to warn');
    await world.app.db.query(
      `insert into unmatched_reports (id, carrier, outcome, reported_at, attempts, next_at, candidates, covers)
       select gen_random_uuid(), carrier, outcome, reported_at, attempts, next_at, candidates, covers
       from unmatched_reports, generate_series(1, 24)`,
    );
    await tell({ receipts: 100 }, { warnings: ['names_repeat', 'source_ton_refused'], nameRule: 'numeric' });
    const warnings = ['names_repeat', 'source_ton_refused', 'reports_unmatched'];
    assert.deepEqual(await health(), [0.25, warnings, 'numeric']);
    const link = { bind: 1, role: 'transceiver', state: 'bound', host: 'a:1', peer: 'A', unanswered: 2 };
    const times = { since: '2026-11-30T08:00:00.000Z', unansweredSince: '2026-11-30T08:01:02.345Z' };
    const facts = { links: [{ ...link, ...times }], answers: { '0x58': 3 } };
    await tell(
      { 'reports delivered': 900, 'reports progress': 100 },
      { ...facts, throttledMs: 1500, rate: 5 },
    );
    const { binds, answers, throttled_seconds, rate } = (await world.call('GET', 'Carrier/smsc/')).body;
    const { peer: system_id, ...told } = link;
    const toldTimes = {
      since: '2026-11-30T08:00:00.000000Z',
      unanswered_since: '2026-11-30T08:01:02.345000Z',
    };
    assert.deepEqual(binds, [{ ...told, system_id, ...toldTimes }]);
    assert.deepEqual([answers, throttled_seconds, rate], [{ '0x58': 3 }, 1.5, 5]);
    assert.deepEqual(await health(), [0.025, [], null]);

    assert.equal((await world.call('POST', 'Carrier/smsc/Drain/')).status, 202);
    assert.equal((await world.call('GET', 'Carrier/smsc/')).body.draining, true);
    assert.equal((await world.call('POST', 'Carrier/smsc/Resume/')).status, 202);
    assert.equal((await world.call('GET', 'Carrier/smsc/')).body.draining, false);

    const { body } = await world.call('GET', 'Carrier/');
    assert.deepEqual(
      body.objects.map(({ name }: { name: string }) => name),
      ['smsc'],
    );
    assert.equal((await world.call('DELETE', 'Carrier/smsc/')).status, 204);
    assert.equal((await world.call('GET', 'Carrier/smsc/')).status, 404);
  });

  const refusals: [what: string, config: unknown, status: number, error: string][] = [
    ['without an object', 7, 400, 'config must be an object'],
    [
      'of a type that there is not',
      { name: 'up', type: 'pigeon' },
      400,
      'config.type must be one of smpp, http, simulator',
    ],
    [
      'with a key that there is not',
      { ...smsc, windoow: 3 },
      400,
      'config.windoow is not a key that there is',
    ],
    [
      'that reads a file of the server',
      { ...smsc, password_file: '/etc/passwd' },
      400,
      'config.password_file is not a key that there is',
    ],
    ['with a NUL', { ...smsc, system_id: 'a\0b' }, 400, 'config.system_id must not contain a NUL character'],
    [
      'with half of a character in a list',
      { ...smsc, hosts: ['\ud800'] },
      400,
      'config.hosts[0] must be valid Unicode text',
    ],
    ['with a NUL in a key', { ...smsc, 'a\0b': 1 }, 400, 'a key of config must not contain a NUL character'],
    ['of the simulator’s name', { ...smsc, name: 'simulator' }, 409, 'there is a carrier simulator already'],
  ];
  test('nested deeper than can be walked is refused', async () => {
    const { status, body } = await world.call('POST', 'Carrier/', {
      config: `{"name": "deep", "type": "http", "send": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    });
    assert.equal(status, 400);
    assert.match(body.error, /^config\.send(\.a)+ is deeper than 20 levels$/);
  });

  for (const [what, config, status, error] of refusals) {
    test(`${what} is refused`, async () => {
      const answer = await world.call('POST', 'Carrier/', { config });
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
    });
  }
});

describe('a route', () => {
  const route = { service: 'sms', carrier: 'smsc', fallback: ['simulator'], kind: 'tollfree', country: 'US' };
  before(() => world.call('POST', 'Carrier/', { config: smsc }));

  test('is made, shown, listed, changed and deleted', async () => {
    const made = await world.call('POST', 'Route/', route);
    assert.equal(made.status, 201);
    const path = `Route/${made.body.route_id}/`;
    const { body } = await world.call('GET', path);
    assert.deepEqual(
      [body.carrier, body.fallback, body.kind, body.country, body.number, body.source],
      ['smsc', ['simulator'], 'tollfree', 'US', null, 'api'],
    );
    const listed = async (query: string) => (await world.call('GET', `Route/${query}`)).body.meta.total_count;
    assert.deepEqual(
      [await listed('?carrier=smsc'), await listed('?carrier=simulator'), await listed('?service=mms')],
      [1, 1, 0],
    );
    const used = await world.call('DELETE', 'Carrier/smsc/');
    assert.deepEqual([used.status, used.body.error], [409, 'a route leads to smsc']);
    const again = await world.call('POST', 'Route/', route);
    assert.deepEqual(
      [again.status, again.body.error],
      [409, 'there is a route for kind:US/tollfree and SMS already'],
    );
    assert.equal((await world.call('POST', path, { service: 'sms', carrier: 'simulator' })).status, 202);
    const changed = (await world.call('GET', path)).body;
    assert.deepEqual([changed.carrier, changed.fallback, changed.kind], ['simulator', [], null]);
    assert.equal((await world.call('DELETE', path)).status, 204);
    assert.equal((await world.call('GET', path)).status, 404);
  });

  const refusals: [what: string, given: object, error: string][] = [
    [
      'to a carrier that there is not',
      { ...route, carrier: 'up' },
      'carrier names up, and there is no such carrier',
    ],
    ['of MMS over SMPP', { ...route, service: 'mms' }, 'carrier names smsc, which takes no MMS'],
    [
      'for two things',
      { ...route, number: '18005550123' },
      'the route is for one thing, and names number and kind',
    ],
    ['without a service', { carrier: 'smsc' }, 'service is required'],
  ];
  for (const [what, given, error] of refusals) {
    test(`${what} is refused`, async () => {
      const answer = await world.call('POST', 'Route/', given);
      assert.deepEqual([answer.status, answer.body.error], [400, error]);
    });
  }
});
