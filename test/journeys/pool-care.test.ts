// The care of a pool: members that are drained, new ones that warm up, recipients that move, and numbers that are replaced.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestApp } from '../support/app.ts';
import { makeDraw } from '../support/draw.ts';
import {
  type MadePowerpack,
  makePowerpack,
  readMessage,
  seenOf,
  send,
  sendOne,
} from '../support/messaging.ts';
import { startSharedServer } from '../support/shared-server.ts';

const { place, server } = await startSharedServer();

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Sends through a powerpack, and returns from which number. */
async function senderFor({ uuid }: MadePowerpack, dst: string): Promise<string> {
  return (await readMessage(server, await sendOne(server, { powerpack_uuid: uuid, dst }))).from_number;
}

const people = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}555${2000 + index}`);

const call = async (method: string, path: string, body?: object) => {
  const answer = await server.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};

const drain = ({ pool }: MadePowerpack, number: string, body: object = {}) =>
  call('POST', `NumberPool/${pool}/Number/${number}/Drain/`, body);

const memberOf = async ({ uuid }: MadePowerpack, number: string) => {
  const { objects } = await call('GET', `Powerpack/${uuid}/Queue/?starts_with=${number}`);
  return objects[0];
};

describe('a member that is drained', () => {
  test('keeps its recipients, gets no new ones, and sends nothing once its time is over', async () => {
    const [leaving = '', staying = ''] = ['12015550100', '12015550101'];
    const pack = await makePowerpack(server, 'drained', [leaving]);
    const [old = '', ...fresh] = people(201, 5);
    assert.equal(await senderFor(pack, old), leaving);
    await call('POST', `NumberPool/${pack.pool}/Number/${staying}/`, { rent: true });
    const { until, afterwards } = await drain(pack, leaving, { hours: 2 });
    assert.equal(afterwards, 'aside');
    const shown = await memberOf(pack, leaving);
    assert.deepEqual([shown.state, shown.drain_until], ['draining', until]);
    for (const person of fresh) assert.equal(await senderFor(pack, person), staying);
    assert.equal(await senderFor(pack, old), leaving);
    const explained = await call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst: '12015553000' });
    assert.deepEqual(explained.rejected, { draining: 1 });

    const queued = await send(server, { powerpack_uuid: pack.uuid, dst: old });
    await server.advance(2 * hourMs + minuteMs);
    assert.equal((await memberOf(pack, leaving)).state, 'aside');
    assert.equal(seenOf(server, queued).length, 1, 'what waited has gone');
    assert.equal(await senderFor(pack, old), staying, 'the conversation goes on');
    const later = await call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst: '12015553001' });
    assert.deepEqual(later.rejected, { aside: 1 });
    const aside = await call('GET', `Powerpack/${pack.uuid}/Queue/?state=aside`);
    assert.equal(aside.meta.total_count, 1);

    await call('POST', `NumberPool/${pack.pool}/Number/${leaving}/Resume/`);
    assert.equal((await memberOf(pack, leaving)).state, 'active');
    assert.equal(await senderFor(pack, '12015553002'), leaving, 'it is the less busy one');
  });

  test('gets new recipients while no other member can send, and is taken back before its time', async () => {
    const pack = await makePowerpack(server, 'only one', ['12025550100']);
    await drain(pack, '12025550100');
    assert.equal(await senderFor(pack, '12025552000'), '12025550100');
    await call('POST', `NumberPool/${pack.pool}/Number/12025550100/Resume/`);
    await server.advance(100 * hourMs);
    assert.equal((await memberOf(pack, '12025550100')).state, 'active');
  });

  test('leaves the pool in the end where that was asked for, and stays rented', async () => {
    const pack = await makePowerpack(server, 'leaves', ['12035550100', '12035550101']);
    await drain(pack, '12035550100', { hours: 0, afterwards: 'remove' });
    await server.advance(2 * minuteMs);
    assert.equal(await memberOf(pack, '12035550100'), undefined);
    assert.equal((await call('GET', 'Number/12035550100/')).powerpack_uuid, null);
  });

  test('is in the audit log with its state before and after', async () => {
    const pack = await makePowerpack(server, 'logged', ['12045550110']);
    const { until } = await drain(pack, '12045550110', { hours: 5, afterwards: 'remove' });
    await call('POST', `NumberPool/${pack.pool}/Number/12045550110/Resume/`);
    const active = { state: 'active', drain_until: null, afterwards: null };
    const draining = { state: 'draining', drain_until: until, afterwards: 'remove' };
    const logged = async (action: string) => {
      const path = `NumberPool/${pack.pool}/Number/12045550110/${action}/`;
      const { objects } = await call('GET', `Audit/?path__startswith=${path}`);
      return objects.map(({ before, after }: { before: object; after: object }) => [before, after]);
    };
    assert.deepEqual(await logged('Drain'), [[active, draining]]);
    assert.deepEqual(await logged('Resume'), [[draining, active]]);
  });

  test('refuses to send where every member is aside, and says so', async () => {
    const pack = await makePowerpack(server, 'all aside', ['12045550100']);
    await drain(pack, '12045550100', { hours: 0 });
    await server.advance(2 * minuteMs);
    const body = { powerpack_uuid: pack.uuid, dst: '12045552000', text: 'hello' };
    const { status, body: answer } = await server.call('POST', 'Message/', body);
    assert.equal(status, 400);
    assert.match(
      answer.error,
      /every member of the number pool that could send it is aside, or not verified or approved/,
    );
  });

  test('is refused for numbers that are no members, and for hours out of bounds', async () => {
    const pack = await makePowerpack(server, 'bounds', ['12055550100']);
    const path = (number: string) => `NumberPool/${pack.pool}/Number/${number}/Drain/`;
    assert.equal((await server.call('POST', path('12055550199'), {})).status, 404);
    assert.equal((await server.call('POST', path('12055550100'), { hours: 721 })).status, 400);
    assert.equal((await server.call('POST', path('12055550100'), { afterwards: 'sell' })).status, 400);
  });
});

describe('a new member that warms up', () => {
  test('sends no more a day than the schedule says, and then as much as any', async () => {
    const pack = await makePowerpack(server, 'warm-up', ['12065550100'], { settings: { warm_up: '3,5' } });
    assert.deepEqual((await call('GET', `Powerpack/${pack.uuid}/`)).warm_up, [3, 5]);
    const sends = async (count: number, area: number) => {
      const statuses: number[] = [];
      for (const dst of people(area, count)) {
        const body = { powerpack_uuid: pack.uuid, dst, text: 'hello' };
        statuses.push((await server.call('POST', 'Message/', body)).status);
      }
      return statuses.filter((status) => status === 202).length;
    };
    assert.equal(await sends(5, 206), 3);
    const { status, body } = await server.call('POST', 'Message/', {
      powerpack_uuid: pack.uuid,
      dst: '12065559000',
      text: 'hello',
    });
    assert.equal(status, 400);
    assert.match(body.error, /are warming up, and have sent what they may today/);
    assert.equal((await memberOf(pack, '12065550100')).warm_up_limit, 3);
    await server.advance(24 * hourMs);
    assert.equal(await sends(8, 207), 5);
    await server.advance(24 * hourMs);
    assert.equal(await sends(8, 208), 8);
    assert.equal((await memberOf(pack, '12065550100')).warm_up_limit, null);
  });

  test('is passed over for others once it has sent what it may, and keeps its recipients', async () => {
    const pack = await makePowerpack(server, 'warm and old', ['12075550100']);
    const [own = ''] = people(207, 1);
    assert.equal(await senderFor(pack, own), '12075550100');
    await call('POST', `Powerpack/${pack.uuid}/`, { warm_up: '2' });
    const explained = await call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst: own });
    assert.equal(explained.warm_up, 'warming up: 1 of 2 today');
    assert.equal(await senderFor(pack, '12075552001'), '12075550100');
    await place.db.query("update pool_members set added_at = '2020-01-01' where sender = '12075550100'");
    await call('POST', `NumberPool/${pack.pool}/Number/12075550101/`, { rent: true });
    for (const person of people(308, 2)) await senderFor(pack, person);
    const later = await call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst: '12075553000' });
    const other = later.others.find(({ number }: { number: string }) => number === '12075550101');
    if (other?.reason === 'warming_up') assert.equal(other.because, 'warming up: 2 of 2 today');
    await call('POST', `Powerpack/${pack.uuid}/`, { warm_up: 'none' });
    assert.deepEqual((await call('GET', `Powerpack/${pack.uuid}/`)).warm_up, []);
  });

  test('is not overrun by several processes that send at once', async () => {
    const numbers = ['12085550100', '12085550101', '12085550102'];
    const pack = await makePowerpack(server, 'overrun', numbers, { settings: { warm_up: '10' } });
    const other = await startTestApp({}, place);
    try {
      const body = (dst: string) => ({ powerpack_uuid: pack.uuid, dst, text: 'hello' });
      const answers = await Promise.all(
        people(308, 60).map((dst, index) =>
          (index % 2 === 0 ? server : other).call('POST', 'Message/', body(dst), { as: server.account }),
        ),
      );
      const accepted = answers.filter(({ status }) => status === 202).length;
      assert.ok(accepted <= 30, `${accepted} were accepted`);
      assert.ok(accepted >= 20, `${accepted} were accepted`);
      const rows = await place.db.query<{ segments_today: number }>(
        'select segments_today from sender_queues where queue = any($1)',
        [numbers],
      );
      assert.ok(rows.every(({ segments_today: segments }) => segments <= 10));
    } finally {
      await other.stop();
    }
  });

  test('is not kept from what is for another day, and sends what it may then', async () => {
    const pack = await makePowerpack(server, 'another day', ['12095550190'], {
      settings: { warm_up: '3,5' },
    });
    const sendAt = new Date(place.clock.now().getTime() + 24 * hourMs).toISOString();
    const fields = { powerpack_uuid: pack.uuid, dst: people(209, 6).join('<'), send_at: sendAt };
    const ids = await send(server, fields);
    assert.equal(ids.length, 6);
    assert.equal(await senderFor(pack, '12095559000'), '12095550190');
    await server.advance(24 * hourMs + 30_000);
    assert.equal(seenOf(server, ids).length, 5);
  });

  for (let seed = 1; seed <= 6; seed += 1) {
    const isShared = seed % 2 === 0;
    test(`sends each day what is asked for up to its limit, ${isShared ? 'by two servers' : 'in any order'}: ${seed}`, async () => {
      const number = `1213555019${seed}`;
      const limits = [4, 6, 9];
      const draw = makeDraw(seed);
      const other = isShared ? await startTestApp({}, place) : undefined;
      // Days begin and end when nothing waits, so that what is accepted on a day goes on it.
      const nextMorning = async () => {
        const intoDayMs = place.clock.now().getTime() % (24 * hourMs);
        await server.advance(30 * hourMs - intoDayMs);
      };
      try {
        await nextMorning();
        const startMs = place.clock.now().getTime();
        const pack = await makePowerpack(server, `any order ${seed}`, [number], {
          settings: { warm_up: limits.join(',') },
        });
        const asked = limits.map(() => 0);
        for (const today of limits.keys()) {
          for (let step = 0; step < 9; step += 1) {
            const day = Math.min(today + draw(3), limits.length - 1);
            const sendAt = new Date(startMs + day * 24 * hourMs + 4 * hourMs + draw(60) * minuteMs);
            const via = other !== undefined && draw(2) === 0 ? other : server;
            const { status, text } = await via.call('POST', 'Message/', {
              powerpack_uuid: pack.uuid,
              dst: `1213556${today}${100 + step}`,
              text: 'hello',
              priority: draw(2) === 0 ? 'bulk' : 'transactional',
              ...(day === today ? {} : { send_at: sendAt.toISOString() }),
            });
            asked[day] = (asked[day] ?? 0) + 1;
            const isFull = day === today && (asked[day] ?? 0) > (limits[day] ?? 0);
            if (!isFull) assert.equal(status, 202, text);
            await server.advance(draw(20) * 1000);
          }
          await nextMorning();
        }
        const slots = await place.db.query<{ day: number; count: number }>(
          `select floor(extract(epoch from due_at - $2) / 86400)::integer as day, count(*)::integer as count
           from messages where sender = $1 and due_at is not null group by 1 order by 1`,
          [number, new Date(startMs)],
        );
        const expected = asked.map((count, day) => Math.min(count, limits[day] ?? 0));
        assert.deepEqual(
          slots.map(({ count }) => count),
          expected,
        );
        if (other !== undefined) return;
        const ids = await place.db.query<{ id: string }>('select id from messages where sender = $1', [
          number,
        ]);
        const seen = seenOf(
          server,
          ids.map(({ id }) => id),
        );
        const sent = limits.map(
          (_, day) => seen.filter(({ atMs }) => Math.floor((atMs - startMs) / (24 * hourMs)) === day).length,
        );
        assert.deepEqual(sent, expected);
      } finally {
        await other?.stop();
      }
    });
  }

  test('is not overrun by messages whose moment comes while another process sends from it', async () => {
    const pack = await makePowerpack(server, 'released', ['12105550190'], { settings: { warm_up: '10' } });
    const sendAt = new Date(place.clock.now().getTime() + hourMs).toISOString();
    const fields = { powerpack_uuid: pack.uuid, dst: people(210, 8).join('<'), send_at: sendAt };
    const ids = await send(server, fields);
    await server.advance(hourMs - 100);
    await senderFor(pack, '12105559000');
    await place.db.query("update sender_queues set segments_today = 6 where queue = '12105550190'");
    await server.advance(30_000);
    assert.equal(seenOf(server, ids).length, 4);
  });

  test('a schedule that falls, or is none, is refused', async () => {
    for (const warm_up of ['100,50', '0', 'soon', '1,'.repeat(61)]) {
      const { status, body } = await server.call('POST', 'Powerpack/', { name: `bad ${warm_up}`, warm_up });
      assert.deepEqual([status, /^warm_up must/.test(body.error)], [400, true]);
    }
  });
});

describe('the recipients of members that are left', () => {
  test('move by a plan, so many a run, and stay where they are by then', async () => {
    const pack = await makePowerpack(server, 'moving', ['12095550100']);
    const recipients = people(209, 12);
    for (const person of recipients) await sendOne(server, { powerpack_uuid: pack.uuid, dst: person });
    for (const number of ['12095550101', '12095550102'])
      await call('POST', `NumberPool/${pack.pool}/Number/${number}/`, { rent: true, service: 'mms' });
    const path = `Powerpack/${pack.uuid}/Redistribution/`;
    assert.deepEqual((await call('GET', path)).moves, []);
    await drain(pack, '12095550100');
    const plan = await call('GET', path);
    assert.deepEqual(plan.moves, [
      { from: '12095550100', to: '12095550101', recipients: 6 },
      { from: '12095550100', to: '12095550102', recipients: 6 },
    ]);
    const first = await call('POST', path, { recipients: 5 });
    assert.deepEqual([first.recipients, first.staying], [5, 7]);
    const second = await call('POST', path);
    assert.deepEqual([second.recipients, second.staying], [7, 0]);
    const senders = await Promise.all(recipients.map((person) => senderFor(pack, person)));
    assert.equal(senders.filter((sender) => sender === '12095550101').length, 6);
    assert.equal(senders.filter((sender) => sender === '12095550102').length, 6);
    await call('POST', `NumberPool/${pack.pool}/Number/12095550100/Resume/`);
    const level = await call('GET', `${path}?level=true`);
    assert.equal(level.recipients, 4);
  });

  test('are none where the powerpack has no sticky senders', async () => {
    const pack = await makePowerpack(server, 'not sticky', ['12105550100'], {
      settings: { sticky_sender: false },
    });
    const { status, body } = await server.call('GET', `Powerpack/${pack.uuid}/Redistribution/`);
    assert.deepEqual([status, body.error], [409, 'the powerpack has no sticky senders']);
  });
});

describe('members whose messages do not arrive', () => {
  test('are replaced by a plan, within a limit a day, after a cool-down', async () => {
    const numbers = ['12125550110', '12125550111', '12125550112', '12125550113'];
    const pack = await makePowerpack(server, 'refreshed', numbers);
    await call('POST', 'PhoneNumber/12125550120/');
    const fail = (number: string, delivered: number) =>
      place.db.query('insert into sender_hours values ($1, $2, 100, $3)', [
        number,
        new Date(place.clock.now().getTime() - 1000),
        delivered,
      ]);
    await fail('12125550110', 10);
    await fail('12125550111', 5);
    await fail('12125550112', 20);
    await fail('12125550113', 90);
    const path = `Powerpack/${pack.uuid}/Refresh/`;
    const early = await call('GET', path);
    assert.deepEqual(
      early.members.map(({ number, postponed }: { number: string; postponed: string }) => [
        number,
        postponed,
      ]),
      [
        ['12125550111', 'cool_down'],
        ['12125550110', 'cool_down'],
        ['12125550112', 'cool_down'],
      ],
    );
    const plan = await call('GET', `${path}?cool_down_hours=0&per_day=2`);
    const replacements = plan.members.map(
      ({ number, replacement, rents }: { number: string; replacement: string | null; rents: boolean }) => [
        number,
        replacement,
        rents,
      ],
    );
    assert.deepEqual(replacements, [
      ['12125550111', '12125550120', false],
      ['12125550110', '12125550100', true],
      ['12125550112', null, false],
    ]);
    const done = await call('POST', path, { cool_down_hours: 0, per_day: 2, hours: 1 });
    assert.equal(done.replaced, 2);
    const states = await call('GET', `Powerpack/${pack.uuid}/Queue/`);
    assert.deepEqual(
      states.objects
        .map(({ number, state }: { number: string; state: string }) => `${number} ${state}`)
        .sort(),
      [
        '12125550100 active',
        '12125550110 draining',
        '12125550111 draining',
        '12125550112 active',
        '12125550113 active',
        '12125550120 active',
      ],
    );
    const again = await call('POST', path, { cool_down_hours: 0, per_day: 2 });
    assert.deepEqual([again.replaced, again.members[0].postponed], [0, 'daily_limit']);
    const log = await call('GET', `Audit/?path__startswith=Powerpack/${pack.uuid}/Refresh/`);
    assert.equal(log.objects.length, 2);
  });

  test('are replaced by numbers of their campaign: a spare one of it, or one that is rented for it', async () => {
    const numbers = ['12135550110', '12135550111'];
    const pack = await makePowerpack(server, 'of a campaign', numbers);
    // Of no campaign, and of this one.
    for (const spare of ['12135550120', '12135550121']) await call('POST', `PhoneNumber/${spare}/`);
    const { brand_id } = await call('POST', '10dlc/Brand/', { brand_alias: 'Acme' });
    const { campaign_id: campaign } = await call('POST', '10dlc/Campaign/', { brand_id, usecase: 'MIXED' });
    await call('POST', `10dlc/Campaign/${campaign}/Number/`, { numbers: [...numbers, '12135550121'] });
    const at = new Date(place.clock.now().getTime() - 1000);
    for (const number of numbers)
      await place.db.query('insert into sender_hours values ($1, $2, 100, 10)', [number, at]);
    const done = await call('POST', `Powerpack/${pack.uuid}/Refresh/`, { cool_down_hours: 0 });
    const replacements = done.members.map(({ replacement }: { replacement: string }) => replacement);
    assert.deepEqual(replacements, ['12135550121', '12135550100']);
    for (const number of replacements)
      assert.equal((await call('GET', `Number/${number}/`)).tendlc_campaign_id, campaign);
  });
});
