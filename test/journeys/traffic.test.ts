// Traffic of an account over time: by bucket, sender and region; the windows, and the end of counting.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp, testStart } from '../support/app.ts';
import { makePowerpack, send, sendOne } from '../support/messaging.ts';

let server: TestApp;
before(async () => {
  server = await startTestApp();
});
after(() => server.stop());

const traffic = async (query = '', as?: TestAccount) =>
  (await server.call('GET', `Traffic/${query}`, undefined, { as })).body;

describe('messages that were sent and received', () => {
  let powerpack: string;
  let pool: string;
  let as: TestAccount;
  before(async () => {
    as = await server.makeAccount();
    ({ uuid: powerpack, pool } = await makePowerpack(server, 'counted', ['14155550100'], { as }));
    const other = await makePowerpack(server, 'other', ['12125550100'], { as });
    // Two wait for their turn; the third has two segments.
    await send(server, { powerpack_uuid: powerpack, dst: '14155550190<14165550190' }, as);
    await sendOne(server, { powerpack_uuid: powerpack, dst: '447700900123', text: 'x'.repeat(170) }, as);
    await server.call('POST', 'Simulator/Rule/', {
      rules: [{ match: { destination: '12125550190' }, report: 'undelivered', delay_ms: 500 }],
    });
    await sendOne(server, { powerpack_uuid: other.uuid, dst: '12125550190' }, as);
    await server.advance(60_000);
    await server.call('DELETE', 'Simulator/Rule/');
    const handset = 'Simulator/Handset/14155550190/Message/';
    await server.call('POST', handset, { dst: '14155550100', text: 'Hello' }, { as });
  });

  test('tell where the powerpack has no number, and how many it would take', async () => {
    const { status, body } = await server.call('GET', `Powerpack/${powerpack}/Demand/`, undefined, { as });
    assert.equal(status, 200);
    assert.deepEqual(
      [body.complete, body.messages, body.local_messages, body.missing_numbers],
      [true, 2, 1, 1],
    );
    assert.deepEqual(body.areas, [
      {
        area_code: '416',
        country_iso2: 'CA',
        region: 'Ontario',
        region_members: 0,
        messages: 1,
        segments: 1,
        busiest_day_segments: 1,
        numbers: 1,
        to_add: 0,
        to_rent: 1,
        lacking: 0,
      },
    ]);
    assert.deepEqual([body.to_add, body.to_rent, body.lacking], [0, 1, 0]);
    const refused = await server.call('GET', `Powerpack/${powerpack}/Demand/?days=31`, undefined, { as });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, /days/);
    assert.equal((await server.call('GET', `Powerpack/${powerpack}/Demand/`)).status, 404);
  });

  test('are counted in the minute in which they were accepted, with their waits', async () => {
    const body = await traffic('?from=2026-03-14T14:56:00%2B05:30&to=2026-03-14T09:29:00', as);
    assert.deepEqual(
      [body.by, body.from, body.to, body.complete, body.complete_from],
      ['minute', '2026-03-14T09:26:00.000000Z', '2026-03-14T09:29:00.000000Z', true, body.from],
    );
    assert.equal(body.buckets.length, 3);
    assert.deepEqual(body.buckets[0], {
      start: '2026-03-14T09:26:00.000000Z',
      accepted: 4,
      received: 0,
      sent: 4,
      delivered: 3,
      undelivered: 1,
      failed: 0,
      segments: 5,
      wait_ms_p50: 0,
      wait_ms_p95: 2000,
      delivery_ms_p50: 100,
      delivery_ms_p95: 500,
    });
    const { accepted, received, wait_ms_p50 } = body.buckets[1];
    assert.deepEqual([accepted, received, wait_ms_p50], [0, 1, null]);
    assert.equal(body.buckets[2].received, 0);
  });

  test('are counted by sender and by region', async () => {
    const { senders, regions } = await traffic('?by=day', as);
    assert.deepEqual(senders, [
      {
        number: '14155550100',
        messages: 3,
        segments: 4,
        delivered: 3,
        undelivered: 0,
        failed: 0,
        member: null,
      },
      {
        number: '12125550100',
        messages: 1,
        segments: 1,
        delivered: 0,
        undelivered: 1,
        failed: 0,
        member: null,
      },
    ]);
    assert.deepEqual(
      new Set(regions.map((one: object) => JSON.stringify(Object.values(one)))),
      new Set(['["US","California",1]', '["CA","Ontario",1]', '["GB","",1]', '["US","New York",1]']),
    );
  });

  test('are counted by area code, with the times to delivery', async () => {
    const { areas } = await traffic('?by=day', as);
    const told = areas.map((area: Record<string, unknown>) =>
      [
        'area_code',
        'region',
        'messages',
        'delivered',
        'undelivered',
        'delivery_ms_p50',
        'delivery_ms_p95',
      ].map((name) => area[name]),
    );
    assert.deepEqual(told, [
      ['416', 'Ontario', 1, 1, 0, 100, 100],
      ['', '', 1, 1, 0, 100, 100],
      ['212', 'New York', 1, 0, 1, 500, 500],
      ['415', 'California', 1, 1, 0, 100, 100],
    ]);
    const ofPowerpack = (await traffic(`?by=day&powerpack_uuid=${powerpack}`, as)).areas;
    assert.equal(ofPowerpack.length, 3);
  });

  test('can be those of one powerpack', async () => {
    const { buckets, senders } = await traffic(`?by=day&powerpack_uuid=${powerpack}`, as);
    assert.deepEqual([buckets[0].accepted, senders.length], [3, 1]);
  });

  test('of a powerpack have its idle members with them, and those that have left it', async () => {
    const path = `NumberPool/${pool}/Number/`;
    await server.call('POST', `${path}14155550101/`, { rent: 'true' }, { as });
    await server.call('DELETE', `${path}14155550100/`, undefined, { as });
    const told = ({ number, messages, member }: { number: string; messages: number; member: boolean }) => [
      number,
      messages,
      member,
    ];
    const query = `?by=day&powerpack_uuid=${powerpack}`;
    assert.deepEqual((await traffic(query, as)).senders.map(told), [
      ['14155550100', 3, false],
      ['14155550101', 0, true],
    ]);
    assert.deepEqual((await traffic(query, await server.makeAccount())).senders, []);
  });

  test('count as soon as they are accepted, also on a clock that stands still', async () => {
    const mine = await server.makeAccount();
    const { uuid } = await makePowerpack(server, 'still', ['13125550100'], { as: mine });
    await sendOne(server, { powerpack_uuid: uuid, dst: '14155550190' }, mine);
    assert.equal((await traffic('?buckets=1', mine)).buckets[0].accepted, 1);
  });

  test('are of the last hour by minute when nothing is asked for', async () => {
    const { by, buckets } = await traffic('', as);
    assert.deepEqual([by, buckets.length], ['minute', 61]);
    assert.equal(buckets[0].start, '2026-03-14T08:27:00.000000Z');
  });

  test('can be asked for as so many buckets up to now', async () => {
    const { from, buckets } = await traffic('?by=hour&buckets=24', as);
    assert.deepEqual([from, buckets.length], ['2026-03-13T10:00:00.000000Z', 24]);
    assert.equal(buckets[23].start, '2026-03-14T09:00:00.000000Z');
    const upToTen = await traffic('?by=hour&buckets=1&to=2026-03-14T10:00', as);
    assert.deepEqual([upToTen.buckets.length, upToTen.buckets[0].accepted], [1, 4]);
    assert.equal((await traffic('?by=day&buckets=90', as)).buckets.length, 90);
  });

  test('are not shown to others', async () => {
    const { senders, regions } = await traffic('?by=day', await server.makeAccount());
    assert.deepEqual([senders, regions], [[], []]);
  });
});

const refusals: [query: string, error: string][] = [
  ['?from=2026-03-14&to=2026-03-14', 'from must be before to'],
  ['?buckets=0', 'buckets must be a whole number from 1 to 400'],
  ['?by=day&buckets=400', 'from and to must be at most 90 days apart'],
  ['?from=2026-03-14&buckets=4', 'from and buckets must not both be given'],
  ['?from=yesterday', 'from must be a time in UTC as YYYY-MM-DD[ HH:MM[:SS[.uuuuuu]]], or with its offset'],
  [
    '?to=2026-03-14T09:26:00 and so on',
    'to must be a time in UTC as YYYY-MM-DD[ HH:MM[:SS[.uuuuuu]]], or with its offset',
  ],
  ['?by=week', 'by must be one of minute, hour, day'],
  ['?by=day&from=2025-12-01&to=2026-03-14', 'from and to must be at most 90 days apart'],
  ['?from=2026-03-14&to=2026-03-14T06:41', 'by must be longer: there may be at most 400 buckets'],
];
for (const [query, error] of refusals) {
  test(`${query} is refused`, async () => {
    const { status, body } = await server.call('GET', `Traffic/${query}`);
    assert.deepEqual([status, body.error], [400, error]);
  });
}

test('a powerpack of a wrong name is refused', async () => {
  assert.equal((await server.call('GET', 'Traffic/?powerpack_uuid=mine')).status, 400);
});

test('of more than 100,000 messages the newest are counted, and it is said from when on; a subaccount counts its own', async () => {
  const as = await server.makeAccount();
  const { body: part } = await server.call('POST', 'Subaccount/', { name: 'Part', enabled: true }, { as });
  // One every 30 ms of the last 50 minutes and a little; every thousandth is the subaccount's.
  await server.app.db.query(
    `insert into messages (id, account_id, subaccount_id, direction, status, service, sender, destination, country_iso2, segments,
       log, accepted_at, sent_at, finished_at)
     select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || lpad(to_hex(n), 20, '0'))::uuid, $1,
       case when n % 1000 = 0 then $2 end, 'outbound', 'delivered', 'sms', '1415555' || lpad((n % 1500)::text, 4, '0'),
       '12125550190', 'US', 1, 'true', at, at + interval '1 second', at + interval '3 seconds'
     from (select n, $3::timestamptz - n * interval '30 milliseconds' as at from generate_series(1, 101000) n) moments`,
    [as.authId, part.auth_id, testStart],
  );
  const to = encodeURIComponent(testStart.toISOString());
  const body = await traffic(`?by=hour&to=${to}`, as);
  assert.equal(body.complete, false);
  assert.equal(body.complete_from, '2026-03-14T08:36:53.590000Z');
  const counted = body.buckets.reduce((sum: number, { accepted }: { accepted: number }) => sum + accepted, 0);
  assert.equal(counted, 100_000);
  assert.deepEqual(
    [body.senders.length, body.buckets[1].wait_ms_p95, body.buckets[1].delivery_ms_p50],
    [1000, 1000, 2000],
  );
  const own = await traffic(`?by=hour&to=${to}`, { authId: part.auth_id, authToken: part.auth_token });
  assert.equal(own.complete, true);
  assert.equal(
    own.buckets.reduce((sum: number, bucket: { accepted: number }) => sum + bucket.accepted, 0),
    101,
  );
});
