// Credentials, subaccounts, token rotation and limits: what each account may do.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp } from '../support/app.ts';
import { makePowerpack } from '../support/messaging.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp({ RUCKSACK_LOGIN_FAILURES: '5' });
});
after(() => world.stop());

describe('credentials', () => {
  test('are asked for on every call', async () => {
    const response = await fetch(`${world.url}/v1/Account/${world.account.authId}/Powerpack/`);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('www-authenticate'), 'Basic realm="Rucksack"');
    assert.deepEqual(Object.keys((await response.json()) as object), ['api_id', 'error']);
  });

  test('that are wrong answer 401 whether the account exists or not', async () => {
    for (const as of [
      { ...world.account, authToken: 'x'.repeat(40) },
      { authId: 'MAXXXXXXXXXXXXXXXXXX', authToken: 'y' },
      { authId: '', authToken: '' },
    ]) {
      assert.equal(
        (await world.call('GET', '/v1/Account/MAXXXXXXXXXXXXXXXXXX/', undefined, { as })).status,
        401,
      );
    }
  });

  test('that fail too often have to wait, and the right ones always pass', async () => {
    const account = await world.makeAccount();
    const get = (authToken: string) =>
      world.call('GET', 'Powerpack/', undefined, { as: { ...account, authToken } });
    for (let attempt = 0; attempt < 5; attempt++) assert.equal((await get(`wrong ${attempt}`)).status, 401);
    const refused = await get('wrong again');
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal((await get(account.authToken)).status, 200);
    assert.equal((await world.call('GET', 'Powerpack/')).status, 200);
  });

  test('that are no auth id at all do no harm', async () => {
    const strange = ['MA\u0000XXXXXXXXXXXXXXXXX', "MA' or 1=1 --", 'x'.repeat(500)];
    const answers = await Promise.all([
      ...strange.map((authId) =>
        world.call('GET', '/v1/Account/x/Powerpack/', undefined, { as: { authId, authToken: 'x' } }),
      ),
      ...strange.map(() => world.call('GET', 'Powerpack/')),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 200, 200, 200],
    );
    for (const path of [
      '/v1/Account/%00/Powerpack/',
      'Application/%00/',
      'Application/a%0Ab/',
      'Number/%00/',
    ]) {
      const { status } = await world.call('GET', path);
      assert.ok([400, 404].includes(status), path);
    }
  });
});

describe('rotating a token', () => {
  test('leaves the old one valid for a while', async () => {
    const account = await world.makeAccount();
    const { body } = await world.call('POST', 'Token/', { grace_seconds: 60 }, { as: account });
    const rotated = { authId: account.authId, authToken: body.auth_token };
    const status = async (as: typeof account) => (await world.call('GET', '', undefined, { as })).status;
    const start = world.time.now;
    assert.deepEqual([await status(account), await status(rotated)], [200, 200]);
    world.time.now = new Date(start.getTime() + 60_000);
    assert.deepEqual([await status(account), await status(rotated)], [401, 200]);
    world.time.now = start;
  });

  test('ends every token before it, those of earlier rotations too', async () => {
    const account = await world.makeAccount();
    const rotate = async (as: typeof account, grace_seconds: number) => ({
      authId: account.authId,
      authToken: (await world.call('POST', 'Token/', { grace_seconds }, { as })).body.auth_token as string,
    });
    const second = await rotate(account, 3600);
    const third = await rotate(second, 0);
    const statuses = [];
    for (const as of [account, second, third])
      statuses.push((await world.call('GET', '', undefined, { as })).status);
    assert.deepEqual(statuses, [401, 401, 200]);
  });

  test('without grace ends the old one at once', async () => {
    const account = await world.makeAccount();
    await world.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
    assert.equal((await world.call('GET', '', undefined, { as: account })).status, 401);
  });
});

describe('the account', () => {
  test('is read and updated; nulls mean not given (Python)', async () => {
    const update = await world.call('POST', '', { name: 'Example Ltd', city: 'Springfield', address: null });
    assert.deepEqual([update.status, update.body.message], [202, 'changed']);
    const account = (await world.call('GET', '')).body;
    assert.deepEqual(
      [account.name, account.city, account.address, account.auth_id],
      ['Example Ltd', 'Springfield', '', world.account.authId],
    );
  });
});

describe('a subaccount', () => {
  const makeSubaccount = async (name: string, enabled: unknown = true) => {
    const { status, body } = await world.call('POST', 'Subaccount/', { name, enabled });
    assert.equal(status, 201);
    return { authId: body.auth_id as string, authToken: body.auth_token as string };
  };

  test('is made, listed, read, renamed and deleted', async () => {
    const sub = await makeSubaccount('marketing', 'true');
    const { body } = await world.call('GET', `Subaccount/${sub.authId}/`);
    assert.deepEqual(
      [body.name, body.enabled, body.auth_token, body.modified],
      ['marketing', true, sub.authToken, null],
    );
    assert.equal((await world.call('GET', 'Subaccount/')).body.objects.at(-1).auth_id, sub.authId);
    assert.equal(
      (await world.call('POST', `Subaccount/${sub.authId}/`, { name: 'sales', auth_id: sub.authId })).status,
      202,
    );
    assert.equal((await world.call('GET', `Subaccount/${sub.authId}/`)).body.name, 'sales');
    const deleted = await world.call('DELETE', `Subaccount/${sub.authId}/`, { cascade: null });
    assert.deepEqual([deleted.status, deleted.text], [204, '']);
    assert.equal((await world.call('GET', `Subaccount/${sub.authId}/`)).status, 404);
    assert.equal((await world.call('GET', '', undefined, { as: sub })).status, 401);
  });

  test('may do nothing until it is enabled, and nothing once it is disabled', async () => {
    const sub = await makeSubaccount('quiet', false);
    const status = async () => (await world.call('GET', 'Powerpack/', undefined, { as: sub })).status;
    assert.equal(await status(), 401);
    await world.call('POST', `Subaccount/${sub.authId}/`, { name: 'quiet', enabled: 'true' });
    assert.equal(await status(), 200);
    await world.call('POST', `Subaccount/${sub.authId}/`, { name: 'quiet', enabled: false });
    assert.equal(await status(), 401);
  });

  test('has its own powerpacks; its main account may act for it, and no other', async () => {
    const [sub, sibling] = [await makeSubaccount('one'), await makeSubaccount('two')];
    const other = await world.makeAccount();
    const { body: powerpack } = await world.call('POST', 'Powerpack/', { name: 'of one' }, { as: sub });
    assert.equal(powerpack.number_pool.split('/')[3], sub.authId);
    const path = `/v1/Account/${sub.authId}/Powerpack/${powerpack.uuid}/`;
    assert.equal((await world.call('POST', path, { name: 'renamed' })).body.name, 'renamed');
    assert.equal((await world.call('GET', `Powerpack/${powerpack.uuid}/`)).status, 404);
    for (const as of [sibling, other])
      assert.equal((await world.call('GET', path, undefined, { as })).status, 404);
    const main = `/v1/Account/${world.account.authId}/Powerpack/`;
    assert.equal((await world.call('GET', main, undefined, { as: sub })).status, 404);
    assert.equal((await world.call('GET', 'Subaccount/', undefined, { as: sub })).status, 404);
  });

  test('is deleted with its powerpacks only when that is asked for; its numbers return', async () => {
    const sub = await makeSubaccount('full');
    await world.call('POST', 'Powerpack/', { name: 'inside' }, { as: sub });
    await world.call('POST', 'PhoneNumber/17025550100/', undefined, { as: sub });
    assert.equal((await world.call('DELETE', `Subaccount/${sub.authId}/`)).status, 409);
    const [inside] = (await world.call('GET', 'Powerpack/', undefined, { as: sub })).body.objects;
    await world.call('POST', `Powerpack/${inside.uuid}/`, { deletion_protection: true }, { as: sub });
    assert.equal((await world.call('DELETE', `Subaccount/${sub.authId}/`, { cascade: true })).status, 409);
    await world.call('POST', `Powerpack/${inside.uuid}/`, { deletion_protection: false }, { as: sub });
    assert.equal((await world.call('DELETE', `Subaccount/${sub.authId}/`, { cascade: 'true' })).status, 204);
    assert.equal((await world.call('GET', 'Number/17025550100/')).body.sub_account, null);
  });
});

describe('things of one subaccount', () => {
  const make = async (name: string) => {
    const { body } = await world.call('POST', 'Subaccount/', { name, enabled: true });
    return { authId: body.auth_id as string, authToken: body.auth_token as string };
  };

  test('is neither rented, nor brought, nor seen by another', async () => {
    const [first, second] = [await make('first'), await make('second')];
    await world.call('POST', 'PhoneNumber/17735550100/', undefined, { as: second });
    assert.equal(
      (await world.call('POST', 'PhoneNumber/17735550100/', undefined, { as: first })).status,
      404,
    );
    const brought = await world.call(
      'POST',
      'Number/',
      { numbers: '17735550100', carrier: 'x', region: 'x' },
      { as: first },
    );
    assert.equal(brought.status, 409);
    await world.call('DELETE', 'Number/17735550100/', undefined, { as: second });
    assert.equal(
      (await world.call('POST', 'PhoneNumber/17735550100/', undefined, { as: first })).status,
      404,
    );
    assert.equal(
      (await world.call('POST', 'PhoneNumber/17735550100/', undefined, { as: second })).status,
      201,
    );
  });

  test('is not brought back into a pool of another by a restoration', async () => {
    const [first, second] = [await make('third'), await make('fourth')];
    const { body: powerpack } = await world.call('POST', 'Powerpack/', { name: 'x' }, { as: first });
    const pool = powerpack.number_pool.split('/')[5];
    await world.call('POST', `NumberPool/${pool}/Number/17735550101/`, { rent: true }, { as: first });
    await world.call('DELETE', `Powerpack/${powerpack.uuid}/`, undefined, { as: first });
    await world.call('POST', 'Number/17735550101/', { subaccount: second.authId });
    const { body } = await world.call('POST', `Powerpack/${powerpack.uuid}/Restore/`, undefined, {
      as: first,
    });
    assert.deepEqual([body.members_restored, body.members_lost], [[], ['17735550101']]);
    assert.equal((await world.call('GET', 'Number/17735550101/', undefined, { as: second })).status, 200);
  });

  test('cannot become the default of everybody', async () => {
    const sub = await make('fifth');
    const request = { app_name: 'x', default_number_app: true };
    assert.equal((await world.call('POST', 'Application/', request, { as: sub })).status, 400);
    assert.equal(
      (await world.call('POST', 'Application/', { ...request, subaccount: sub.authId })).status,
      400,
    );
  });
});

test('prices are zero, for every country there is', async () => {
  const { body } = await world.call('GET', 'Pricing/?country_iso=gb');
  assert.deepEqual([body.country, body.country_code, body.country_iso], ['UNITED KINGDOM', 44, 'GB']);
  assert.equal((await world.call('GET', 'Pricing/')).body.country_iso, 'US');
  assert.equal((await world.call('GET', 'Pricing/?country_iso=ZZ')).status, 400);
});

test('an account’s requests can be limited', async () => {
  const limited = await startTestApp({ RUCKSACK_REQUEST_LIMIT: '3' });
  try {
    for (let request = 0; request < 3; request++) assert.equal((await limited.call('GET', '')).status, 200);
    const refused = await limited.call('GET', '');
    assert.deepEqual([refused.status, refused.body.error], [429, 'too many requests']);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    const other = await limited.makeAccount();
    assert.equal((await limited.call('GET', '', undefined, { as: other })).status, 200);
    // A message to many people passes where one to one would, and counts for each of them.
    const many = {
      src: '12015550100',
      dst: '12025550101<12025550102<12025550103<12025550104',
      text: 'hello',
    };
    assert.equal((await limited.call('POST', 'Message/', many, { as: other })).status, 400);
    assert.equal((await limited.call('GET', '', undefined, { as: other })).status, 429);
  } finally {
    await limited.stop();
  }
});

describe('the default country', () => {
  test('is off until the account sets it, holds for its subaccounts and in every process, and is taken back by none', async () => {
    const place = await openTestPlace();
    const first = await startTestApp({}, place);
    const second = await startTestApp({}, place);
    try {
      const { uuid } = await makePowerpack(first, 'national', ['12015550100']);
      const send = (server: TestApp, dst: string) =>
        server.call('POST', 'Message/', { powerpack_uuid: uuid, dst, text: 'hello' });
      const sentTo = async (server: TestApp, dst: string) => {
        const { status, body } = await send(server, dst);
        assert.equal(status, 202, JSON.stringify(body));
        return (await server.call('GET', `Message/${body.message_uuid[0]}/`)).body.to_number;
      };
      const set = (default_country: string | null) => first.call('POST', '', { default_country });

      assert.equal((await first.call('GET', '')).body.default_country, null);
      for (const server of [first, second]) {
        assert.equal(await sentTo(server, '12015550111'), '12015550111');
        assert.equal((await send(server, '(201) 555-0111')).status, 400);
      }
      assert.equal((await set('us')).status, 202);
      assert.equal((await first.call('GET', '')).body.default_country, 'US');
      for (const server of [first, second]) {
        assert.equal(await sentTo(server, '(201) 555-0111'), '12015550111');
        assert.equal(await sentTo(server, '+1 201 555 0112'), '12015550112');
        assert.equal(await sentTo(server, '442071838750'), '442071838750');
      }
      const dryRun = await second.call('POST', `Powerpack/${uuid}/Explain/`, { dst: '201-555-0111' });
      assert.equal(dryRun.body.dst, '12015550111');
      const own = { numbers: '(312) 555-0111', carrier: 'x', region: 'x' };
      assert.equal((await second.call('POST', 'Number/', own)).status, 202);
      assert.equal((await second.call('GET', 'Number/13125550111/')).status, 200);

      const { body: part } = await first.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
      const as = { authId: part.auth_id, authToken: part.auth_token };
      const partly = await first.call('POST', 'Number/', { ...own, numbers: '3125550112' }, { as });
      assert.equal(partly.status, 202);

      assert.equal((await set('FR')).status, 202);
      for (const server of [second, first]) {
        assert.equal(await sentTo(server, '01 42 68 53 00'), '33142685300');
        assert.equal((await send(server, '(201) 555-0111')).status, 400);
      }
      assert.equal((await set('none')).status, 202);
      for (const server of [first, second]) assert.equal((await send(server, '01 42 68 53 00')).status, 400);
      for (const wrong of ['USA', 'ZZ', '1']) assert.equal((await set(wrong)).status, 400);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
      await place.db.close();
    }
  });
});
