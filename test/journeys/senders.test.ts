// Choosing senders over HTTP: dry runs, sticky senders, queues, and the limits of single members.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestApp, testStart } from '../support/app.ts';
import { makePowerpack, readMessage, sendOne, sendText } from '../support/messaging.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

const refusal = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];
const unknown = '0198a000-0000-7000-8000-000000000000';

interface Made {
  readonly uuid: string;
  readonly pool: string;
}

/** Makes a powerpack with these numbers, rented for it. */
async function create(name: string, numbers: readonly string[], more: object = {}): Promise<Made> {
  const { body } = await world.call('POST', 'Powerpack/', { name, ...more });
  const pool = body.number_pool.split('/')[5];
  for (const number of numbers) await add(pool, number);
  return { uuid: body.uuid, pool };
}

const add = async (pool: string, number: string, more: object = {}) =>
  world.call('POST', `NumberPool/${pool}/Number/${number}/`, { rent: true, service: 'mms', ...more });

const explain = async ({ uuid }: Made, request: object) =>
  (await world.call('POST', `Powerpack/${uuid}/Explain/`, request)).body;

describe('a dry run', () => {
  test('names the sender, the rule and why each other member is passed over', async () => {
    const made = await create('dry run', ['14155550110', '12125550110', '18005550110']);
    await world.call('POST', `NumberPool/${made.pool}/Shortcode/72345/`, { country_iso2: 'CA' });
    const answer = await explain(made, { dst: '+1 415-555-0199', text: 'hello' });
    assert.deepEqual(
      { ...answer, api_id: '' },
      {
        api_id: '',
        dst: '14155550199',
        type: 'sms',
        encoding: 'gsm7',
        segments: 1,
        sender: { country_iso2: 'US', number: '14155550110', type: 'longcode' },
        warm_up: null,
        health: { finished: 0, delivered: 0, judged: false, healthy: true },
        rule: 'local_area_code',
        because: 'it has the area code of the destination',
        opted_out: false,
        opt_outs: [],
        warnings: [],
        wait_seconds: 0,
        campaign: null,
        rejected: { reach: 1, local_area_code: 1, priority: 1 },
        others: [
          {
            country_iso2: 'CA',
            number: '72345',
            type: 'shortcode',
            reason: 'reach',
            because: 'it does not reach the country of the destination',
          },
          {
            country_iso2: 'US',
            number: '12125550110',
            type: 'longcode',
            reason: 'local_area_code',
            because: 'the sender has the area code of the destination',
          },
          {
            country_iso2: 'US',
            number: '18005550110',
            type: 'tollfree',
            reason: 'priority',
            because: 'its kind comes later by number priority',
          },
        ],
      },
    );
  });

  test('changes nothing: a second one has the same result, and no mapping is stored', async () => {
    const made = await create('dry run twice', ['14155550111', '14155550112']);
    const request = { dst: '14155550198' };
    const { api_id: _, ...first } = await explain(made, request);
    const { api_id: __, ...second } = await explain(made, request);
    assert.deepEqual(second, first);
    assert.equal((await world.call('GET', `Powerpack/${made.uuid}/Sticky/`)).body.meta.total_count, 0);
  });

  test('counts segments as they would be sent: smart encoding saves the long text', async () => {
    const text = `“${'x'.repeat(100)}”`;
    const plain = await create('plain', ['14155550113']);
    const smart = await create('smart', ['14155550114'], { smart_encoding: true });
    const measure = ({ encoding, segments }: { encoding: string; segments: number }) => [encoding, segments];
    assert.deepEqual(measure(await explain(plain, { dst: '14155550198', text })), ['ucs2', 2]);
    assert.deepEqual(measure(await explain(smart, { dst: '14155550198', text })), ['gsm7', 1]);
    assert.deepEqual(measure(await explain(plain, { dst: '14155550198', text, type: 'mms' })), ['ucs2', 1]);
  });

  test('shows how long the message would wait', async () => {
    const made = await create('waiting', ['14155550115']);
    await insertQueue('14155550115', 12_500, 0);
    assert.equal((await explain(made, { dst: '14155550198' })).wait_seconds, 12.5);
  });

  test('includes messages that another process sent a moment ago', async () => {
    const made = await create('elsewhere', ['14155550118']);
    assert.equal((await explain(made, { dst: '14155550198' })).wait_seconds, 0);
    await insertQueue('14155550118', 7_000, 0);
    assert.equal((await explain(made, { dst: '14155550198' })).wait_seconds, 7);
  });

  test('shows the opt-out of the recipient, its number, and which messages it does not block', async () => {
    const [first, second] = ['14155550116', '14155550117'];
    const dst = '14155550197';
    const made = await create('opted out', [first, second]);
    const path = `Powerpack/${made.uuid}/`;
    await world.call('POST', path, { opt_out_scope: 'number', sticky_sender: false });
    await sendText(world, dst, first, 'STOP');
    const some = await explain(made, { dst });
    assert.deepEqual([some.sender.number, some.opted_out, some.rejected], [second, false, { opted_out: 1 }]);
    assert.deepEqual(
      some.opt_outs.map(({ number, scope }: { number: string; scope: string }) => [number, scope]),
      [[first, 'number']],
    );
    assert.deepEqual(some.warnings, [
      `The destination has written STOP to ${first}, which does not hold for the other members of this powerpack, because its opt_out_scope was number.`,
    ]);
    await world.call('POST', path, { opt_out_scope: 'powerpack' });
    const all = await explain(made, { dst });
    assert.deepEqual([all.sender.number, all.opted_out], [second, true]);
    assert.deepEqual(all.warnings, [
      'One message goes all the same until 2026-03-14T09:31:53.589Z, as the confirmation of the opt-out.',
    ]);
    assert.deepEqual(
      all.opt_outs.map(({ number, scope }: { number: string; scope: string }) => [number, scope]),
      [[first, 'powerpack']],
    );
    await world.call('DELETE', `NumberPool/${made.pool}/Number/${first}/`);
    assert.equal((await explain(made, { dst })).opted_out, true, 'the number has left, the STOP holds');
  });

  test('knows that no member writes to itself, as sending does, whatever is pinned', async () => {
    const [itself, other] = ['14155550128', '12125550128'];
    const made = await create('itself', [itself, other]);
    const path = `Powerpack/${made.uuid}/Sticky/${itself}/`;
    assert.deepEqual(refusal(await world.call('POST', path, { number: itself })), [
      400,
      'number must be another one than the destination',
    ]);
    await world.app.db.query(
      `insert into sticky_senders (pool_uuid, destination, sender, country_iso2, last_message_at)
       values ($1, $2, $2, 'US', $3)`,
      [made.pool, itself, testStart],
    );
    const dryRun = await explain(made, { dst: itself });
    assert.deepEqual([dryRun.sender.number, dryRun.rejected], [other, { self: 1 }]);
    const { body } = await world.call('POST', 'Message/', {
      powerpack_uuid: made.uuid,
      dst: itself,
      text: 'x',
    });
    const sent = await world.call('GET', `Message/${body.message_uuid[0]}/`);
    assert.equal(sent.body.from_number, other);
    assert.equal((await world.call('GET', path)).body.number, other);
  });

  test('explains why no member can send', async () => {
    const made = await create('empty', []);
    const answer = await explain(made, { dst: '14155550198' });
    assert.deepEqual(
      [answer.sender, answer.rule, answer.because],
      [null, null, 'the number pool of the powerpack is empty'],
    );
    const national = await create('national', ['18005550119']);
    const abroad = await explain(national, { dst: '447700900123' });
    assert.deepEqual([abroad.sender, abroad.rejected, abroad.others.length], [null, { reach: 1 }, 1]);
  });

  test('an unreadable request is refused', async () => {
    const { uuid } = await create('refusals', []);
    const ask = async (path: string, request: object) => refusal(await world.call('POST', path, request));
    const path = `Powerpack/${uuid}/Explain/`;
    assert.deepEqual(await ask(path, {}), [400, 'dst is required']);
    assert.deepEqual(await ask(path, { dst: '555' }), [
      400,
      'dst must be a phone number with its country code',
    ]);
    assert.deepEqual(await ask(path, { dst: '14155550198', type: 'voice' }), [
      400,
      'type must be one of sms, mms',
    ]);
    assert.deepEqual(await ask(path, { dst: '14155550198', text: 'x'.repeat(1601) }), [
      400,
      'text parameter length exceeds 1600 GSM characters',
    ]);
    assert.deepEqual(await ask(`Powerpack/${unknown}/Explain/`, { dst: '14155550198' }), [
      404,
      'powerpack not found',
    ]);
  });

  test('the powerpack of another account is not found', async () => {
    const { uuid } = await create('mine', []);
    const other = await world.makeAccount();
    const answer = await world.call(
      'POST',
      `Powerpack/${uuid}/Explain/`,
      { dst: '14155550198' },
      { as: other },
    );
    assert.deepEqual(refusal(answer), [404, 'powerpack not found']);
  });
});

const insertQueue = (queue: string, busyMs: number, segmentsToday: number, queued = 0) =>
  world.app.db.query(
    `insert into sender_queues (queue, next_free, last_position, queued, day, segments_today)
     values ($1, $2, 1, $3, '2026-03-14', $4)`,
    [queue, new Date(testStart.getTime() + busyMs), queued, segmentsToday],
  );

describe('sticky senders', () => {
  const sticky = (made: Made, destination = '') => `Powerpack/${made.uuid}/Sticky/${destination}`;

  test('a recipient is pinned to a member, moved, and reset', async () => {
    const made = await create('pins', ['14155550120', '14155550121']);
    const path = sticky(made, '14155550190/');
    const pinned = await world.call('POST', path, { number: '+14155550121' });
    assert.equal(pinned.status, 200);
    const { api_id: _, ...mapping } = pinned.body;
    assert.deepEqual(mapping, {
      country_iso2: 'US',
      destination: '14155550190',
      expires_on: '2026-03-29T09:26:53.589000Z',
      last_message_on: '2026-03-14T09:26:53.589000Z',
      number: '14155550121',
      type: 'longcode',
    });
    assert.equal((await world.call('GET', path)).body.number, '14155550121');
    const explained = await explain(made, { dst: '14155550190' });
    assert.deepEqual([explained.sender.number, explained.rule], ['14155550121', 'sticky']);

    await world.call('POST', path, { number: '14155550120' });
    assert.equal((await explain(made, { dst: '14155550190' })).sender.number, '14155550120');

    assert.deepEqual((await world.call('DELETE', path)).body.response, 'success');
    assert.deepEqual(refusal(await world.call('GET', path)), [404, 'no sticky sender for this destination']);
    assert.deepEqual(refusal(await world.call('DELETE', path)), [
      404,
      'no sticky sender for this destination',
    ]);
  });

  test('they are listed by recipient, in pages, and all reset at once', async () => {
    const made = await create('list', ['14155550122']);
    for (const destination of ['14155550193', '14155550191', '14155550192']) {
      await world.call('POST', sticky(made, `${destination}/`), { number: '14155550122' });
    }
    const { body } = await world.call('GET', `${sticky(made)}?limit=2`);
    assert.deepEqual(
      body.objects.map((mapping: { destination: string }) => mapping.destination),
      ['14155550191', '14155550192'],
    );
    assert.equal(body.meta.total_count, 3);
    const next = await world.call('GET', body.meta.next);
    assert.equal(next.body.objects[0].destination, '14155550193');
    assert.equal((await world.call('DELETE', sticky(made))).body.removed, 3);
    assert.equal((await world.call('GET', sticky(made))).body.meta.total_count, 0);
  });

  test('they are listed with the newest message first, and those of one member alone', async () => {
    const made = await create('newest', ['14155550160', '14155550161']);
    const pins: [destination: string, number: string][] = [
      ['14155550193', '14155550160'],
      ['14155550191', '14155550161'],
      ['14155550192', '14155550160'],
    ];
    for (const [index, [destination, number]] of pins.entries()) {
      world.time.now = new Date(testStart.getTime() + index * 1000);
      await world.call('POST', sticky(made, `${destination}/`), { number });
    }
    world.time.now = testStart;
    const list = async (query: string) => {
      const { body } = await world.call('GET', `${sticky(made)}?${query}`);
      return body.objects.map(({ destination }: { destination: string }) => destination);
    };
    assert.deepEqual(await list('order=newest'), ['14155550192', '14155550191', '14155550193']);
    assert.deepEqual(await list('order=newest&number=%2B14155550160'), ['14155550192', '14155550193']);
    assert.deepEqual(await list('number=72399'), []);
    const { body } = await world.call('GET', `${sticky(made)}?number=14155550160&limit=1`);
    assert.equal(body.meta.total_count, 2);
    assert.match(body.meta.next, /number=14155550160&limit=1&offset=1/);
    assert.deepEqual(refusal(await world.call('GET', `${sticky(made)}?number=x`)), [
      400,
      'number must be a phone number with its country code',
    ]);
  });

  test('a mapping that has ended its life is not shown', async () => {
    const made = await create('aged', ['14155550123']);
    await world.call('POST', sticky(made, '14155550190/'), { number: '14155550123' });
    world.time.now = new Date('2026-03-29T09:26:53.589Z');
    try {
      assert.equal((await world.call('GET', sticky(made))).body.meta.total_count, 0);
      assert.equal((await world.call('GET', sticky(made, '14155550190/'))).status, 404);
    } finally {
      world.time.now = testStart;
    }
  });

  test('turning sticky sender off forgets them, and then none can be pinned', async () => {
    const made = await create('off', ['14155550124']);
    await world.call('POST', sticky(made, '14155550190/'), { number: '14155550124' });
    await world.call('POST', `Powerpack/${made.uuid}/`, { sticky_sender: false });
    assert.equal((await world.call('GET', sticky(made))).body.meta.total_count, 0);
    assert.deepEqual(
      refusal(await world.call('POST', sticky(made, '14155550190/'), { number: '14155550124' })),
      [409, 'the powerpack has no sticky senders; set sticky_sender to true first'],
    );
  });

  test('a member that leaves takes its recipients along', async () => {
    const made = await create('leaving', ['14155550125']);
    await world.call('POST', sticky(made, '14155550190/'), { number: '14155550125' });
    await world.call('DELETE', `NumberPool/${made.pool}/Number/14155550125/`);
    assert.equal((await world.call('GET', sticky(made))).body.meta.total_count, 0);
  });

  test('short codes are pinned too, where they reach', async () => {
    const made = await create('codes', []);
    await world.call('POST', `NumberPool/${made.pool}/Shortcode/72399/`, { country_iso2: 'CA' });
    const pin = (destination: string) =>
      world.call('POST', sticky(made, `${destination}/`), { number: '72399' });
    assert.equal((await pin('14165550190')).body.type, 'shortcode');
    assert.deepEqual(refusal(await pin('14155550190')), [400, 'number does not reach US']);
  });

  test('only members can be pinned, and only by the owner of the powerpack', async () => {
    const made = await create('strangers', ['14155550126']);
    const path = sticky(made, '14155550190/');
    const pin = (number: string, as = world.account) => world.call('POST', path, { number }, { as });
    assert.deepEqual(refusal(await pin('14155550199')), [404, 'number not found in this pool']);
    assert.deepEqual(refusal(await world.call('POST', path, {})), [400, 'number is required']);
    assert.deepEqual(refusal(await pin('14155550126', await world.makeAccount())), [
      404,
      'powerpack not found',
    ]);
    assert.equal((await world.call('GET', `Powerpack/${unknown}/Sticky/`)).status, 404);
    assert.equal((await world.call('DELETE', `Powerpack/${unknown}/Sticky/`)).status, 404);
  });
});

describe('queues', () => {
  test('a member that never sent is free, healthy, and has the limits of its kind', async () => {
    const { uuid } = await create('idle', ['14155550130']);
    const { body } = await world.call('GET', `Powerpack/${uuid}/Queue/`);
    assert.deepEqual(body.objects, [
      {
        country_iso2: 'US',
        number: '14155550130',
        type: 'longcode',
        service: 'mms',
        region: 'California',
        added_on: '2026-03-14T09:26:53.589000Z',
        state: 'active',
        drain_until: null,
        queued: 0,
        oldest_age_seconds: null,
        next_free_at: '2026-03-14T09:26:53.589000Z',
        segments_today: 0,
        daily_segments: 200,
        warm_up_limit: null,
        sms_per_second: 1,
        mms_per_second: 1,
        own_limits: { sms_per_second: null, mms_per_second: null, daily_segments: null },
        health: { finished: 0, delivered: 0, judged: false, healthy: true },
      },
    ]);
    assert.deepEqual(body.summary, {
      members: 1,
      waiting_members: 0,
      queued: 0,
      oldest_age_seconds: null,
      all_free_at: '2026-03-14T09:26:53.589000Z',
      segments_today: 0,
    });
  });

  test('depth, age, next free time, segments of today and health are current', async () => {
    const { uuid } = await create('busy', ['14155550131', '14155550132', '14155550133']);
    await insertQueue('14155550131', 30_000, 40, 2);
    await insertQueue('14155550132', -30_000, 5);
    await insertQueued('14155550131', 1, 20_000);
    await insertQueued('14155550131', 2, 10_000);
    await world.app.db.query('insert into sender_hours values ($1, $2, 60, 6)', [
      '14155550131',
      new Date(testStart.getTime() - 3600_000),
    ]);
    const { body } = await world.call('GET', `Powerpack/${uuid}/Queue/?limit=1`);
    const [busy] = body.objects;
    assert.deepEqual(
      [
        busy.number,
        busy.queued,
        busy.oldest_age_seconds,
        busy.next_free_at,
        busy.segments_today,
        busy.health,
      ],
      [
        '14155550131',
        2,
        20,
        '2026-03-14T09:27:23.589000Z',
        40,
        { finished: 60, delivered: 6, judged: true, healthy: false },
      ],
    );
    assert.deepEqual(body.summary, {
      members: 3,
      waiting_members: 1,
      queued: 2,
      oldest_age_seconds: 20,
      all_free_at: '2026-03-14T09:27:23.589000Z',
      segments_today: 45,
    });
    const second = (await world.call('GET', body.meta.next)).body.objects[0];
    assert.deepEqual([second.number, second.next_free_at], ['14155550132', '2026-03-14T09:26:53.589000Z']);
  });

  test('members are found by their digits, kind, country and service, and say where they are', async () => {
    const { uuid, pool } = await create('found', [
      '14155550137',
      '12125550137',
      '16045550137',
      '18005550137',
    ]);
    await add(pool, '14155550137', { service: 'sms' });
    const find = async (query: string) => {
      const { meta, objects, summary } = (await world.call('GET', `Powerpack/${uuid}/Queue/?${query}`)).body;
      assert.deepEqual([meta.total_count, summary.members], [objects.length, 4]);
      return objects.map(({ number, region }: { number: string; region: string }) => `${number} ${region}`);
    };
    assert.deepEqual(await find('starts_with=212,%2B1604'), [
      '12125550137 New York',
      '16045550137 British Columbia',
    ]);
    assert.deepEqual(await find('type=toll-free'), ['18005550137 ']);
    assert.deepEqual(await find('type=shortcode'), []);
    assert.deepEqual(await find('country_iso2=ca&type=longcode'), ['16045550137 British Columbia']);
    assert.deepEqual(await find('service=sms'), ['14155550137 California']);
    assert.deepEqual(await find('region=NY'), ['12125550137 New York']);
    assert.deepEqual(await find('region=british%20columbia&type=tollfree'), []);
    assert.deepEqual(refusal(await world.call('GET', `Powerpack/${uuid}/Queue/?region=Bavaria`)), [
      400,
      'region must be a state of the US or a province of Canada',
    ]);
  });

  test('members are found by their health, which is that of the last day', async () => {
    const { uuid } = await create('health', ['14155550138', '14155550139', '12125550138', '12125550139']);
    const outcomes: [queue: string, hoursAgo: number, finished: number, delivered: number][] = [
      ['14155550138', 1, 30, 5],
      ['14155550138', 2, 30, 5],
      ['14155550139', 1, 60, 60],
      ['12125550138', 1, 49, 0],
      ['12125550139', 25, 60, 0],
    ];
    for (const [queue, hoursAgo, finished, delivered] of outcomes) {
      const hour = new Date(testStart.getTime() - hoursAgo * 3600_000);
      await world.app.db.query('insert into sender_hours values ($1, $2, $3, $4)', [
        queue,
        hour,
        finished,
        delivered,
      ]);
    }
    const find = async (query: string) => {
      const { meta, objects } = (await world.call('GET', `Powerpack/${uuid}/Queue/?${query}`)).body;
      assert.equal(meta.total_count, objects.length);
      for (const { health } of objects) assert.equal(String(health.healthy), query.split('=')[1]);
      return objects.map(({ number }: { number: string }) => number);
    };
    assert.deepEqual(await find('healthy=false'), ['14155550138']);
    assert.deepEqual(await find('healthy=true'), ['12125550138', '12125550139', '14155550139']);
    const inOrder = async (order: string) => {
      const { body } = await world.call('GET', `Powerpack/${uuid}/Queue/?order_by=${order}`);
      return body.objects.map(({ number }: { number: string }) => number);
    };
    // A member without a report in the last day has no share, and comes last either way.
    assert.deepEqual(await inOrder('health'), ['12125550138', '14155550138', '14155550139', '12125550139']);
    assert.deepEqual(await inOrder('health&descending=true&limit=1'), ['14155550139']);
    assert.deepEqual((await inOrder('number&descending=true'))[0], '14155550139');
    for (const order of ['segments_today', 'queued', 'next_free_at'])
      assert.equal((await inOrder(order)).length, 4, order);
  });

  test('those of all powerpacks are listed on one page, with the number of healthy members', async () => {
    const as = await world.makeAccount();
    const list = async (query = '') => (await world.call('GET', `Queue/${query}`, undefined, { as })).body;
    assert.deepEqual([(await list()).meta.total_count, (await list()).objects], [0, []]);
    const busy = await makePowerpack(world, 'busy', ['14155550134', '14155550135', '14155550136'], { as });
    const empty = await makePowerpack(world, 'empty', [], { as });
    await insertQueue('14155550134', 30_000, 40, 2);
    await insertQueue('14155550135', -30_000, 5);
    await insertQueued('14155550134', 1, 20_000);
    await insertQueued('14155550134', 2, 10_000);
    for (const [queue, hours] of [
      ['14155550134', 1],
      ['14155550134', 2],
      ['14155550135', 1],
      ['14155550136', 25],
    ] as const) {
      const hour = new Date(testStart.getTime() - hours * 3600_000);
      const delivered = queue === '14155550135' ? 30 : 3;
      await world.app.db.query('insert into sender_hours values ($1, $2, 30, $3)', [queue, hour, delivered]);
    }
    const first = await list('?limit=1');
    const second = (await world.call('GET', first.meta.next, undefined, { as })).body;
    assert.deepEqual([first.meta.total_count, second.meta.next], [2, null]);
    // Both were made in the same moment.
    const byUuid = new Map([...first.objects, ...second.objects].map((one) => [one.powerpack_uuid, one]));
    assert.deepEqual(byUuid.get(busy.uuid), {
      powerpack_uuid: busy.uuid,
      name: 'busy',
      sticky_sender: true,
      local_connect: true,
      deletion_protection: false,
      application_id: '',
      members: 3,
      waiting_members: 1,
      queued: 2,
      oldest_age_seconds: 20,
      all_free_at: '2026-03-14T09:27:23.589000Z',
      segments_today: 45,
      healthy_members: 2,
      judged_members: 1,
    });
    const { members, queued, oldest_age_seconds, healthy_members, judged_members } = byUuid.get(empty.uuid);
    assert.deepEqual(
      [members, queued, oldest_age_seconds, healthy_members, judged_members],
      [0, 0, null, 0, 0],
    );
  });

  test('powerpacks are put in order over all pages', async () => {
    const as = await world.makeAccount();
    const numbers = ['14155550171', '14155550172'];
    await makePowerpack(world, 'beta', numbers, { as });
    await makePowerpack(world, 'Alpha', [], { as });
    await makePowerpack(world, 'gamma', ['14155550173'], { as });
    for (const [place, number] of numbers.entries()) {
      await insertQueue(number, 30_000, 7, 1);
      await insertQueued(number, 1, (place + 1) * 10_000);
    }
    await insertQueue('14155550173', 30_000, 9, 1);
    await insertQueued('14155550173', 1, 90_000);
    const names = async (query: string) => {
      const found: string[] = [];
      for (let next: string | null = `Queue/?limit=1&${query}`; next !== null; ) {
        const { body } = await world.call('GET', next, undefined, { as });
        found.push(...body.objects.map(({ name }: { name: string }) => name));
        next = body.meta.next;
      }
      return found;
    };
    const orders: [query: string, names: string[]][] = [
      ['order_by=name', ['Alpha', 'beta', 'gamma']],
      ['order_by=members&descending=true', ['beta', 'gamma', 'Alpha']],
      ['order_by=queued', ['Alpha', 'gamma', 'beta']],
      ['order_by=oldest_age_seconds', ['beta', 'gamma', 'Alpha']],
      ['order_by=oldest_age_seconds&descending=true', ['gamma', 'beta', 'Alpha']],
      ['order_by=segments_today&descending=true', ['beta', 'gamma', 'Alpha']],
    ];
    for (const [query, expected] of orders) assert.deepEqual(await names(query), expected, query);
    const refused = await world.call('GET', 'Queue/?order_by=colour', undefined, { as });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, /order_by/);
  });

  test('the queues of another account are not found', async () => {
    const { uuid } = await create('private', []);
    const as = await world.makeAccount();
    assert.equal((await world.call('GET', `Powerpack/${uuid}/Queue/`, undefined, { as })).status, 404);
  });
});

async function insertQueued(queue: string, position: number, ageMs: number): Promise<void> {
  const id = `0198c000-0000-7000-8000-${queue}${position}`;
  const acceptedAt = new Date(testStart.getTime() - ageMs);
  await world.app.db.query(
    `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, segments, log, accepted_at)
     values ($1, $2, 'outbound', 'queued', 'sms', $3, '14155550190', 'US', 1, 'true', $4)`,
    [id, world.account.authId, queue, acceptedAt],
  );
  await world.app.db.query(
    `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms)
     values ($1, $2, $3, $4, '2027-01-01', 1000)`,
    [queue, position, id, new Date('2026-12-31')],
  );
}

describe('limits of a member', () => {
  const limitsOf = async ({ uuid }: Made) =>
    (await world.call('GET', `Powerpack/${uuid}/Queue/`)).body.objects[0];

  test('they are given when it is added, and changed by adding it again', async () => {
    const made = await create('limits', []);
    const added = await add(made.pool, '14155550140', { sms_per_second: 2.5, daily_segments: '50' });
    assert.equal(added.status, 200);
    const first = await limitsOf(made);
    assert.deepEqual([first.sms_per_second, first.mms_per_second, first.daily_segments], [2.5, 1, 50]);
    assert.deepEqual(first.own_limits, { sms_per_second: 2.5, mms_per_second: null, daily_segments: 50 });

    await add(made.pool, '14155550140', { mms_per_second: '0.25', daily_segments: 0 });
    const second = await limitsOf(made);
    assert.deepEqual(
      [second.sms_per_second, second.mms_per_second, second.daily_segments],
      [2.5, 0.25, null],
    );
    assert.deepEqual(second.own_limits, { sms_per_second: 2.5, mms_per_second: 0.25, daily_segments: 0 });

    await add(made.pool, '14155550140', { sms_per_second: 'default', daily_segments: 'default' });
    const third = await limitsOf(made);
    assert.deepEqual([third.sms_per_second, third.mms_per_second, third.daily_segments], [1, 0.25, 200]);
    assert.deepEqual(third.own_limits, { sms_per_second: null, mms_per_second: 0.25, daily_segments: null });
  });

  test('a member over its daily number gives way', async () => {
    const made = await create('daily', ['14155550141', '12125550141']);
    await insertQueue('14155550141', 0, 50);
    assert.equal((await explain(made, { dst: '14155550190' })).sender.number, '14155550141');
    await add(made.pool, '14155550141', { daily_segments: 50 });
    const answer = await explain(made, { dst: '14155550190' });
    assert.deepEqual([answer.sender.number, answer.others[0].reason], ['12125550141', 'capacity']);
  });

  test('a short code has them as well', async () => {
    const made = await create('code limits', []);
    await world.call('POST', `NumberPool/${made.pool}/Shortcode/72398/`, { sms_per_second: 0 });
    assert.equal((await limitsOf(made)).sms_per_second, null);
    assert.equal((await limitsOf(made)).own_limits.sms_per_second, 0);
  });

  const wrong: [limits: object, sentence: string][] = [
    [{ sms_per_second: -1 }, 'sms_per_second must be a number from 0.001 to 9999.999, 0, or default'],
    [{ mms_per_second: 0.0001 }, 'mms_per_second must be a number from 0.001 to 9999.999, 0, or default'],
    [{ daily_segments: 1.5 }, 'daily_segments must be a whole number from 0 to 1000000, or default'],
  ];
  for (const [limits, sentence] of wrong) {
    test(`${JSON.stringify(limits)} → ${sentence}`, async () => {
      const { pool } = await create(sentence + JSON.stringify(limits), []);
      assert.deepEqual(refusal(await add(pool, '14155550149', limits)), [400, sentence]);
    });
  }
});

describe('regions', () => {
  test("show the places of a pool's numbers, and their services", async () => {
    const made = await create('regions', ['14155550170', '12135550170', '19025550170', '18005550170']);
    await world.call('POST', `NumberPool/${made.pool}/Shortcode/72395/`, {});
    await insertQueue('14155550170', 0, 40, 3);
    await insertQueue('72395/US', 0, 7, 1);
    const { status, body } = await world.call('GET', `Powerpack/${made.uuid}/Region/`);
    assert.equal(status, 200);
    const found = body.regions.filter(({ members }: { members: number }) => members > 0);
    const { area_codes: areaCodes, ...california } = found.find(
      (one: { region_code: string }) => one.region_code === 'CA',
    );
    assert.deepEqual(california, {
      country_iso2: 'US',
      region_code: 'CA',
      region: 'California',
      members: 2,
      queued: 3,
      segments_today: 40,
    });
    assert.ok(areaCodes.includes('415'));
    assert.deepEqual(
      found.map(({ region }: { region: string }) => region),
      ['Nova Scotia', 'Prince Edward Island', 'California'],
    );
    assert.deepEqual(body.elsewhere, { members: 2, queued: 1, segments_today: 7 });
  });

  test('of an unknown powerpack are not found', async () => {
    assert.deepEqual(refusal(await world.call('GET', `Powerpack/${unknown}/Region/`)), [
      404,
      'powerpack not found',
    ]);
  });
});

describe('texts and opt-outs of a powerpack', () => {
  test('texts stay unchanged, and STOP applies to the whole powerpack, by default', async () => {
    const { body } = await world.call('POST', 'Powerpack/', { name: 'standard texts' });
    assert.deepEqual([body.smart_encoding, body.opt_out_scope], [false, 'powerpack']);
  });

  test('both are kept, changed and left alone like other settings', async () => {
    const request = { name: 'own texts', smart_encoding: true, opt_out_scope: 'account' };
    const { uuid } = (await world.call('POST', 'Powerpack/', request)).body;
    const read = async () => {
      const { body } = await world.call('GET', `Powerpack/${uuid}/`);
      return [body.smart_encoding, body.opt_out_scope];
    };
    assert.deepEqual(await read(), [true, 'account']);
    await world.call('POST', `Powerpack/${uuid}/`, { opt_out_scope: 'number' });
    assert.deepEqual(await read(), [true, 'number']);
    assert.deepEqual(refusal(await world.call('POST', `Powerpack/${uuid}/`, { opt_out_scope: 'pool' })), [
      400,
      'opt_out_scope must be one of number, powerpack, account',
    ]);
  });
});

test('the plan of a deletion lists the queued messages that would fail', async () => {
  const made = await create('plan', ['14155550150', '18005550150']);
  await world.call('POST', `NumberPool/${made.pool}/Shortcode/72397/`, {});
  await insertQueue('14155550150', 0, 0, 3);
  await insertQueue('18005550150', 0, 0, 1);
  await insertQueue('72397/US', 0, 0, 5);
  const plan = async (unrent: boolean) => {
    const { body } = await world.call('GET', `Powerpack/${made.uuid}/DeletePlan/?unrent_numbers=${unrent}`);
    return [body.queued_messages, body.queued_messages_failing];
  };
  assert.deepEqual(await plan(false), [9, 0]);
  assert.deepEqual(await plan(true), [9, 4]);
});

describe('a toll-free number that its carriers have not verified', () => {
  const state = (number: string, verification: string) =>
    world.call('POST', `Number/${number}/`, { toll_free_sms_verification: verification });

  test('is passed over by its powerpack until it is verified, and sends under its own name no more than that', async () => {
    const made = await create('verification', ['18005550140', '12125550140'], {
      number_priority: [{ service_type: 'SMS', country_iso: 'US', priority: { priority1: 'tollfree' } }],
    });
    const dst = '13105550140';
    const senderNow = async () =>
      (await readMessage(world, await sendOne(world, { powerpack_uuid: made.uuid, dst }))).from_number;
    assert.equal(await senderNow(), '18005550140');
    for (const verification of ['unverified', 'pending', 'rejected']) {
      assert.equal((await state('18005550140', verification)).status, 202);
      const { sender, rejected } = await explain(made, { dst });
      assert.deepEqual([sender.number, rejected], ['12125550140', { unverified: 1 }]);
      assert.equal(await senderNow(), '12125550140');
      assert.deepEqual(
        refusal(await world.call('POST', 'Message/', { src: '18005550140', dst, text: 'hello' })),
        [400, 'src is a toll-free number that is not verified'],
      );
      const listed = await world.call(
        'GET',
        `Number/?toll_free_sms_verification=${verification.toUpperCase()}`,
      );
      assert.deepEqual(
        listed.body.objects.map(({ number }: { number: string }) => number),
        ['18005550140'],
      );
    }
    await state('18005550140', 'verified');
    assert.equal((await explain(made, { dst: '13105550141' })).sender.number, '18005550140');
    await state('18005550140', 'none');
    assert.equal((await world.call('GET', 'Number/18005550140/')).body.toll_free_sms_verification, null);
  });

  test('keeps the state while it is held, and long codes have none', async () => {
    await world.call('POST', 'PhoneNumber/18005550141/');
    await state('18005550141', 'pending');
    await world.call('DELETE', 'Number/18005550141/');
    await world.call('POST', 'PhoneNumber/18005550141/');
    const { body } = await world.call('GET', 'Number/18005550141/');
    assert.equal(body.toll_free_sms_verification, 'pending');
    await world.call('POST', 'PhoneNumber/12125550141/');
    assert.deepEqual(refusal(await state('12125550141', 'verified')), [
      400,
      'toll_free_sms_verification is a matter of toll-free numbers',
    ]);
  });

  test('leaves nobody to send where it is the only one, and the refusal says why', async () => {
    const made = await create('unverified alone', ['18005550142']);
    await state('18005550142', 'pending');
    const { status, body } = await world.call('POST', 'Message/', {
      powerpack_uuid: made.uuid,
      dst: '13105550142',
      text: 'hello',
    });
    assert.equal(status, 400);
    assert.match(body.error, /every toll-free number of the pool that could send it is not verified/);
  });
});
