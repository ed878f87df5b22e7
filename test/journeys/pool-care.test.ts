// The care of a pool: members that are drained, and new ones that warm up.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import {
  type MadePowerpack,
  makePowerpack,
  readMessage,
  seenOf,
  send,
  sendOne,
} from '../support/messaging.ts';

let place: TestPlace;
let server: TestApp;
before(async () => {
  place = await openTestPlace();
  server = await startTestApp({}, place);
});
after(async () => {
  await server.stop();
  await place.db.close();
});

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

  test('refuses to send where every member is aside, and says so', async () => {
    const pack = await makePowerpack(server, 'all aside', ['12045550100']);
    await drain(pack, '12045550100', { hours: 0 });
    await server.advance(2 * minuteMs);
    const body = { powerpack_uuid: pack.uuid, dst: '12045552000', text: 'hello' };
    const { status, body: answer } = await server.call('POST', 'Message/', body);
    assert.equal(status, 400);
    assert.match(answer.error, /every member of the number pool that could send it is aside or not verified/);
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

  test('a schedule that falls, or is none, is refused', async () => {
    for (const warm_up of ['100,50', '0', 'soon', '1,'.repeat(61)]) {
      const { status, body } = await server.call('POST', 'Powerpack/', { name: `bad ${warm_up}`, warm_up });
      assert.deepEqual([status, /^warm_up must/.test(body.error)], [400, true]);
    }
  });
});
