// The real Node SDK through every method that it has for the control plane: what it answers, and what that did on the server.
import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { makeClient, redirectVoiceCalls, watchMethods } from './node-sdk.ts';
import type { Loose } from './raw-request.ts';

const watch = watchMethods(['powerpacks', 'numbers', 'applications', 'accounts', 'pricings']);
let app: TestApp;
let client: Loose;

before(async () => {
  app = await startTestApp();
  redirectVoiceCalls(app.url);
  client = makeClient(app.account, { url: baseUrl(app.account.authId) });
  // `applications.create` prints its parameters, a failed search its error.
  mock.method(console, 'log', () => undefined);
});
after(async () => {
  mock.restoreAll();
  await app.stop();
});

const baseUrl = (authId: string) => `${app.url}/v1/Account/${authId}`;

/** Returns the server's own answer, without the SDK. */
const onServer = async (path: string): Promise<Loose> => (await app.call('GET', path)).body;
const statusOnServer = async (path: string): Promise<number> => (await app.call('GET', path)).status;

/** Makes a powerpack with the SDK, its pool filled with numbers rented under one area code. */
async function makePowerpack(name: string, ...numbers: string[]): Promise<Loose> {
  const { uuid } = await client.powerpacks.create(name);
  const powerpack = await client.powerpacks.get(uuid);
  for (const number of numbers) await powerpack.buy_add_number({ number });
  return powerpack;
}

const inPool = (powerpack: Loose, path: string) => `NumberPool/${powerpack.number_pool_id}/${path}/`;

describe('client.powerpacks', () => {
  test('create', async () => {
    const { appId } = await client.applications.create('create', {});
    const created = await client.powerpacks.create('create', {
      sticky_sender: false,
      localConnect: false,
      application_type: 'xml',
      application_id: appId,
      number_priority: [
        {
          service_type: 'SMS',
          country_iso: 'US',
          priority: { priority1: 'tollfree', priority2: 'longcode', priority3: 'shortcode' },
        },
      ],
    });
    const stored = await onServer(`Powerpack/${created.uuid}/`);
    assert.deepEqual(
      [
        created.name,
        created.stickySender,
        created.localConnect,
        created.applicationType,
        created.applicationId,
      ],
      ['create', false, false, 'XML', appId],
    );
    assert.equal(created.numberPool, stored.number_pool);
    assert.equal(created.createdOn, stored.created_on);
    assert.match(created.apiId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(stored.number_priority[0].priority, {
      priority1: 'tollfree',
      priority2: 'longcode',
      priority3: 'shortcode',
    });
    assert.equal(created.numberPriority.length, 4);
  });

  test('get', async () => {
    const { uuid } = await client.powerpacks.create('get');
    const powerpack = await client.powerpacks.get(uuid);
    assert.deepEqual([powerpack.uuid, powerpack.name, powerpack.stickySender], [uuid, 'get', true]);
    const stored = await onServer(`Powerpack/${uuid}/`);
    assert.equal(
      stored.number_pool,
      `/v1/Account/${app.account.authId}/NumberPool/${powerpack.number_pool_id}/`,
    );
    assert.equal(powerpack.number_pool.numbers.number_pool_id, powerpack.number_pool_id);
  });

  test('list', async () => {
    await client.powerpacks.create('list 1');
    await client.powerpacks.create('list 2');
    const all = await client.powerpacks.list();
    assert.equal(all.length, all.meta.totalCount);
    assert.ok(all.some(({ name }: Loose) => name === 'list 1'));
    const page = await client.powerpacks.list({ limit: 1, offset: 1 });
    assert.deepEqual([page.length, page.meta.limit, page.meta.offset], [1, 1, 1]);
    assert.equal(page[0].uuid, all[1].uuid);
    assert.equal((await page[0].update({ name: 'through a list' })).uuid, all[1].uuid);
  });

  test('update', async () => {
    const { uuid } = await client.powerpacks.create('interface update', { sticky_sender: false });
    const updated = await client.powerpacks.update(uuid, { name: 'interface updated' });
    assert.deepEqual([updated.uuid, updated.name, updated.stickySender], [uuid, 'interface updated', false]);
    assert.equal((await onServer(`Powerpack/${uuid}/`)).name, 'interface updated');
  });
});

describe('a powerpack', () => {
  test('update', async () => {
    const { appId } = await client.applications.create('update', {});
    const powerpack = await makePowerpack('object update');
    const updated = await powerpack.update({
      name: 'object updated',
      stickySender: false,
      local_connect: false,
      application_id: appId,
      application_type: 'xml',
    });
    assert.deepEqual(
      [updated.name, updated.stickySender, updated.localConnect, updated.applicationId],
      ['object updated', false, false, appId],
    );
    assert.equal(updated.numberPool, powerpack.numberPool);
    const detached = await powerpack.update({ application_id: 'none' });
    assert.deepEqual(
      [detached.applicationId, detached.applicationType, detached.name],
      ['', '', 'object updated'],
    );
    assert.equal((await onServer(`Powerpack/${powerpack.uuid}/`)).application_id, '');
  });

  test('delete', async () => {
    const powerpack = await makePowerpack('delete', '12015550101');
    assert.ok(await powerpack.delete());
    assert.equal(await statusOnServer(`Powerpack/${powerpack.uuid}/`), 404);
    assert.equal(await statusOnServer('Number/12015550101/'), 200);
  });

  test('delete with unrent_numbers', async () => {
    const powerpack = await makePowerpack('delete and unrent', '12015550102');
    await powerpack.delete(true);
    assert.equal(await statusOnServer('Number/12015550102/'), 404);
  });

  test('list_numbers', async () => {
    const powerpack = await makePowerpack('list_numbers', '12025550101', '12025550102', '18005550102');
    const { objects, meta } = await powerpack.list_numbers();
    assert.deepEqual(
      objects.map(({ number }: Loose) => number),
      ['12025550101', '12025550102', '18005550102'],
    );
    assert.equal(meta.totalCount, 3);
    assert.deepEqual(
      [objects[0].numberPoolUuid, objects[0].countryIso2, objects[0].type, objects[0].service],
      [powerpack.number_pool_id, 'US', 'fixed', 'mms'],
    );
    const filters = {
      type: 'fixed',
      starts_with: '202',
      country_iso2: 'US',
      limit: 1,
      offset: 1,
      service: 'mms',
    };
    const filtered = await powerpack.list_numbers(filters);
    assert.deepEqual(
      filtered.objects.map(({ number }: Loose) => number),
      ['12025550102'],
    );
    assert.equal(filtered.meta.totalCount, 2);
  });

  test('count_numbers, search_query', async () => {
    const powerpack = await makePowerpack('count_numbers', '12035550101', '12035550102', '18005550103');
    assert.equal(await powerpack.count_numbers(), 3);
    assert.equal(await powerpack.count_numbers({ type: 'fixed' }), 2);
    assert.equal(await powerpack.count_numbers({ starts_with: '1203,800', country_iso2: 'US' }), 3);
    assert.equal(await powerpack.count_numbers({ service: 'mms' }), 3);
    assert.equal(await powerpack.count_numbers({ service: 'sms' }), 0);
    assert.equal(powerpack.search_query({ type: 'fixed' }), 'type=fixed&');
  });

  test('find_number', async () => {
    const powerpack = await makePowerpack('find_number', '12055550101');
    const found = await powerpack.find_number('12055550101');
    const { account_phone_number_resource: resource } = await onServer(
      inPool(powerpack, 'Number/12055550101'),
    );
    assert.deepEqual([found.number, found.accountPhoneNumberResource], ['12055550101', resource]);
    await assert.rejects(powerpack.find_number('12055550102'), { status: 404 });
  });

  test('add_number', async () => {
    const powerpack = await makePowerpack('add_number');
    await client.numbers.buy('12065550101');
    await client.numbers.buy('12065550102');
    const added = await powerpack.add_number('12065550101');
    assert.deepEqual([added.number, added.service, added.type], ['12065550101', 'sms', 'fixed']);
    const forMedia = await powerpack.add_number('12065550102', 'mms');
    assert.equal(forMedia.service, 'mms');
    assert.equal((await onServer(inPool(powerpack, 'Number'))).meta.total_count, 2);
    await assert.rejects(powerpack.add_number('12065550103'), { status: 404 });
  });

  test('remove_number', async () => {
    const powerpack = await makePowerpack('remove_number', '12075550101', '12075550102');
    assert.equal((await powerpack.remove_number('12075550101')).response, 'success');
    assert.equal(await statusOnServer('Number/12075550101/'), 200);
    assert.equal((await powerpack.remove_number('12075550102', true)).response, 'success');
    assert.equal(await statusOnServer('Number/12075550102/'), 404);
    assert.equal((await onServer(inPool(powerpack, 'Number'))).meta.total_count, 0);
  });

  test('buy_add_number with a number', async () => {
    const powerpack = await makePowerpack('buy_add_number');
    const added = await powerpack.buy_add_number({ number: '12085550101' });
    assert.deepEqual([added.number, added.numberPoolUuid], ['12085550101', powerpack.number_pool_id]);
    assert.equal(await statusOnServer('Number/12085550101/'), 200);
  });

  test('buy_add_number by a search', async () => {
    const powerpack = await makePowerpack('buy_add_number by search');
    const request = {
      country_iso2: 'US',
      type: 'local',
      pattern: '209',
      region: 'California',
      service: 'sms',
    };
    const added = await powerpack.buy_add_number(request);
    assert.equal(added.number, '12095550100');
    assert.equal(await statusOnServer(inPool(powerpack, 'Number/12095550100')), 200);
  });

  test('buy_add_number when the search fails or finds nothing: 400, and nothing is rented', async () => {
    const powerpack = await makePowerpack('buy_add_number in vain');
    const { meta } = await onServer('Number/');
    await assert.rejects(powerpack.buy_add_number({ type: 'local' }), { status: 400 });
    await assert.rejects(powerpack.buy_add_number({ country_iso2: 'US', pattern: '999' }), { status: 400 });
    assert.equal((await onServer('Number/')).meta.total_count, meta.total_count);
  });

  test('add_tollfree, find_tollfree, list_tollfree, remove_tollfree', async () => {
    const powerpack = await makePowerpack('toll-free');
    await client.numbers.buy('18335550101');
    await client.numbers.buy('18335550102');
    const added = await powerpack.add_tollfree('18335550101');
    assert.deepEqual([added.number, added.type, added.service], ['18335550101', 'tollfree', 'sms']);
    assert.equal((await powerpack.add_tollfree('18335550102', 'mms')).service, 'mms');
    assert.equal((await powerpack.find_tollfree('18335550101')).number, '18335550101');
    assert.equal((await powerpack.find_tollfree('18335550102', 'mms')).number, '18335550102');
    const { objects, meta } = await powerpack.list_tollfree();
    assert.deepEqual([objects.length, meta.totalCount], [2, 2]);
    assert.equal((await powerpack.list_tollfree({ limit: 1, offset: 1 })).objects[0].number, '18335550102');
    assert.equal((await powerpack.remove_tollfree('18335550101')).response, 'success');
    assert.equal(await statusOnServer('Number/18335550101/'), 200);
    assert.equal((await powerpack.remove_tollfree('18335550102', true)).response, 'success');
    assert.equal(await statusOnServer('Number/18335550102/'), 404);
    await assert.rejects(powerpack.find_tollfree('18335550101'), { status: 404 });
  });

  test('find_shortcode, list_shortcodes, remove_shortcode', async () => {
    const powerpack = await makePowerpack('short code');
    await app.call('POST', inPool(powerpack, 'Shortcode/567890'));
    const found = await powerpack.find_shortcode('567890');
    assert.deepEqual([found.shortCode, found.countryIso2], ['567890', 'US']);
    assert.equal((await powerpack.find_shortcode('567890', 'sms')).shortCode, '567890');
    const { objects, meta } = await powerpack.list_shortcodes();
    assert.deepEqual([objects[0].shortcode, meta.totalCount], ['567890', 1]);
    assert.deepEqual((await powerpack.list_shortcodes({ limit: 5, offset: 5 })).objects, []);
    assert.equal((await powerpack.remove_shortcode('567890')).response, 'success');
    assert.equal(await statusOnServer(inPool(powerpack, 'Shortcode/567890')), 404);
  });
});

describe('the number pool of a powerpack', () => {
  test('numbers: add, find, list, count, remove', async () => {
    const powerpack = await makePowerpack('pool numbers');
    const { numbers } = powerpack.number_pool;
    await client.numbers.buy('12105550101');
    await client.numbers.buy('12105550102');
    assert.equal((await numbers.add('12105550101')).number, '12105550101');
    assert.equal((await numbers.add('12105550102', 'mms')).service, 'mms');
    assert.equal((await numbers.find('12105550101')).number, '12105550101');
    assert.equal((await numbers.list()).objects.length, 2);
    const filters = {
      type: 'fixed',
      starts_with: '210',
      country_iso2: 'US',
      limit: 5,
      offset: 0,
      service: 'mms',
    };
    assert.equal((await numbers.list(filters)).objects[0].number, '12105550102');
    assert.equal(await numbers.count(), 2);
    assert.equal(await numbers.count({ service: 'mms' }), 1);
    assert.equal(numbers.search_query({ limit: 5 }), 'limit=5&');
    assert.equal((await numbers.remove('12105550101')).response, 'success');
    assert.equal(await statusOnServer('Number/12105550101/'), 200);
    assert.equal((await numbers.remove('12105550102', true)).response, 'success');
    assert.equal(await statusOnServer('Number/12105550102/'), 404);
  });

  test('numbers: buy_add_number, with a number and by a search', async () => {
    const powerpack = await makePowerpack('pool numbers bought');
    const { numbers } = powerpack.number_pool;
    assert.equal((await numbers.buy_add_number({ number: '12125550101' })).number, '12125550101');
    const found = await numbers.buy_add_number({ country_iso2: 'CA', type: 'local', pattern: '416' });
    assert.deepEqual([found.number, found.countryIso2], ['14165550100', 'CA']);
    assert.equal(await numbers.count(), 2);
  });

  test('tollfree: add, find, list, remove', async () => {
    const powerpack = await makePowerpack('pool toll-free');
    const { tollfree } = powerpack.number_pool;
    await client.numbers.buy('18445550101');
    await client.numbers.buy('18445550102');
    assert.equal((await tollfree.add('18445550101')).type, 'tollfree');
    await tollfree.add('18445550102');
    assert.equal((await tollfree.find('18445550101')).tollfree, '18445550101');
    assert.equal((await tollfree.list()).meta.totalCount, 2);
    assert.equal((await tollfree.list({ limit: 1 })).objects.length, 1);
    assert.equal((await tollfree.remove('18445550101')).response, 'success');
    assert.equal(await statusOnServer('Number/18445550101/'), 200);
    assert.equal((await tollfree.remove('18445550102', true)).response, 'success');
    assert.equal(await statusOnServer('Number/18445550102/'), 404);
  });

  test('shortcodes: find, list, remove', async () => {
    const powerpack = await makePowerpack('pool short codes');
    const { shortcodes } = powerpack.number_pool;
    await app.call('POST', inPool(powerpack, 'Shortcode/456789'), { country_iso2: 'CA' });
    const found = await shortcodes.find('456789');
    assert.deepEqual([found.shortcode, found.shortCode, found.countryIso2], ['456789', '456789', 'CA']);
    assert.equal((await shortcodes.list()).meta.totalCount, 1);
    assert.equal((await shortcodes.remove('456789')).response, 'success');
    assert.equal((await shortcodes.list()).meta.totalCount, 0);
  });
});

describe('client.numbers', () => {
  test('search', async () => {
    const found = await client.numbers.search('US', { type: 'tollfree', limit: 3 });
    assert.deepEqual([found.length, found.meta.limit, found[0].type], [3, 3, 'tollfree']);
    const [first] = await client.numbers.search('CA', { pattern: '604', services: 'sms,mms' });
    assert.deepEqual([first.number, first.country, first.smsEnabled], ['16045550100', 'CANADA', true]);
    assert.equal((await first.buy('16045550100')).numbers[0].status, 'Success');
    assert.equal((await client.numbers.search('CA', { pattern: '604' }))[0].number, '16045550101');
  });

  test('buy', async () => {
    const { appId } = await client.applications.create('buy', {});
    const bought = await client.numbers.buy('13035550101', appId, 'enabled', true);
    assert.deepEqual(
      [bought.numbers, bought.status],
      [[{ number: '13035550101', status: 'Success' }], 'fulfilled'],
    );
    assert.equal(bought.statusCode, 201);
    const stored = await onServer('Number/13035550101/');
    assert.equal(stored.application, `/v1/Account/${app.account.authId}/Application/${appId}/`);
    await assert.rejects(client.numbers.buy('13035550101'), { status: 409 });
    await assert.rejects(client.numbers.buy('13035551234'), { status: 404 });
  });

  test('addOwnNumber, and the inherited create', async () => {
    const added = await client.numbers.addOwnNumber('13055550101,13055550102', 'carrier', 'Florida', {
      alias: 'own',
    });
    assert.equal(added.message, 'changed');
    const stored = await onServer('Number/13055550102/');
    assert.deepEqual([stored.carrier, stored.region, stored.alias], ['carrier', 'Florida', 'own']);
    await client.numbers.create({ numbers: '13055550103', carrier: 'carrier', region: 'Florida' });
    assert.equal(await statusOnServer('Number/13055550103/'), 200);
  });

  test('list', async () => {
    const { authId } = await client.subaccounts.create('list of numbers', true);
    await client.numbers.addOwnNumber('13075550101,13075550102', 'carrier', 'Wyoming', { alias: 'listed' });
    await client.numbers.update('13075550102', { subAccount: authId });
    const all = await client.numbers.list();
    assert.ok(all.meta.totalCount >= 2);
    const filters = {
      type: 'local',
      numberStartswith: '1307',
      alias: 'listed',
      services: 'sms',
      limit: 1,
      offset: 1,
    };
    const page = await client.numbers.list(filters);
    assert.deepEqual([page.length, page[0].number, page.meta.totalCount], [1, '13075550102', 2]);
    const ofSubaccount = await client.numbers.list({ subAccount: authId });
    assert.deepEqual([ofSubaccount.length, ofSubaccount[0].number], [1, '13075550102']);
    assert.equal((await client.numbers.list({ renewal_date__lt: '2026-01-01' })).length, 0);
    assert.equal((await client.numbers.list({ tendlcRegistrationStatus: 'COMPLETED' })).length, 0);
  });

  test('get', async () => {
    await client.numbers.buy('13085550101');
    const number = await client.numbers.get('13085550101');
    assert.deepEqual(
      [number.number, number.numberType, number.region, number.smsEnabled, number.verificationInfo],
      ['13085550101', 'local', 'Nebraska, UNITED STATES', true, []],
    );
  });

  test('update', async () => {
    const { appId } = await client.applications.create('number update', {});
    await client.numbers.buy('13095550101');
    const updated = await client.numbers.update('13095550101', { alias: 'updated', appId });
    assert.equal(updated.message, 'changed');
    const stored = await onServer('Number/13095550101/');
    assert.equal(stored.alias, 'updated');
    assert.match(stored.application, new RegExp(`/${appId}/$`));
    const number = await client.numbers.get('13095550101');
    assert.equal((await number.update('13095550101', { appId: 'null' })).message, 'changed');
    assert.equal((await onServer('Number/13095550101/')).application, null);
  });

  test('unrent', async () => {
    const powerpack = await makePowerpack('unrent', '13105550101');
    assert.equal(await client.numbers.unrent('13105550101'), true);
    assert.equal(await statusOnServer('Number/13105550101/'), 404);
    assert.equal(await powerpack.count_numbers(), 0);
  });

  test('a number: unrent, delete', async () => {
    for (const number of ['13125550101', '13125550102']) await client.numbers.buy(number);
    const [first, second] = await client.numbers.list({ numberStartswith: '1312' });
    assert.equal(await first.unrent(first.number), true);
    assert.equal(await second.delete(), true);
    assert.equal((await client.numbers.list({ numberStartswith: '1312' })).length, 0);
  });
});

describe('client.applications', () => {
  test('create', async () => {
    const created = await client.applications.create('orders', {
      answerUrl: 'https://example.com/answer',
      answerMethod: 'GET',
      messageUrl: 'https://example.com/message',
      logIncomingMessages: false,
    });
    assert.match(created.appId, /^\d{17}$/);
    assert.equal(created.message, 'created');
    const stored = await onServer(`Application/${created.appId}/`);
    assert.deepEqual(
      [
        stored.app_name,
        stored.answer_url,
        stored.answer_method,
        stored.message_method,
        stored.log_incoming_messages,
      ],
      ['orders', 'https://example.com/answer', 'GET', 'POST', false],
    );
  });

  test('get', async () => {
    const { appId } = await client.applications.create('get', { hangupUrl: 'https://example.com/hangup' });
    const application = await client.applications.get(appId);
    assert.deepEqual(
      [application.appId, application.appName, application.applicationType, application.logIncomingMessage],
      [appId, 'get', 'XML', true],
    );
  });

  test('list', async () => {
    const { authId } = await client.subaccounts.create('list of applications', true);
    const { appId } = await client.applications.create('list', { subaccount: authId });
    const ofSubaccount = await client.applications.list({ subaccount: authId });
    assert.deepEqual([ofSubaccount.length, ofSubaccount[0].appId], [1, appId]);
    const page = await client.applications.list({ limit: 1, offset: 1 });
    assert.deepEqual([page.length, page.meta.limit], [1, 1]);
    assert.ok((await client.applications.list()).meta.totalCount > 1);
  });

  test('update', async () => {
    const { appId } = await client.applications.create('update', { messageUrl: 'https://example.com/1' });
    const updated = await client.applications.update(appId, { messageUrl: 'https://example.com/2' });
    assert.equal(updated.message, 'changed');
    assert.equal((await onServer(`Application/${appId}/`)).message_url, 'https://example.com/2');
  });

  test('delete', async () => {
    const { appId } = await client.applications.create('delete', {});
    const { uuid } = await client.powerpacks.create('of an application', {
      application_id: appId,
      application_type: 'xml',
    });
    assert.equal(await client.applications.delete(appId, { cascade: true }), true);
    assert.equal(await statusOnServer(`Application/${appId}/`), 404);
    assert.equal((await onServer(`Powerpack/${uuid}/`)).application_id, '');
    const other = await client.applications.create('delete without parameters', {});
    assert.equal(await client.applications.delete(other.appId), true);
  });
});

describe('client.accounts and client.subaccounts', () => {
  test('accounts: get, update', async () => {
    const before = await client.accounts.get();
    assert.equal(before.resourceUri, `/v1/Account/${app.account.authId}/`);
    assert.equal(typeof before.cashCredits, 'string');
    const updated = await client.accounts.update({
      name: 'Ada',
      city: 'London',
      address: '12 St James Square',
    });
    assert.equal(updated.message, 'changed');
    const { name, city, address } = await client.accounts.get();
    assert.deepEqual([name, city, address], ['Ada', 'London', '12 St James Square']);
  });

  test('subaccounts: create, get, list, update, delete', async () => {
    const created = await client.subaccounts.create('branch', true);
    assert.match(created.authId, /^SA[A-Z0-9]{18}$/);
    const present = await client.subaccounts.get(created.authId);
    assert.deepEqual([present.name, present.enabled, present.authToken], ['branch', true, created.authToken]);
    assert.equal(present.account, `/v1/Account/${app.account.authId}/`);
    const listed = await client.subaccounts.list({ limit: 20 });
    const [branch] = listed.filter(({ authId }: Loose) => authId === created.authId);
    assert.equal(branch.name, 'branch');

    assert.equal((await client.subaccounts.update(created.authId, 'branch', false)).message, 'changed');
    assert.equal((await onServer(`Subaccount/${created.authId}/`)).enabled, false);
    assert.equal((await branch.update('twig', true)).message, 'changed');
    assert.equal((await onServer(`Subaccount/${created.authId}/`)).name, 'twig');

    const own = makeClient(created, { url: baseUrl(created.authId) });
    const { uuid } = await own.powerpacks.create('of the branch');
    await assert.rejects(branch.delete(), { status: 409 });
    assert.equal((await own.powerpacks.get(uuid)).name, 'of the branch');
    assert.equal(await client.subaccounts.delete(created.authId, true), true);
    assert.equal(await statusOnServer(`Subaccount/${created.authId}/`), 404);
  });

  test('an account object: get, update', async () => {
    // `accounts.list` asks for subaccounts and makes Account objects of them; only these have `get` and `update`.
    await client.subaccounts.create('for accounts.list', true);
    const [account] = await client.accounts.list();
    assert.equal((await account.get()).resourceUri, `/v1/Account/${app.account.authId}/`);
    assert.equal((await account.update({ state: 'Kent' })).message, 'changed');
    assert.equal((await onServer('')).state, 'Kent');
  });
});

test('client.pricings.get', async () => {
  const pricing = await client.pricings.get('CA');
  assert.deepEqual([pricing.country, pricing.countryCode, pricing.countryIso], ['CANADA', 1, 'CA']);
  assert.equal(pricing.message.outbound.rate, '0.00000');
  assert.equal(pricing.phoneNumbers.tollfree.rate, '0.00000');
});

describe('errors reach the user with status, apiID and message', () => {
  const cases: [what: string, status: number, message: RegExp, call: () => Promise<unknown>][] = [
    ['a missing parameter', 400, /^application_type is required/, () => updateAny({ application_id: '1' })],
    [
      'a wrong value',
      400,
      /^sticky_sender must be a boolean$/,
      () => updateAny({ sticky_sender: 'perhaps' }),
    ],
    ['wrong credentials', 401, /^invalid auth_id or auth_token$/, () => stranger().powerpacks.list()],
    ['an unknown powerpack', 404, /^powerpack not found$/, () => client.powerpacks.get(unknownUuid)],
    ['an unknown number', 404, /^number not found$/, () => client.numbers.get('13135550101')],
    ['an unknown application', 404, /^application not found$/, () => client.applications.get('123')],
    ['a taken name', 409, /^powerpack name already in use$/, () => createTwice('taken')],
    ['a wrong URL of an application', 400, /^message_url must be/, () => createApplication('ftp://x')],
    ['wrong credentials for an application', 401, /^invalid auth_id/, () => stranger().applications.list()],
  ];
  const unknownUuid = '00000000-0000-4000-8000-000000000000';
  const stranger = () =>
    makeClient({ ...app.account, authToken: 'wrong' }, { url: baseUrl(app.account.authId) });
  const updateAny = async (parameters: object) => (await client.powerpacks.list())[0].update(parameters);
  const createApplication = (messageUrl: string) => client.applications.create('refused', { messageUrl });
  const createTwice = async (name: string) => {
    await client.powerpacks.create(name);
    return client.powerpacks.create(name);
  };

  for (const [what, status, message, call] of cases) {
    test(`${status}: ${what}`, async () => {
      await assert.rejects(call, (error: Loose) => {
        assert.ok(error instanceof Error);
        const { status: seen, apiID, message: sentence } = error as Loose;
        assert.equal(seen, status);
        assert.match(apiID, /^[0-9a-f-]{36}$/);
        assert.match(sentence, message);
        return true;
      });
    });
  }
});

describe('client.brand and client.campaign', () => {
  test('keep a brand and a campaign, and link numbers to it', async () => {
    const { brand_id: brandId } = await client.brand.create('Acme', unknown, 'STANDARD', '');
    assert.match(brandId, /^B[A-Z0-9]{6}$/);
    assert.equal((await client.brand.get(brandId)).brand.brandAlias, 'Acme');
    assert.deepEqual(
      (await client.brand.list({ type: 'STANDARD' })).brands.map((brand: Loose) => brand.brandId),
      [brandId],
    );
    const texts = ['flow', 'help', 'stop', 'https://a.example', 'https://b.example'];
    const flags = [true, false, false, false, true, true, true, false];
    const samples = ['one', 'two', 'three', 'four', 'five'];
    const { campaignId } = await client.campaign.create(
      brandId,
      'Parcels',
      'RETAIL',
      'MIXED',
      ['2FA', 'CUSTOMER_CARE'],
      'News of parcels',
      ...flags,
      ...samples,
      ...texts,
    );
    const { campaign } = await client.campaign.get(campaignId);
    assert.deepEqual(
      [
        campaign.brandId,
        campaign.usecase,
        campaign.subUsecase,
        campaign.sample5,
        campaign.registrationStatus,
      ],
      [brandId, 'MIXED', '2FA,CUSTOMER_CARE', 'five', 'ACTIVE'],
    );
    await client.campaign.update(campaignId, 'R1', 'News');
    assert.equal((await onServer(`10dlc/Campaign/${campaignId}/`)).campaign.description, 'News');
    await client.campaign.import_campaign('CIMPORT', 'Brought along');
    assert.equal((await client.campaign.list({ brand_id: brandId })).campaigns.length, 2);
    await client.numbers.buy('13075550150');
    await client.campaign.linkNumber(campaignId, ['13075550150']);
    const { phoneNumbers } = await client.campaign.listNumber(campaignId, {});
    assert.deepEqual(
      phoneNumbers.map(({ number }: Loose) => number),
      ['13075550150'],
    );
    assert.equal((await client.campaign.getNumber(campaignId, '13075550150')).campaignId, campaignId);
    const [number] = await client.numbers.list({ tendlcCampaignId: campaignId });
    assert.deepEqual([number.number, number.tendlcRegistrationStatus], ['13075550150', 'COMPLETED']);
    await client.campaign.unlinkNumber(campaignId, '13075550150');
    assert.equal((await client.numbers.list({ tendlcCampaignId: campaignId })).length, 0);
    await client.campaign.deleteCampaign(campaignId);
    await client.brand.deleteBrand(brandId);
    assert.equal(await statusOnServer('10dlc/Campaign/CIMPORT/'), 404);
  });

  const unknown = '00000000-0000-4000-8000-000000000000';
});

describe('nothing of the SDK slips by', () => {
  /** Interfaces of the client for resources that this server has; media and messages are in a file of their own. */
  const ours = [
    'accounts',
    'applications',
    'media',
    'messages',
    'numbers',
    'powerpacks',
    'pricings',
    'subAccounts',
    'subaccounts',
  ];

  /** Interfaces of which this server has all but registering. */
  const partlyOurs = ['brand', 'campaign'];

  /** Interfaces for what this server does not have. */
  const notOurs = [
    'callFeedback',
    'calls',
    'complianceApplications',
    'complianceDocumentTypes',
    'complianceDocuments',
    'complianceRequirements',
    'conferences',
    'endUsers',
    'endpoints',
    'hostedMessagingNumber',
    'loa',
    'lookup',
    'maskingSession',
    'multiPartyCalls',
    'phoneNumberCompliance',
    'phoneNumberComplianceLink',
    'phoneNumberComplianceRequirements',
    'profile',
    'recordings',
    'token',
    'tollfreeVerification',
    'verify',
    'verify_session',
  ];

  /** Helpers that every resource inherits, for the SDK's own use. */
  const helpers = ['executeAction', 'customexecuteAction', 'customexecuteGetNumberAction', 'getMetaResponse'];

  /** Methods that a class inherits without there being such a request in the API. */
  const accidents = [
    'Account.delete',
    'AccountInterface.create',
    'NumberPool.delete',
    'NumberPool.update',
    'Numbers.delete',
    'Numbers.update',
    'PhoneNumber.delete',
    'PhoneNumber.update',
    'PhoneNumberInterface.create',
    'PhoneNumberInterface.get',
    'Pricing.delete',
    'Pricing.update',
    'PricingInterface.create',
    'PricingInterface.list',
    'Shortcode.delete',
    'Shortcode.update',
    'Tollfree.delete',
    'Tollfree.update',
  ];

  test('every interface of the client is known', () => {
    assert.deepEqual(Object.keys(client).sort(), [...ours, ...partlyOurs, ...notOurs].sort());
  });

  test('every method of our resources was called above, or is no request of the API', () => {
    const untried = [...watch.all].filter((method) => !watch.called.has(method));
    const unknown = untried.filter((method) => !helpers.includes(method.split('.')[1] ?? ''));
    assert.deepEqual(unknown.sort(), [...accidents].sort());
  });
});
