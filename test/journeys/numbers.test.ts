// Numbers over HTTP: searching, renting, bringing one's own, updating, giving up, and how long they are held.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

const refusal = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];

describe('searching', () => {
  test('finds fictitious numbers of an area, and not those that are taken', async () => {
    const search = async () =>
      (await world.call('GET', 'PhoneNumber/?country_iso=US&pattern=212&limit=2')).body;
    assert.deepEqual(
      (await search()).objects.map(({ number }: { number: string }) => number),
      ['12125550100', '12125550101'],
    );
    await world.call('POST', 'PhoneNumber/12125550100/');
    const { meta, objects } = await search();
    assert.equal(meta.total_count, 99);
    assert.equal(objects[0].number, '12125550101');
    assert.equal(objects[0].region, 'New York, UNITED STATES');
  });

  const found: [query: string, total: number][] = [
    ['country_iso2=CA&region=ON&pattern=416', 100],
    ['country_iso=CA&region=ontario&starts_with=1416&type=local', 100],
    ['country_iso=US&type=toll-free&pattern=888', 100],
    ['country_iso=US&type=mobile', 0],
    ['country_iso=US&pattern=415&services=voice', 0],
    ['country_iso=US&pattern=415&service=sms%2Cmms&eligible=True&rent=true', 100],
    ['country_iso=US&pattern=415&city=SAN%20FRANCISCO', 0],
    ['country_iso=US&npanxx=415555', 100],
    ['country_iso=US&pattern=415&services=sms&services=mms', 100],
    ['country_iso=US&pattern=415&services=sms&services=voice', 0],
    ['country_iso=DE', 0],
  ];
  for (const [query, total] of found) {
    test(`?${query} finds ${total}`, async () => {
      const { status, body } = await world.call('GET', `PhoneNumber/?${query}`);
      assert.deepEqual([status, body.meta?.total_count], [200, total]);
      // PHP's SDK reads it of an empty list.
      assert.equal(body.error, total === 0 ? '' : undefined);
    });
  }

  test('needs a country', async () => {
    assert.deepEqual(refusal(await world.call('GET', 'PhoneNumber/')), [400, 'country_iso is required']);
  });

  test('works without an account in the path, as PHP asks', async () => {
    const { status, body } = await world.call('GET', '/v1/PhoneNumber/?country_iso2=US&pattern=415');
    assert.deepEqual([status, body.meta.total_count], [200, 100]);
  });
});

describe('dependants of an application', () => {
  test('are found by asking for the powerpacks and numbers whose replies go to it', async () => {
    const { body: created } = await world.call('POST', 'Application/', { app_name: 'depended-on' });
    const application = { application_id: created.app_id, application_type: 'XML' };
    const { body: powerpack } = await world.call('POST', 'Powerpack/', { name: 'depends', ...application });
    await world.call('POST', 'Powerpack/', { name: 'does not depend' });
    const pool = powerpack.number_pool.split('/')[5];
    await world.call('POST', `NumberPool/${pool}/Number/15035550100/`, { rent: true });
    await world.call('POST', 'PhoneNumber/15035550101/', { app_id: created.app_id });
    await world.call('POST', 'PhoneNumber/15035550102/');

    const query = `application_id=${created.app_id}`;
    const { body: powerpacks } = await world.call('GET', `Powerpack/?${query}`);
    assert.deepEqual([powerpacks.meta.total_count, powerpacks.objects[0].name], [1, 'depends']);
    const { body: numbers } = await world.call('GET', `Number/?${query}`);
    assert.deepEqual(
      numbers.objects.map(({ number, powerpack_uuid }: Record<string, unknown>) => [number, powerpack_uuid]),
      [
        ['15035550100', powerpack.uuid],
        ['15035550101', null],
      ],
    );
    assert.equal(numbers.meta.total_count, 2);

    await world.call('DELETE', `Application/${created.app_id}/`);
    const after = await world.call('GET', `Number/?${query}`);
    assert.equal(after.body.meta.total_count, 0);
    for (const number of ['15035550100', '15035550101', '15035550102']) {
      assert.equal((await world.call('DELETE', `Number/${number}/`)).status, 204);
    }
  });
});

describe('renting', () => {
  test('answers 201 with the number; again it is 409, for others 404', async () => {
    const { status, body } = await world.call('POST', 'PhoneNumber/+13125550100/', { number: '13125550100' });
    assert.equal(status, 201);
    assert.deepEqual(
      [body.message, body.status, body.numbers],
      ['created', 'fulfilled', [{ number: '13125550100', status: 'Success' }]],
    );
    assert.equal((await world.call('POST', 'PhoneNumber/13125550100/')).status, 409);
    const other = await world.makeAccount();
    assert.equal(
      (await world.call('POST', 'PhoneNumber/13125550100/', undefined, { as: other })).status,
      404,
    );
  });

  test('of a number that is not for sale is 404, of no number 400', async () => {
    assert.equal((await world.call('POST', 'PhoneNumber/13125551234/')).status, 404);
    assert.equal((await world.call('POST', 'PhoneNumber/hello/')).status, 400);
  });

  test('takes the default application, the named one, or none', async () => {
    const app = async (app_name: string, more: object = {}) =>
      (await world.call('POST', 'Application/', { app_name, ...more })).body.app_id;
    const [first, named, second] = [
      await app('first', { default_number_app: true }),
      await app('named'),
      await app('second', { default_number_app: 'True' }),
    ];
    const application = async (number: string) =>
      (await world.call('GET', `Number/${number}/`)).body.application;
    const uri = (id: string) => `/v1/Account/${world.account.authId}/Application/${id}/`;
    assert.equal((await world.call('GET', `Application/${first}/`)).body.default_app, false);
    await world.call('POST', 'PhoneNumber/13125550101/');
    assert.equal(await application('13125550101'), uri(second));
    await world.call('POST', 'PhoneNumber/13125550102/', { app_id: named });
    assert.equal(await application('13125550102'), uri(named));
    await world.call('POST', 'PhoneNumber/13125550103/', { app_id: null });
    assert.equal(await application('13125550103'), null);
    assert.deepEqual(refusal(await world.call('POST', 'PhoneNumber/13125550104/', { app_id: '1' })), [
      400,
      'app_id must be an application of this account',
    ]);
    await world.call('DELETE', `Application/${second}/`);
    assert.equal(await application('13125550101'), null);
  });
});

describe('own numbers', () => {
  test('are added together, with the facts of their digits', async () => {
    const answer = await world.call('POST', 'Number/', {
      numbers: '+442071838750, 4915112345678,18005551234',
      carrier: 'acme',
      region: 'Europe',
    });
    assert.deepEqual([answer.status, answer.body.message], [202, 'changed']);
    const number = async (digits: string) => (await world.call('GET', `Number/${digits}/`)).body;
    const [landline, mobile, tollfree] = [
      await number('442071838750'),
      await number('4915112345678'),
      await number('18005551234'),
    ];
    assert.deepEqual(
      [landline.number_type, landline.country, landline.carrier, landline.region],
      ['fixed', 'UNITED KINGDOM', 'acme', 'Europe'],
    );
    assert.equal(mobile.number_type, 'mobile');
    assert.equal(tollfree.number_type, 'tollfree');
    assert.equal(
      (await world.call('POST', 'Number/', { numbers: ['442071838750'], carrier: 'x', region: 'x' })).status,
      202,
    );
    assert.equal((await number('442071838750')).carrier, 'acme');
  });

  test('come in all or not at all', async () => {
    const other = await world.makeAccount();
    await world.call(
      'POST',
      'Number/',
      { numbers: '442071838751', carrier: 'x', region: 'x' },
      { as: other },
    );
    const answer = await world.call('POST', 'Number/', {
      numbers: '442071838752,442071838751',
      carrier: 'x',
      region: 'x',
    });
    assert.deepEqual(refusal(answer), [409, 'number 442071838751 belongs to another account']);
    assert.equal((await world.call('GET', 'Number/442071838752/')).status, 404);
  });

  test('need a carrier and a region', async () => {
    assert.deepEqual(refusal(await world.call('POST', 'Number/', { numbers: '442071838750' })), [
      400,
      'carrier is required',
    ]);
    assert.deepEqual(refusal(await world.call('POST', 'Number/', { carrier: 'x', region: 'y' })), [
      400,
      'numbers is required',
    ]);
  });
});

describe('updating', () => {
  test('changes the given fields', async () => {
    await world.call('POST', 'PhoneNumber/14085550100/');
    const app = (await world.call('POST', 'Application/', { app_name: 'x' })).body.app_id;
    assert.equal(
      (await world.call('POST', 'Number/14085550100/', { alias: 'desk', app_id: app, number: '14085550100' }))
        .status,
      202,
    );
    const read = async () => (await world.call('GET', 'Number/14085550100/')).body;
    assert.deepEqual([(await read()).alias, (await read()).application?.includes(app)], ['desk', true]);
    await world.call('POST', 'Number/14085550100/', {});
    assert.equal((await read()).alias, 'desk');
    await world.call('POST', 'Number/14085550100/', { app_id: null });
    assert.deepEqual([(await read()).alias, (await read()).application], ['desk', null]);
  });

  test('gives a number to a subaccount, and not away from a pool of another', async () => {
    const sub = (await world.call('POST', 'Subaccount/', { name: 'sub', enabled: true })).body;
    const as = { authId: sub.auth_id, authToken: sub.auth_token };
    await world.call('POST', 'PhoneNumber/14085550101/');
    assert.equal((await world.call('GET', 'Number/14085550101/', undefined, { as })).status, 404);
    await world.call('POST', 'Number/14085550101/', { subaccount: sub.auth_id });
    assert.equal(
      (await world.call('GET', 'Number/14085550101/', undefined, { as })).body.sub_account_name,
      'sub',
    );
    const { body: powerpack } = await world.call('POST', 'Powerpack/', { name: 'of the sub' }, { as });
    const pool = powerpack.number_pool.split('/')[5];
    assert.equal(
      (await world.call('POST', `NumberPool/${pool}/Number/14085550101/`, undefined, { as })).status,
      200,
    );
    assert.equal((await world.call('POST', 'Number/14085550101/', { subaccount: 'null' })).status, 409);
    assert.deepEqual(
      refusal(await world.call('POST', 'Number/14085550101/', { subaccount: 'SAXXXXXXXXXXXXXXXXXX' })),
      [400, 'subaccount must be a subaccount of this account'],
    );
  });
});

describe('listing', () => {
  test('distinguishes numbers in pools from the others', async () => {
    const as = await world.makeAccount();
    const call = (method: string, path: string, body: object = {}) => world.call(method, path, body, { as });
    const { body } = await call('POST', 'Powerpack/', { name: 'one' });
    const pool = body.number_pool.split('/').at(-2);
    const added = await call('POST', `NumberPool/${pool}/Number/15055550170/`, { rent: true });
    assert.equal(added.status, 200);
    await call('POST', 'PhoneNumber/15055550171/');
    const numbers = async (query: string) => {
      const list = (await world.call('GET', `Number/?${query}`, undefined, { as })).body;
      assert.equal(list.meta.total_count, list.objects.length);
      return list.objects.map(({ number }: { number: string }) => number);
    };
    assert.deepEqual(await numbers('pooled=true'), ['15055550170']);
    assert.deepEqual(await numbers('pooled=false'), ['15055550171']);
    assert.deepEqual(await numbers(''), ['15055550170', '15055550171']);
  });

  test('filters by kind, prefix, alias, services, and finds none by a kind that does not exist here', async () => {
    const other = await world.makeAccount();
    const call = (method: string, path: string, body?: object) =>
      world.call(method, path, body, { as: other });
    await call('POST', 'PhoneNumber/16175550100/');
    await call('POST', 'PhoneNumber/18665550100/');
    await call('POST', 'Number/16175550100/', { alias: 'desk' });
    const numbers = async (query: string) =>
      (await call('GET', `Number/?${query}`)).body.objects.map(({ number }: { number: string }) => number);
    assert.deepEqual(await numbers('limit=20&offset=0'), ['16175550100', '18665550100']);
    assert.deepEqual(await numbers('type=local'), ['16175550100']);
    assert.deepEqual(await numbers('number_type=shortcode'), []);
    assert.deepEqual(await numbers('number_type=tollfree'), ['18665550100']);
    assert.deepEqual(await numbers('number_startswith=1617'), ['16175550100']);
    assert.deepEqual(await numbers('alias=desk&services=sms%2Cmms'), ['16175550100']);
    assert.deepEqual(await numbers('services=voice%2Csms'), []);
    assert.deepEqual(await numbers('tendlc_registration_status=UNREGISTERED'), [
      '16175550100',
      '18665550100',
    ]);
    assert.deepEqual(await numbers('tendlc_campaign_id=C1'), []);
    assert.deepEqual(await numbers('renewal_date__gt=2026-01-01'), []);
  });
});

describe('a number that was unrented', () => {
  test('gets the requested settings when it is rented again', async () => {
    const { body } = await world.call('POST', 'Application/', { app_name: 'again' });
    await world.call('POST', 'PhoneNumber/12065550110/');
    await world.call('DELETE', 'Number/12065550110/');
    await world.call('POST', 'PhoneNumber/12065550110/', { app_id: body.app_id });
    assert.match((await world.call('GET', 'Number/12065550110/')).body.application, new RegExp(body.app_id));
    await world.call('DELETE', 'Number/12065550110/');
    await world.call('POST', 'Number/', {
      numbers: '12065550110',
      carrier: 'acme',
      region: 'x',
      alias: 'mine now',
    });
    const number = (await world.call('GET', 'Number/12065550110/')).body;
    assert.deepEqual([number.carrier, number.alias], ['acme', 'mine now']);
  });

  test('is held for its account for ten days, as it was, and then for sale to all', async () => {
    const other = await world.makeAccount();
    await world.call('POST', 'PhoneNumber/16505550100/');
    await world.call('POST', 'Number/16505550100/', { alias: 'mine' });
    const start = world.time.now;
    const unrent = await world.call('DELETE', 'Number/16505550100/', undefined, {
      rawBody: '""',
      headers: { 'content-type': 'application/json' },
    });
    assert.deepEqual([unrent.status, unrent.text], [204, '']);
    assert.equal((await world.call('DELETE', 'Number/16505550100/')).status, 404);
    assert.equal(
      (await world.call('POST', 'PhoneNumber/16505550100/', undefined, { as: other })).status,
      404,
    );
    assert.equal(
      (
        await world.call(
          'POST',
          'Number/',
          { numbers: '16505550100', carrier: 'x', region: 'x' },
          { as: other },
        )
      ).status,
      409,
    );
    const total = async (as = world.account) =>
      (await world.call('GET', 'PhoneNumber/?country_iso=US&pattern=650', undefined, { as })).body.meta
        .total_count;
    assert.deepEqual([await total(), await total(other)], [100, 99]);

    assert.equal((await world.call('POST', 'PhoneNumber/16505550100/')).status, 201);
    assert.equal((await world.call('GET', 'Number/16505550100/')).body.alias, 'mine');
    await world.call('DELETE', 'Number/16505550100/');
    world.time.now = new Date(start.getTime() + 10 * 86_400_000 + 1);
    assert.equal(
      (await world.call('POST', 'PhoneNumber/16505550100/', undefined, { as: other })).status,
      201,
    );
    assert.equal((await world.call('GET', 'Number/16505550100/', undefined, { as: other })).body.alias, null);
    assert.equal((await world.call('POST', 'PhoneNumber/16505550100/')).status, 404);
    world.time.now = start;
  });
});
