// Filling and emptying a number pool over HTTP.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { makePowerpack } from '../support/messaging.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

let made = 0;
const makePool = async (): Promise<string> => {
  made += 1;
  const { body } = await world.call('POST', 'Powerpack/', { name: `pool ${made}` });
  return body.number_pool.split('/')[5];
};
const rent = (number: string) => world.call('POST', `PhoneNumber/${number}/`);
const refusal = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];

describe('adding a number', () => {
  test('that is rented answers the member', async () => {
    const pool = await makePool();
    await rent('14155550100');
    const { status, body } = await world.call('POST', `NumberPool/${pool}/Number/14155550100/`);
    assert.equal(status, 200);
    const { api_id, ...member } = body;
    assert.match(api_id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(member, {
      account_phone_number_resource: `/v1/Account/${world.account.authId}/Number/14155550100/`,
      added_on: '2026-03-14T09:26:53.589000Z',
      country_iso2: 'US',
      number: '14155550100',
      number_pool_uuid: pool,
      service: 'sms',
      type: 'fixed',
    });
  });

  test('again returns the member; another service updates it', async () => {
    const pool = await makePool();
    await rent('14155550101');
    const path = `NumberPool/${pool}/Number/%2B14155550101/`;
    await world.call('POST', path, { service: 'mms' });
    assert.equal((await world.call('POST', path)).body.service, 'mms');
    assert.equal((await world.call('POST', path, { service: 'sms' })).body.service, 'sms');
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/`)).body.meta.total_count, 1);
  });

  test('that is in another pool is refused', async () => {
    const [first, second] = [await makePool(), await makePool()];
    await rent('14155550102');
    await world.call('POST', `NumberPool/${first}/Number/14155550102/`);
    assert.deepEqual(refusal(await world.call('POST', `NumberPool/${second}/Number/14155550102/`)), [
      409,
      'number belongs to another powerpack',
    ]);
  });

  test('that is not rented is refused unless rent is asked for', async () => {
    const pool = await makePool();
    const path = `NumberPool/${pool}/Number/14155550103/`;
    assert.deepEqual(refusal(await world.call('POST', path, { rent: 'false' })), [
      404,
      'number not found in this account',
    ]);
    assert.equal(
      (await world.call('POST', path, { rent: 'true', limit: 1, starts_with: '415' })).status,
      200,
    );
    assert.equal((await world.call('GET', 'Number/14155550103/')).body.carrier, 'Simulator');
  });

  test('that is rented with it is a member for all that it can carry, unless a service is given', async () => {
    const pool = await makePool();
    const add = async (number: string, fields: object) => {
      const { body } = await world.call('POST', `NumberPool/${pool}/Number/${number}/`, fields);
      return body.service;
    };
    assert.equal(await add('14155550181', { rent: true }), 'mms');
    assert.equal(await add('14155550182', { rent: true, service: 'sms' }), 'sms');
    assert.equal(await add('14155550182', { rent: true }), 'sms', 'a member keeps its service');
    await world.call('POST', 'PhoneNumber/14155550183/');
    assert.equal(await add('14155550183', {}), 'sms');
    assert.equal(await add('14155550183', { service: 'mms' }), 'mms');
    for (const number of ['14155550181', '14155550182', '14155550183']) {
      await world.call('DELETE', `NumberPool/${pool}/Number/${number}/`, { unrent: true });
    }
  });

  test('that is not for sale rents nothing and adds nothing', async () => {
    const pool = await makePool();
    for (const number of ['14155551234', '442071838750']) {
      assert.equal(
        (await world.call('POST', `NumberPool/${pool}/Number/${number}/`, { rent: true })).status,
        404,
      );
    }
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/`)).body.meta.total_count, 0);
  });

  test('to a pool that does not exist does not rent it', async () => {
    const nowhere = '00000000-0000-7000-8000-000000000000';
    assert.equal(
      (await world.call('POST', `NumberPool/${nowhere}/Number/14155550104/`, { rent: true })).status,
      404,
    );
    assert.equal((await world.call('GET', 'Number/14155550104/')).status, 404);
  });

  test('that is no number is refused (the text of a failed search, from Node)', async () => {
    const pool = await makePool();
    const answer = await world.call(
      'POST',
      `NumberPool/${pool}/Number/Error:%20country_iso%20is%20required/`,
      { rent: 'true' },
    );
    assert.deepEqual(refusal(answer), [400, 'number must be a phone number with its country code']);
  });

  test('of another account is not found', async () => {
    const other = await world.makeAccount();
    await world.call('POST', 'PhoneNumber/14155550105/', undefined, { as: other });
    const pool = await makePool();
    for (const rentIt of [true, false]) {
      assert.equal(
        (await world.call('POST', `NumberPool/${pool}/Number/14155550105/`, { rent: rentIt })).status,
        404,
      );
    }
  });
});

describe('adding many numbers at once', () => {
  const own = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => String(from + index));
  const bring = async (numbers: readonly string[], as?: TestAccount) => {
    const body = { numbers: numbers.join(','), carrier: 'own', region: 'here' };
    assert.equal((await world.call('POST', 'Number/', body, { as })).status, 202);
  };
  const add = (pool: string, body: object) => world.call('POST', `NumberPool/${pool}/Number/`, body);
  const list = async (pool: string) => (await world.call('GET', `NumberPool/${pool}/Number/`)).body;

  test('makes members of all of them, with the service and the limits that are given', async () => {
    const pool = await makePool();
    const numbers = own(14152000000, 250);
    await bring(numbers);
    const { status, body } = await add(pool, {
      numbers: numbers.join(', '),
      service: 'mms',
      sms_per_second: '2.5',
    });
    assert.deepEqual([status, body.message, body.numbers], [200, 'added', 250]);
    const { meta, objects } = await list(pool);
    assert.equal(meta.total_count, 250);
    assert.deepEqual([objects[0].number, objects[0].service, objects[0].type], [numbers[0], 'mms', 'fixed']);
    const rates = await world.app.db.query<{ rate: number; count: number }>(
      'select sms_per_second as rate, count(*) as count from pool_members where pool_uuid = $1 group by 1',
      [pool],
    );
    assert.deepEqual(rates, [{ rate: 2.5, count: 250 }]);
  });

  test('takes a list, however often a number is in it, and leaves members as they are', async () => {
    const pool = await makePool();
    const numbers = own(14152001000, 3);
    await bring(numbers);
    await world.call('POST', `NumberPool/${pool}/Number/${numbers[0]}/`, { service: 'mms' });
    const { body } = await add(pool, { numbers: [...numbers, numbers[1], `+${numbers[2]}`] });
    assert.equal(body.numbers, 3);
    const services = (await list(pool)).objects.map(({ service }: { service: string }) => service).sort();
    assert.deepEqual(services, ['mms', 'sms', 'sms']);
  });

  test('sends from them at once', async () => {
    const pool = await makePool();
    const numbers = own(14152002000, 120);
    await bring(numbers);
    const [row] = await world.app.db.query<{ uuid: string }>(
      'select uuid from powerpacks where pool_uuid = $1',
      [pool],
    );
    const send = () =>
      world.call('POST', 'Message/', { powerpack_uuid: row?.uuid, dst: '14155550190', text: 'x' });
    assert.equal((await send()).status, 400);
    await add(pool, { numbers });
    assert.equal((await send()).status, 202);
  });

  test('adds none of them where one cannot be added, and names it', async () => {
    const [pool, otherPool] = [await makePool(), await makePool()];
    const other = await world.makeAccount();
    const [good, elsewhere, foreign] = own(14152003000, 3) as [string, string, string];
    await bring([good, elsewhere]);
    await bring([foreign], other);
    await rent('18885550100');
    await world.app.db.query("update numbers set mms_enabled = false where number = '18885550100'");
    await add(otherPool, { numbers: elsewhere });
    const refused = async (body: object) => refusal(await add(pool, body));
    assert.deepEqual(await refused({ numbers: [good, elsewhere] }), [
      409,
      `number ${elsewhere} belongs to another powerpack`,
    ]);
    assert.deepEqual(await refused({ numbers: [good, foreign] }), [
      404,
      `number ${foreign} not found in this account`,
    ]);
    assert.deepEqual(await refused({ numbers: [good, '18885550100'], service: 'mms' }), [
      400,
      'number 18885550100 is not enabled for mms',
    ]);
    assert.deepEqual(await refused({ numbers: [good, 'x'] }), [
      400,
      'numbers must be phone numbers with their country code; "x" is none',
    ]);
    assert.deepEqual(await refused({ numbers: own(14152004000, 2001) }), [
      400,
      'numbers must be at most 2000 numbers',
    ]);
    assert.deepEqual(await refused({}), [400, 'numbers is required']);
    assert.equal((await list(pool)).meta.total_count, 0);
    const unknown = await add('0198b000-0000-7000-8000-00000000ffff', { numbers: good });
    assert.deepEqual(refusal(unknown), [404, 'number pool not found']);
  });

  test('moves those that are in other powerpacks, with their services and limits, where that is asked for', async () => {
    const [from, to] = [await makePool(), await makePool()];
    const numbers = own(14152005000, 3);
    const [first, second, third] = numbers;
    await bring(numbers);
    await world.call('POST', `NumberPool/${from}/Number/${first}/`, { service: 'mms', daily_segments: '7' });
    await world.call('POST', `NumberPool/${from}/Number/${second}/`);
    const { status, body } = await add(to, { numbers: numbers.join(','), move: true });
    assert.deepEqual([status, body.numbers], [200, 3]);
    const services = (await list(to)).objects.map(
      ({ number, service }: { number: string; service: string }) => [number, service],
    );
    assert.deepEqual(
      new Set(services.map(String)),
      new Set([`${first},mms`, `${second},sms`, `${third},sms`]),
    );
    assert.equal((await list(from)).meta.total_count, 0);
    const kept = await world.app.db.query('select daily_segments from pool_members where number = $1', [
      first,
    ]);
    assert.deepEqual(kept, [{ daily_segments: 7 }]);
    await add(from, { numbers: first, move: true, service: 'sms', daily_segments: 'default' });
    assert.equal((await list(from)).objects[0].service, 'sms');
  });

  test('moves nothing out of the powerpack of a subaccount', async () => {
    const { body: part } = await world.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
    const as = { authId: part.auth_id, authToken: part.auth_token };
    const number = '14155550197';
    await makePowerpack(world, 'of a part', [number], { as });
    assert.deepEqual(refusal(await add(await makePool(), { numbers: number, move: true })), [
      409,
      `number ${number} belongs to another powerpack`,
    ]);
  });
});

describe('toll-free numbers', () => {
  test('are found under Number and under Tollfree, however they were added', async () => {
    const pool = await makePool();
    await world.call('POST', `NumberPool/${pool}/Number/18005550199/`, { rent: true });
    await world.call('POST', `NumberPool/${pool}/Tollfree/18445550100/`, { rent: 'true' });
    for (const segment of ['Number', 'Tollfree']) {
      const { objects } = (await world.call('GET', `NumberPool/${pool}/${segment}/`)).body;
      assert.deepEqual(
        objects.map((member: { number: string; type: string }) => [member.number, member.type]),
        [
          ['18005550199', 'tollfree'],
          ['18445550100', 'tollfree'],
        ],
      );
    }
    assert.equal(
      (await world.call('GET', `NumberPool/${pool}/Tollfree/18445550100/`)).body.tollfree,
      '18445550100',
    );
    assert.equal(
      (await world.call('DELETE', `NumberPool/${pool}/Tollfree/18005550199/`, { unrent: true })).status,
      200,
    );
    assert.equal((await world.call('GET', 'Number/18005550199/')).status, 404);
  });

  test('are the only ones that Tollfree takes', async () => {
    const pool = await makePool();
    assert.deepEqual(
      refusal(await world.call('POST', `NumberPool/${pool}/Tollfree/14155550106/`, { rent: true })),
      [409, 'number is not toll-free'],
    );
    assert.equal((await world.call('GET', 'Number/14155550106/')).status, 404);
  });
});

describe('short codes', () => {
  test('are attached, listed, found under three names, and removed', async () => {
    const pool = await makePool();
    const path = `NumberPool/${pool}/Shortcode/567890/`;
    assert.equal((await world.call('POST', path)).status, 200);
    const { body } = await world.call('GET', path);
    assert.deepEqual(
      [body.shortcode, body.short_code, body.number, body.country_iso2, body.service],
      ['567890', '567890', '567890', 'US', 'sms'],
    );
    assert.equal((await world.call('GET', `NumberPool/${pool}/Shortcode/`)).body.meta.total_count, 1);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/`)).body.meta.total_count, 0);
    assert.deepEqual((await world.call('DELETE', path)).body.response, 'success');
    assert.equal((await world.call('GET', path)).status, 404);
  });

  test('are limited to one a country and one pool', async () => {
    const [first, second] = [await makePool(), await makePool()];
    const attach = (pool: string, code: string, country_iso2: string) =>
      world.call('POST', `NumberPool/${pool}/Shortcode/${code}/`, { country_iso2 });
    assert.equal((await attach(first, '222333', 'US')).status, 200);
    assert.equal((await attach(first, '222333', 'CA')).status, 200);
    assert.deepEqual(refusal(await attach(first, '222444', 'US')), [
      409,
      'powerpack already has a short code for US',
    ]);
    assert.deepEqual(refusal(await attach(second, '222333', 'US')), [
      409,
      'short code belongs to another powerpack',
    ]);
    assert.equal((await attach(first, '222333', 'US')).status, 200);
    assert.equal((await attach(second, '12', 'US')).status, 400);
    assert.equal(
      (await world.call('DELETE', `NumberPool/${first}/Shortcode/222333/?country_iso2=CA`)).status,
      200,
    );
    assert.equal((await world.call('GET', `NumberPool/${first}/Shortcode/222333/`)).body.country_iso2, 'US');
  });
});

describe('listing and counting', () => {
  let pool: string;
  before(async () => {
    pool = await makePool();
    const numbers: [number: string, service: string][] = [
      ['12125550130', 'sms'],
      ['12125550131', 'mms'],
      ['14165550130', 'sms'],
      ['18775550130', 'sms'],
    ];
    for (const [number, service] of numbers) {
      world.time.now = new Date(world.time.now.getTime() + 1);
      await world.call('POST', `NumberPool/${pool}/Number/${number}/`, { rent: true, service });
    }
    await world.call('POST', 'Number/', { numbers: '447400123456', carrier: 'own', region: 'x' });
    await world.call('POST', `NumberPool/${pool}/Number/447400123456/`);
  });

  const filters: [query: string, numbers: string[]][] = [
    ['', ['12125550130', '12125550131', '14165550130', '18775550130', '447400123456']],
    ['?&?search=hack', ['12125550130', '12125550131', '14165550130', '18775550130', '447400123456']],
    ['?type=fixed', ['12125550130', '12125550131', '14165550130']],
    ['?type=local', ['12125550130', '12125550131', '14165550130']],
    ['?number_type=mobile', ['447400123456']],
    ['?type=toll-free', ['18775550130']],
    ['?service=mms', ['12125550131']],
    ['?service=sms', ['12125550130', '14165550130', '18775550130', '447400123456']],
    ['?country_iso2=ca', ['14165550130']],
    ['?country_iso=GB&pattern=7400', ['447400123456']],
    ['?starts_with=212', ['12125550130', '12125550131']],
    ['?starts_with=1212,%2B1416', ['12125550130', '12125550131', '14165550130']],
    ['?starts_with=999', []],
    ['?starts_with=212&service=mms&limit=5&offset=0&?search=hack', ['12125550131']],
    ['?id=whatever', ['12125550130', '12125550131', '14165550130', '18775550130', '447400123456']],
    ['?offset=4', ['447400123456']],
    ['?offset=5', []],
  ];
  for (const [query, numbers] of filters) {
    test(`Number/${query}`, async () => {
      const { body } = await world.call('GET', `NumberPool/${pool}/Number/${query}`);
      assert.deepEqual(
        body.objects.map((member: { number: string }) => member.number),
        numbers,
      );
      if (!query.includes('offset=4') && !query.includes('offset=5'))
        assert.equal(body.meta.total_count, numbers.length);
    });
  }

  const wrong: [query: string, sentence: string][] = [
    ['?starts_with=1,2,3,4,5,6,7,8,9,10,11', 'starts_with accepts at most 10 values'],
    ['?starts_with=abc', 'starts_with must be digits, several separated by commas'],
    ['?country_iso2=USA', 'country_iso2 must be a country code of two letters'],
    ['?service=fax', 'service must be one of sms, mms'],
    ['?type=round', 'type must be one of fixed, local, national, mobile, tollfree, any'],
  ];
  for (const [query, sentence] of wrong) {
    test(`Number/${query} → ${sentence}`, async () => {
      assert.deepEqual(refusal(await world.call('GET', `NumberPool/${pool}/Number/${query}`)), [
        400,
        sentence,
      ]);
    });
  }

  test('finding asks for the service too', async () => {
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/12125550131/?service=mms`)).status, 200);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/12125550130/?service=mms`)).status, 404);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/12125550131/?service=sms`)).status, 404);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/12125550199/`)).status, 404);
  });

  test('the pool itself says where its lists are', async () => {
    const { body } = await world.call('GET', `NumberPool/${pool}/`);
    const base = `/v1/Account/${world.account.authId}/NumberPool/${pool}/`;
    assert.deepEqual(
      [body.numbers, body.shortcodes, body.tollfree, body.uuid],
      [`${base}Number/`, `${base}Shortcode/`, `${base}Tollfree/`, pool],
    );
  });
});

describe('removing a number', () => {
  test('keeps it rented, and frees it for another pool', async () => {
    const [first, second] = [await makePool(), await makePool()];
    await world.call('POST', `NumberPool/${first}/Number/14155550140/`, { rent: true });
    const { status, body } = await world.call('DELETE', `NumberPool/${first}/Number/14155550140/`, {});
    assert.deepEqual([status, body.response], [200, 'success']);
    assert.equal((await world.call('POST', `NumberPool/${second}/Number/14155550140/`)).status, 200);
    assert.deepEqual(refusal(await world.call('DELETE', `NumberPool/${first}/Number/14155550140/`)), [
      404,
      'number not found in this pool',
    ]);
  });

  test('with unrent gives it up, in the body or in the query or both (PHP), or in an object (Ruby)', async () => {
    const pool = await makePool();
    for (const [number, query, body] of [
      ['14155550141', '', { unrent: 'true' }],
      ['14155550142', '?unrent=1', { unrent: true }],
      ['14155550143', '?unrent=1', undefined],
      ['14155550145', '', { unrent: { unrent: true } }],
    ] as const) {
      await world.call('POST', `NumberPool/${pool}/Number/${number}/`, { rent: true });
      assert.equal(
        (await world.call('DELETE', `NumberPool/${pool}/Number/${number}/${query}`, body)).status,
        200,
      );
      assert.equal((await world.call('GET', `Number/${number}/`)).status, 404);
    }
  });

  test('of another pool, or of none, is not found and changes nothing', async () => {
    const [first, second] = [await makePool(), await makePool()];
    await rent('14155550147');
    await world.call('POST', `NumberPool/${first}/Number/14155550147/`);
    for (const unrent of [false, true]) {
      for (const number of ['14155550147', '14155550148']) {
        const answer = await world.call('DELETE', `NumberPool/${second}/Number/${number}/`, { unrent });
        assert.deepEqual(refusal(answer), [404, 'number not found in this pool']);
      }
    }
    assert.equal((await world.call('GET', `NumberPool/${first}/Number/14155550147/`)).status, 200);
    assert.equal((await world.call('GET', 'Number/14155550147/')).status, 200);
  });

  test('happens by itself when the number is unrented', async () => {
    const pool = await makePool();
    await world.call('POST', `NumberPool/${pool}/Number/14155550144/`, { rent: true });
    assert.equal((await world.call('DELETE', 'Number/14155550144/')).status, 204);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/14155550144/`)).status, 404);
  });
});

test("replies go to the powerpack's application while a number is a member, else to its own", async () => {
  const app = async (app_name: string) =>
    (await world.call('POST', 'Application/', { app_name })).body.app_id;
  const [own, shared] = [await app('own'), await app('shared')];
  const { body: powerpack } = await world.call('POST', 'Powerpack/', {
    name: 'replies',
    application_id: shared,
    application_type: 'XML',
  });
  const pool = powerpack.number_pool.split('/')[5];
  await world.call('POST', 'PhoneNumber/14155550145/', { app_id: own });
  const application = async () =>
    (await world.call('GET', 'Number/14155550145/')).body.application?.split('/')[5];
  assert.equal(await application(), own);
  await world.call('POST', `NumberPool/${pool}/Number/14155550145/`);
  assert.equal(await application(), shared);
  await world.call('POST', `Powerpack/${powerpack.uuid}/`, { application_id: 'none' });
  assert.equal(await application(), own);
  await world.call('POST', `Powerpack/${powerpack.uuid}/`, {
    application_id: shared,
    application_type: 'xml',
  });
  await world.call('DELETE', `NumberPool/${pool}/Number/14155550145/`);
  assert.equal(await application(), own);
});
