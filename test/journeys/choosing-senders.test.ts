// Which number of a powerpack a person hears from: the same one, a near one, one of the preferred kind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  addRule,
  makePowerpack,
  readMessage,
  send,
  sendOne,
  sendText,
  stateOf,
} from '../support/messaging.ts';

let server: TestApp;
before(async () => {
  server = await startTestApp();
});
after(() => server.stop());

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** Sends through a powerpack and answers from which number. */
async function senderFor(powerpack: { uuid: string }, dst: string, fields: object = {}): Promise<string> {
  const id = await sendOne(server, { powerpack_uuid: powerpack.uuid, dst, ...fields });
  return (await readMessage(server, id)).from_number;
}

const ruleOf = async (id: string) => (await server.call('GET', `Message/${id}/Explain/`)).body.rule;

test('a person keeps hearing from one number while no silence lasts fifteen days', async () => {
  const pack = await makePowerpack(server, 'sticky', ['12015550100', '12015550101', '12015550102']);
  const [dst, other] = ['12015550150', '12015550151'];
  const first = await senderFor(pack, dst);
  // The others are less busy by now, and would be chosen.
  assert.equal(await senderFor(pack, dst), first);
  assert.notEqual(await senderFor(pack, other), first);
  await server.advance(15 * dayMs - minuteMs);
  assert.equal(await senderFor(pack, dst), first, 'a minute less than fifteen days');
  await send(server, { powerpack_uuid: pack.uuid, dst: '12015550152<12015550153' });
  await server.advance(15 * dayMs - minuteMs);
  assert.equal(await senderFor(pack, dst), first, 'every message makes it young again');
});

test('a person whose mapping is older than fifteen days gets a new one', async () => {
  const pack = await makePowerpack(server, 'sticky expiry', ['12025550100', '12025550101']);
  const dst = '12025550150';
  const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(15 * dayMs - minuteMs);
  const second = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(15 * dayMs + minuteMs);
  const third = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  assert.deepEqual(
    [await ruleOf(id), await ruleOf(second), await ruleOf(third)],
    ['least_busy', 'sticky', 'least_busy'],
  );
});

test('a number that leaves the pool sends no more, and keeps no mapping', async () => {
  const pack = await makePowerpack(server, 'leaving', ['12035550100', '12035550101']);
  const dst = '12035550150';
  const first = await senderFor(pack, dst);
  await server.call('DELETE', `NumberPool/${pack.pool}/Number/${first}/`);
  const second = await senderFor(pack, dst);
  assert.notEqual(second, first);
  await server.call('POST', `NumberPool/${pack.pool}/Number/${first}/`, {});
  assert.equal(await senderFor(pack, dst), second, 'its return changes nothing');
});

test('without sticky sender, the member that is free first sends', async () => {
  const numbers = ['12055550100', '12055550101', '12055550102'];
  const pack = await makePowerpack(server, 'not sticky', numbers, { settings: { sticky_sender: false } });
  const senders = [];
  for (let time = 0; time < 3; time++) senders.push(await senderFor(pack, '12055550150'));
  assert.deepEqual(senders.sort(), numbers);
});

test('a person who writes first is answered from the number that they wrote to', async () => {
  const pack = await makePowerpack(server, 'writes first', ['12065550100', '12065550101', '12065550102']);
  await sendText(server, '12065550150', '12065550102', 'hi there');
  assert.equal(await senderFor(pack, '12065550150'), '12065550102');
});

test('local connect prefers the area code, then the state, then the country', async () => {
  // 415 and 510 are in California, 212 in New York, 604 in British Columbia.
  const pack = await makePowerpack(server, 'local', [
    '12125550100',
    '14155550100',
    '15105550100',
    '16045550100',
  ]);
  assert.equal(await senderFor(pack, '15105550150'), '15105550100', 'the same area code');
  assert.equal(await senderFor(pack, '16505550150'), '14155550100', 'the same state: the least busy of it');
  assert.equal(await senderFor(pack, '16045550150'), '16045550100');
  assert.equal(await senderFor(pack, '15145550150'), '16045550100', 'the same country');
  await server.call('POST', `Powerpack/${pack.uuid}/`, { local_connect: false });
  assert.equal(await senderFor(pack, '15105550151'), '12125550100', 'off: who is free first');
});

test('number priority decides between long codes, toll-free numbers and short codes', async () => {
  const pack = await makePowerpack(server, 'priority', ['13105550100', '18005550100']);
  await server.call('POST', `NumberPool/${pack.pool}/Shortcode/72345/`, { country_iso2: 'US' });
  assert.equal(await senderFor(pack, '13105550150'), '72345', 'short codes come first at the beginning');
  const mms = { type: 'mms', media_urls: ['https://example.com/a.png'] };
  assert.equal(await senderFor(pack, '13105550151', mms), '13105550100', 'no short code carries pictures');
  assert.equal(await senderFor(pack, '16045550151'), '13105550100', 'a US short code stays in the US');
  const number_priority = [
    { service_type: 'SMS', country_iso: 'US', priority: { priority1: 'tollfree', priority2: 'longcode' } },
  ];
  await server.call('POST', `Powerpack/${pack.uuid}/`, { number_priority });
  assert.equal(await senderFor(pack, '13105550152'), '18005550100');
});

test('a picture for a person mapped to a number for texts comes from another number, and the mapping stays', async () => {
  const pack = await makePowerpack(server, 'texts and pictures', ['13125550100']);
  await server.call('POST', `NumberPool/${pack.pool}/Number/13125550101/`, { rent: 'true', service: 'sms' });
  const dst = '13125550150';
  await server.call('DELETE', `NumberPool/${pack.pool}/Number/13125550100/`);
  assert.equal(await senderFor(pack, dst), '13125550101');
  await server.call('POST', `NumberPool/${pack.pool}/Number/13125550100/`, { service: 'mms' });
  const mms = { type: 'mms', media_urls: ['https://example.com/a.png'] };
  assert.equal(await senderFor(pack, dst, mms), '13125550100');
  assert.equal(await senderFor(pack, dst), '13125550101');
});

test('one request to thousands of segments goes past a number that has sent its share of the day', async () => {
  const pack = await makePowerpack(server, 'share of the day', ['12145550100', '16045550101']);
  const sendMany = (from: number) => {
    const dst = Array.from({ length: 100 }, (_, index) => `1214555${String(from + index).padStart(4, '0')}`);
    return send(server, { powerpack_uuid: pack.uuid, dst: dst.join('<'), text: 'x'.repeat(300) });
  };
  const senderOf = async (id: string | undefined) => (await readMessage(server, id ?? '')).from_number;
  const first = await sendMany(1000);
  assert.equal(
    await senderOf(first.at(-1)),
    '12145550100',
    'near, and 200 segments are not reached before it',
  );
  assert.equal(await senderOf((await sendMany(2000))[0]), '16045550101');
});

test('a number whose messages do not arrive is not chosen', async () => {
  const pack = await makePowerpack(server, 'health', ['12175550100', '12185550100'], {
    settings: { sticky_sender: false },
  });
  addRule(server, '1217*', { report: 'undelivered', errorCode: 80 });
  const dst = Array.from({ length: 50 }, (_, index) => `121755501${String(index).padStart(2, '0')}`)
    .filter((number) => number !== '12175550100')
    .concat('12175550199');
  const ids = await send(server, { powerpack_uuid: pack.uuid, dst: dst.join('<') });
  await server.advance(2 * minuteMs);
  assert.equal(await stateOf(server, ids[0] ?? ''), 'undelivered 80');
  assert.equal(await senderFor(pack, '12175550198'), '12185550100');
});
