// A powerpack's life over HTTP: create, read, list, update, delete, plan, protect, restore.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

const create = async (name: string, more: object = {}) =>
  (await world.call('POST', 'Powerpack/', { name, ...more })).body;
const poolOf = (powerpack: { number_pool: string }): string => powerpack.number_pool.split('/')[5] ?? '';
const refusal = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];

describe('creating', () => {
  test('a name is enough; everything else has its default', async () => {
    const { status, body } = await world.call('POST', 'Powerpack/', { name: '  defaults ' });
    assert.equal(status, 200);
    assert.equal(body.name, 'defaults');
    assert.equal(body.sticky_sender, true);
    assert.equal(body.local_connect, true);
    assert.equal(body.application_id, '');
    assert.equal(body.application_type, '');
    assert.equal(body.created_on, '2026-03-14T09:26:53.589000Z');
    assert.equal(body.number_pool, `/v1/Account/${world.account.authId}/NumberPool/${poolOf(body)}/`);
    assert.equal(body.number_priority.length, 4);
    assert.deepEqual(body.number_priority[0], {
      service_type: 'SMS',
      country_iso: 'US',
      priority: { priority1: 'shortcode', priority2: 'longcode', priority3: 'tollfree' },
    });
  });

  test("Python's empty fields mean nothing", async () => {
    const body = await create('python', { application_type: '', application_id: '', number_priority: [] });
    assert.equal(body.application_id, '');
    assert.equal(body.number_priority.length, 4);
  });

  test('a name that is taken answers 409, and nothing is made', async () => {
    await create('taken');
    const before = (await world.call('GET', 'Powerpack/')).body.meta.total_count;
    assert.deepEqual(refusal(await world.call('POST', 'Powerpack/', { name: ' taken' })), [
      409,
      'powerpack name already in use',
    ]);
    assert.equal((await world.call('GET', 'Powerpack/')).body.meta.total_count, before);
  });

  test('the same name may be used by another account', async () => {
    const other = await world.makeAccount();
    await create('shared name');
    assert.equal(
      (await world.call('POST', 'Powerpack/', { name: 'shared name' }, { as: other })).status,
      200,
    );
  });

  const wrong: [body: object, sentence: string][] = [
    [{}, 'name is required'],
    [{ name: '' }, 'name is required'],
    [{ name: 'x'.repeat(256) }, 'name must be a text of 1 to 255 characters'],
    [{ name: 'x', sticky_sender: 'perhaps' }, 'sticky_sender must be a boolean'],
    [{ name: 'x', application_id: '12' }, 'application_type is required with application_id'],
    [
      { name: 'x', application_id: '12', application_type: 'xml' },
      'application not found or of another type',
    ],
    [
      { name: 'x', number_priority: [{ service_type: 'SMS', country_iso: 'DE', priority: {} }] },
      'number_priority[0].country_iso must be one of US, CA',
    ],
    [
      { name: 'x', number_priority: [{ service_type: 'SMS', country_iso: 'US', priority: {} }] },
      'number_priority[0].priority must name at least one of shortcode, tollfree, longcode',
    ],
  ];
  for (const [body, sentence] of wrong) {
    test(`${JSON.stringify(body).slice(0, 60)} → ${sentence}`, async () => {
      assert.deepEqual(refusal(await world.call('POST', 'Powerpack/', body)), [400, sentence]);
    });
  }
});

describe('updating', () => {
  test('a rename keeps application, flags and priority', async () => {
    const application = (
      await world.call('POST', 'Application/', { app_name: 'replies', message_url: 'http://127.0.0.1/in' })
    ).body;
    const powerpack = await create('before', {
      application_id: application.app_id,
      application_type: 'xml',
      sticky_sender: false,
      number_priority: [{ service_type: 'mms', country_iso: 'ca', priority: { priority1: 'tollfree' } }],
    });
    assert.equal(powerpack.application_type, 'XML');
    const renamed = (await world.call('POST', `Powerpack/${powerpack.uuid}/`, { name: 'after' })).body;
    assert.deepEqual({ ...renamed, api_id: '' }, { ...powerpack, api_id: '', name: 'after' });
    const read = (await world.call('GET', `Powerpack/${powerpack.uuid}/`)).body;
    assert.deepEqual({ ...read, api_id: '' }, { ...renamed, api_id: '' });
  });

  test('`none` detaches the application, leaving it out does not', async () => {
    const application = (await world.call('POST', 'Application/', { app_name: 'a' })).body;
    const { uuid } = await create('detach', { application_id: application.app_id, application_type: 'XML' });
    const kept = (await world.call('POST', `Powerpack/${uuid}/`, {})).body;
    assert.equal(kept.application_id, application.app_id);
    const detached = (await world.call('POST', `Powerpack/${uuid}/`, { application_id: 'none' })).body;
    assert.deepEqual([detached.application_id, detached.application_type], ['', '']);
  });

  test('an application of the other type is refused', async () => {
    const flow = (
      await world.call('POST', 'Application/', {
        app_name: 'flow',
        application_type: 'phlo',
        message_url: 'https://flow.example.net/x',
      })
    ).body;
    const { uuid } = await create('other type');
    assert.deepEqual(
      refusal(
        await world.call('POST', `Powerpack/${uuid}/`, {
          application_id: flow.app_id,
          application_type: 'XML',
        }),
      ),
      [400, 'application not found or of another type'],
    );
    const { body } = await world.call('POST', `Powerpack/${uuid}/`, {
      application_id: flow.app_id,
      application_type: 'PHLO',
    });
    assert.deepEqual([body.application_id, body.application_type], [flow.app_id, 'PHLO']);
  });

  test('deleting the application detaches it', async () => {
    const application = (await world.call('POST', 'Application/', { app_name: 'gone soon' })).body;
    const { uuid } = await create('loses its application', {
      application_id: application.app_id,
      application_type: 'XML',
    });
    assert.equal((await world.call('DELETE', `Application/${application.app_id}/`)).status, 204);
    assert.equal((await world.call('GET', `Powerpack/${uuid}/`)).body.application_id, '');
  });

  test('the priority of one service and country changes alone', async () => {
    const { uuid } = await create('priority');
    const { body } = await world.call('POST', `Powerpack/${uuid}/`, {
      number_priority: [
        {
          service_type: 'SMS',
          country_iso: 'US',
          priority: { priority1: 'tollfree', priority2: null, priority3: 'longcode', Id: null },
          Interface: null,
        },
      ],
    });
    assert.deepEqual(body.number_priority[0].priority, {
      priority1: 'tollfree',
      priority2: 'longcode',
      priority3: null,
    });
    assert.deepEqual(body.number_priority[1].priority, {
      priority1: 'shortcode',
      priority2: 'longcode',
      priority3: 'tollfree',
    });
  });

  test('a refused update changes nothing', async () => {
    const powerpack = await create('steady');
    await create('in the way');
    for (const change of [
      { name: 'in the way', sticky_sender: false },
      { local_connect: 'no', name: 'x' },
    ]) {
      assert.ok((await world.call('POST', `Powerpack/${powerpack.uuid}/`, change)).status >= 400);
    }
    const { api_id: _, ...now } = (await world.call('GET', `Powerpack/${powerpack.uuid}/`)).body;
    const { api_id: __, ...then } = powerpack;
    assert.deepEqual(now, then);
  });

  test('turning sticky sender off forgets the sticky senders', async () => {
    const powerpack = await create('sticky');
    await stick(world, poolOf(powerpack), '14155550101', '14155559999');
    await world.call('POST', `Powerpack/${powerpack.uuid}/`, { local_connect: false });
    assert.equal(await countSticky(world, poolOf(powerpack)), 1);
    await world.call('POST', `Powerpack/${powerpack.uuid}/`, { sticky_sender: 'False' });
    assert.equal(await countSticky(world, poolOf(powerpack)), 0);
  });
});

describe('seen from another account', () => {
  test('is that it does not exist', async () => {
    const { uuid } = await create('private');
    const other = await world.makeAccount();
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['DELETE', ''],
      ['GET', 'DeletePlan/'],
      ['POST', 'Restore/'],
    ] as const) {
      const { status } = await world.call(method, `Powerpack/${uuid}/${path}`, undefined, { as: other });
      assert.equal(status, 404, `${method} ${path}`);
    }
    const { status, body } = await world.call(
      'GET',
      `/v1/Account/${world.account.authId}/Powerpack/`,
      undefined,
      { as: other },
    );
    assert.deepEqual([status, body.error], [404, 'resource not found']);
  });
});

describe('deleting', () => {
  test('answers 204 with a JSON content type and no body; again it is 404', async () => {
    const { uuid } = await create('short life');
    const answer = await world.call('DELETE', `Powerpack/${uuid}/`);
    assert.deepEqual([answer.status, answer.text], [204, '']);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.deepEqual(refusal(await world.call('DELETE', `Powerpack/${uuid}/`)), [404, 'powerpack not found']);
    assert.equal((await world.call('GET', `Powerpack/${uuid}/`)).status, 404);
  });

  test('frees the name', async () => {
    const { uuid } = await create('name again');
    await world.call('DELETE', `Powerpack/${uuid}/`);
    assert.equal((await world.call('POST', 'Powerpack/', { name: 'name again' })).status, 200);
  });

  test('keeps the numbers rented and free for another pool', async () => {
    const [first, second] = [await create('first owner'), await create('second owner')];
    await world.call('POST', `NumberPool/${poolOf(first)}/Number/14155550110/`, { rent: true });
    await world.call('DELETE', `Powerpack/${first.uuid}/`, { unrent_numbers: 'False' });
    assert.equal((await world.call('GET', 'Number/14155550110/')).status, 200);
    assert.equal((await world.call('GET', `NumberPool/${poolOf(first)}/Number/`)).status, 404);
    assert.equal((await world.call('POST', `NumberPool/${poolOf(second)}/Number/14155550110/`)).status, 200);
  });

  test('with unrent_numbers gives the numbers up', async () => {
    const powerpack = await create('gives up');
    await world.call('POST', `NumberPool/${poolOf(powerpack)}/Number/14155550111/`, { rent: true });
    await world.call('DELETE', `Powerpack/${powerpack.uuid}/?unrent_numbers=true`);
    assert.equal((await world.call('GET', 'Number/14155550111/')).status, 404);
  });

  test('is refused while the powerpack is protected', async () => {
    const { uuid, deletion_protection } = await create('protected', { deletion_protection: true });
    assert.equal(deletion_protection, true);
    assert.equal((await world.call('DELETE', `Powerpack/${uuid}/`)).status, 409);
    await world.call('POST', `Powerpack/${uuid}/`, { deletion_protection: false });
    assert.equal((await world.call('DELETE', `Powerpack/${uuid}/`)).status, 204);
  });

  test('is planned beforehand, and the plan changes nothing', async () => {
    const powerpack = await create('planned');
    const pool = `NumberPool/${poolOf(powerpack)}`;
    await world.call('POST', `${pool}/Number/14155550112/`, { rent: true });
    await world.call('POST', `${pool}/Number/18005550199/`, { rent: true });
    await world.call('POST', `${pool}/Shortcode/444444/`);
    const { body } = await world.call('GET', `Powerpack/${powerpack.uuid}/DeletePlan/?unrent_numbers=True`);
    assert.deepEqual(body.members, { longcodes: 1, tollfree: 1, shortcodes: 1 });
    assert.equal(body.numbers_unrented, 2);
    assert.equal(
      (await world.call('GET', `Powerpack/${powerpack.uuid}/DeletePlan/`)).body.numbers_unrented,
      0,
    );
    assert.equal((await world.call('GET', `${pool}/Number/`)).body.meta.total_count, 2);
  });
});

describe('restoring', () => {
  test('brings back uuid, pool, settings, members and sticky senders', async () => {
    const powerpack = await create('comes back', { sticky_sender: true, local_connect: false });
    const pool = poolOf(powerpack);
    await stick(world, pool, '14155550120', '14155559998');
    await world.call('POST', `NumberPool/${pool}/Number/14155550121/`, { rent: true, service: 'mms' });
    await world.call('POST', `NumberPool/${pool}/Shortcode/555555/`, { country_iso2: 'CA' });
    await world.call('DELETE', `Powerpack/${powerpack.uuid}/`, { unrent_numbers: true });

    const { status, body } = await world.call('POST', `Powerpack/${powerpack.uuid}/Restore/`);
    assert.equal(status, 200);
    assert.deepEqual(body.members_restored, ['14155550120', '14155550121', '555555']);
    assert.deepEqual(body.numbers_rented_again.sort(), ['14155550120', '14155550121']);
    assert.deepEqual(body.members_lost, []);
    const { api_id: _, ...then } = powerpack;
    const { api_id: __, ...now } = (await world.call('GET', `Powerpack/${powerpack.uuid}/`)).body;
    assert.deepEqual(now, then);
    assert.equal((await world.call('GET', `NumberPool/${pool}/Number/14155550121/`)).body.service, 'mms');
    assert.equal(await countSticky(world, pool), 1);
  });

  test('leaves out numbers that are in another pool', async () => {
    const [old, other] = [await create('loses one'), await create('takes one')];
    await world.call('POST', `NumberPool/${poolOf(old)}/Number/14155550122/`, { rent: true });
    await world.call('POST', `NumberPool/${poolOf(old)}/Number/14155550123/`, { rent: true });
    await world.call('DELETE', `Powerpack/${old.uuid}/`);
    await world.call('POST', `NumberPool/${poolOf(other)}/Number/14155550122/`);
    await world.call('DELETE', 'Number/14155550123/');
    const { body } = await world.call('POST', `Powerpack/${old.uuid}/Restore/`);
    assert.deepEqual([body.members_restored, body.members_lost], [['14155550123'], ['14155550122']]);
    assert.equal((await world.call('GET', `NumberPool/${poolOf(other)}/Number/14155550122/`)).status, 200);
  });

  test('needs another name when the old one was taken', async () => {
    const { uuid } = await create('wanted twice');
    await world.call('DELETE', `Powerpack/${uuid}/`);
    await create('wanted twice');
    assert.equal((await world.call('POST', `Powerpack/${uuid}/Restore/`)).status, 409);
    const { body } = await world.call('POST', `Powerpack/${uuid}/Restore/`, { name: 'wanted once' });
    assert.deepEqual([body.uuid, body.name], [uuid, 'wanted once']);
  });

  test('is possible for ten days and not longer; a powerpack that is not deleted cannot be restored', async () => {
    const [soon, late] = [await create('soon'), await create('late')];
    assert.equal((await world.call('POST', `Powerpack/${soon.uuid}/Restore/`)).status, 404);
    for (const { uuid } of [soon, late]) await world.call('DELETE', `Powerpack/${uuid}/`);
    const start = world.time.now;
    world.time.now = new Date(start.getTime() + 10 * 86_400_000);
    assert.equal((await world.call('POST', `Powerpack/${soon.uuid}/Restore/`)).status, 200);
    world.time.now = new Date(start.getTime() + 10 * 86_400_000 + 1);
    assert.equal((await world.call('POST', `Powerpack/${late.uuid}/Restore/`)).status, 404);
    world.time.now = start;
  });
});

describe('listing deleted powerpacks', () => {
  test('shows the last deleted first, with its members and until when it can be restored', async () => {
    const owner = await world.makeAccount();
    const as = { as: owner };
    const list = async () => (await world.call('GET', 'Powerpack/Deleted/', undefined, as)).body;
    const made = async (name: string) => (await world.call('POST', 'Powerpack/', { name }, as)).body;
    assert.deepEqual((await list()).objects, []);
    const [first, second] = [await made('first'), await made('second')];
    await world.call('POST', `NumberPool/${poolOf(first)}/Number/14155550130/`, { rent: true }, as);
    const start = world.time.now;
    await world.call('DELETE', `Powerpack/${first.uuid}/`, { unrent_numbers: true }, as);
    world.time.now = new Date(start.getTime() + 60_000);
    await world.call('DELETE', `Powerpack/${second.uuid}/`, undefined, as);

    const { meta, objects } = await list();
    assert.equal(meta.total_count, 2);
    assert.deepEqual(
      objects.map(({ name, members }: { name: string; members: number }) => [name, members]),
      [
        ['second', 0],
        ['first', 1],
      ],
    );
    const { deleted_on: deletedOn, restorable_until: until } = objects[1];
    assert.equal(new Date(deletedOn).getTime(), start.getTime());
    assert.equal(new Date(until).getTime(), start.getTime() + 10 * 86_400_000);

    world.time.now = new Date(new Date(until).getTime() + 1);
    assert.deepEqual(
      (await list()).objects.map(({ name }: { name: string }) => name),
      ['second'],
    );
    await world.call('POST', `Powerpack/${second.uuid}/Restore/`, undefined, as);
    assert.deepEqual((await list()).objects, []);
    world.time.now = start;
  });

  test('shows no account what another one deleted', async () => {
    const { uuid } = await create('my own affair');
    await world.call('DELETE', `Powerpack/${uuid}/`);
    const other = await world.makeAccount();
    const { body } = await world.call('GET', 'Powerpack/Deleted/', undefined, { as: other });
    assert.deepEqual([body.meta.total_count, body.objects], [0, []]);
  });
});

describe('listing', () => {
  test('can be narrowed to a part of the name, and so can the list of queues', async () => {
    const as = { as: await world.makeAccount() };
    for (const name of ['Shop alerts', 'shop news', '50% off_now', 'Surgery']) {
      world.time.now = new Date(world.time.now.getTime() + 1);
      await world.call('POST', 'Powerpack/', { name }, as);
    }
    const found = async (path: string) => {
      const { body } = await world.call('GET', path, undefined, as);
      return [body.meta.total_count, body.objects.map(({ name }: { name: string }) => name)];
    };
    for (const list of ['Powerpack/', 'Queue/']) {
      assert.deepEqual(await found(`${list}?name__contains=SHOP`), [2, ['Shop alerts', 'shop news']], list);
      assert.deepEqual(await found(`${list}?name__contains=%25`), [1, ['50% off_now']], list);
      assert.deepEqual(await found(`${list}?name__contains=${'x'.repeat(255)}`), [0, []], list);
      assert.equal((await found(`${list}?name__contains=`))[0], 4, list);
      assert.equal((await found(`${list}?name__contains=shop&limit=1`))[0], 2, list);
    }
    const { body } = await world.call('GET', 'Powerpack/?name__contains=shop&limit=1', undefined, as);
    assert.match(body.meta.next, /name__contains=shop/);
    const tooLong = await world.call('GET', `Powerpack/?name__contains=${'x'.repeat(256)}`, undefined, as);
    assert.equal(tooLong.status, 400);
  });

  test('pages in the order of creation, and is empty past the end', async () => {
    const other = await world.makeAccount();
    for (let index = 0; index < 25; index++) {
      world.time.now = new Date(world.time.now.getTime() + 1);
      await world.call('POST', 'Powerpack/', { name: `n${index}` }, { as: other });
    }
    const page = async (query: string) =>
      (await world.call('GET', `Powerpack/${query}`, undefined, { as: other })).body;
    const first = await page('');
    assert.deepEqual(first.meta, {
      limit: 20,
      offset: 0,
      total_count: 25,
      previous: null,
      next: `/v1/Account/${other.authId}/Powerpack/?limit=20&offset=20`,
    });
    assert.equal(first.objects[0].name, 'n0');
    const second = (await world.call('GET', first.meta.next, undefined, { as: other })).body;
    assert.deepEqual(
      second.objects.map(({ name }: { name: string }) => name),
      ['n20', 'n21', 'n22', 'n23', 'n24'],
    );
    assert.deepEqual((await page('?limit=5&offset=100')).objects, []);
    assert.equal((await page('?limit=100')).meta.limit, 20);
    for (const query of ['?limit=0', '?limit=-1', '?limit=x', '?offset=-1', '?offset=1e9']) {
      assert.equal(
        (await world.call('GET', `Powerpack/${query}`, undefined, { as: other })).status,
        400,
        query,
      );
    }
  });
});

/** Adds a rented number and stores it as the sticky sender of a destination, as sending a message would. */
async function stick(world: TestApp, pool: string, sender: string, destination: string): Promise<void> {
  await world.call('POST', `NumberPool/${pool}/Number/${sender}/`, { rent: true });
  await world.app.db.query(
    `insert into sticky_senders (pool_uuid, destination, sender, country_iso2, last_message_at) values ($1, $2, $3, 'US', $4)`,
    [pool, destination, sender, world.time.now],
  );
}

async function countSticky(world: TestApp, pool: string): Promise<number | undefined> {
  const rows = await world.app.db.query<{ count: number }>(
    'select count(*) as count from sticky_senders where pool_uuid = $1',
    [pool],
  );
  return rows[0]?.count;
}
