// Quiet hours of powerpacks: nothing is sent in them, whatever else is asked for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isQuiet, parseQuietHours } from '../../src/powerpacks/quiet-hours.ts';
import { timeZonesOf } from '../../src/telecom/time-zones.ts';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { historyOf, makePowerpack, seenOf, send, sendOne, sendText, stateOf } from '../support/messaging.ts';

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

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const quiet = { settings: { quiet_hours: '21:00-08:00' } };

/** Moves the clock on to a moment. */
const goTo = (moment: string) => server.advance(new Date(moment).getTime() - place.clock.now().getTime());

/** Returns when messages were submitted. */
const sentAt = (ids: readonly string[]) =>
  seenOf(server, ids).map(({ atMs }) => new Date(atMs).toISOString());

test('a message in the quiet hours of its recipient waits until they end there', async () => {
  const { uuid } = await makePowerpack(server, 'night', ['12125550100'], quiet);
  await goTo('2026-03-16T02:00:00Z');
  const eastern = await sendOne(server, { powerpack_uuid: uuid, dst: '12125551001' });
  const dryRun = await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst: '12125551001' });
  assert.deepEqual(dryRun.body.warnings, [
    'It would wait until 2026-03-16T12:00:00.000Z: quiet hours 21:00-08:00 in America/New_York.',
  ]);
  const pacific = await sendOne(server, { powerpack_uuid: uuid, dst: '12135551001' });
  assert.deepEqual((await historyOf(server, eastern)).slice(1), [
    'scheduled: it waits until 2026-03-16T12:00:00.000Z: quiet hours 21:00-08:00 in America/New_York',
  ]);
  assert.deepEqual(
    (await server.call('GET', 'Message/Scheduled/')).body.objects.map(
      (one: { reason: string }) => one.reason,
    ),
    ['quiet_hours'],
  );
  await goTo('2026-03-16T12:01:00Z');
  assert.deepEqual(sentAt([pacific]), ['2026-03-16T02:00:00.000Z'], 'it was seven in the evening there');
  assert.deepEqual(sentAt([eastern]), ['2026-03-16T12:00:00.000Z']);
});

test('where a prefix lies in several zones the strictest counts, and the history says so', async () => {
  const { uuid } = await makePowerpack(server, 'border', ['12085550100'], quiet);
  await goTo('2026-03-17T14:30:00Z');
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12085551001' });
  const [, scheduled] = await historyOf(server, id);
  assert.match(
    scheduled ?? '',
    /2026-03-17T15:00:00.000Z: .* America\/Los_Angeles, of which the strictest counts$/,
  );
});

test('a validity that ends before quiet hours do is told at once; the usual one counts from their end', async () => {
  const { uuid } = await makePowerpack(server, 'valid', ['12125550101'], quiet);
  await goTo('2026-03-18T02:00:00Z');
  const short = await sendOne(server, { powerpack_uuid: uuid, dst: '12125551001', message_expiry: 3600 });
  assert.equal(await stateOf(server, short), 'failed 420');
  assert.match(
    (await historyOf(server, short)).join(),
    /would have kept it until 2026-03-18T12:00:00.000Z, and it expires at 2026-03-18T03:00:00.000Z/,
  );
  const usual = await sendOne(server, { powerpack_uuid: uuid, dst: '12125551002' });
  await goTo('2026-03-18T12:00:10Z');
  assert.equal(await stateOf(server, usual), 'delivered 000');
});

test('send_at in quiet hours waits for their end too', async () => {
  const { uuid } = await makePowerpack(server, 'both', ['12125550102'], quiet);
  await goTo('2026-03-18T16:00:00Z');
  const id = await sendOne(server, {
    powerpack_uuid: uuid,
    dst: '12125551001',
    send_at: '2026-03-18T23:30:00-04:00',
  });
  await goTo('2026-03-19T12:00:10Z');
  assert.deepEqual(sentAt([id]), ['2026-03-19T12:00:00.000Z']);
});

test('messages whose turn would come in quiet hours wait, and go on at their pace afterwards', async () => {
  const { uuid } = await makePowerpack(server, 'queue', ['12125550103'], quiet);
  await goTo('2026-03-20T00:59:57Z');
  const dst = Array.from({ length: 6 }, (_, index) => `1212555${1000 + index}`).join('<');
  const ids = await send(server, { powerpack_uuid: uuid, dst });
  await goTo('2026-03-20T12:01:00Z');
  assert.deepEqual(sentAt(ids), [
    '2026-03-20T00:59:57.000Z',
    '2026-03-20T00:59:58.000Z',
    '2026-03-20T00:59:59.000Z',
    '2026-03-20T12:00:00.000Z',
    '2026-03-20T12:00:01.000Z',
    '2026-03-20T12:00:02.000Z',
  ]);
});

test('messages that are late because the server was away are kept back when it comes back in quiet hours', async () => {
  const { uuid } = await makePowerpack(server, 'late', ['12125550104'], quiet);
  await goTo('2026-03-20T23:00:00Z');
  const dst = Array.from({ length: 4 }, (_, index) => `1212555${2000 + index}`).join('<');
  const ids = await send(server, { powerpack_uuid: uuid, dst });
  await server.advance(1500);
  const before = server;
  await server.stop();
  place.clock.set(new Date('2026-03-21T01:30:00Z'));
  server = await startTestApp({}, place);
  await server.advance(hourMs);
  assert.deepEqual(sentAt(ids), []);
  await goTo('2026-03-21T12:01:00Z');
  const all = [...seenOf(before, ids), ...seenOf(server, ids)];
  assert.equal(all.length, 4);
  for (const id of ids) assert.equal(await stateOf(server, id), 'delivered 000');
});

test('answers to a person who has just written go at any hour', async () => {
  await makePowerpack(server, 'answers', ['12125550105'], quiet);
  await goTo('2026-03-22T03:00:00Z');
  await sendText(server, '12125553001', '12125550105', 'STOP');
  await server.advance(5 * secondMs);
  const answered = server.app.simulator.records.submissions
    .newestFirst()
    .filter(({ submission }) => submission.destination === '12125553001');
  assert.equal(answered.length, 1);
});

test("an application's confirmation of a STOP goes at any hour, and what follows it fails", async () => {
  const { uuid } = await makePowerpack(server, 'confirmed', ['12125550106'], quiet);
  await goTo('2026-03-23T03:00:00Z');
  const fields = { powerpack_uuid: uuid, dst: '12125553002' };
  await sendText(server, fields.dst, '12125550106', 'STOP');
  await server.advance(minuteMs);
  const confirmation = await sendOne(server, fields);
  const another = await sendOne(server, fields);
  await server.advance(10 * secondMs);
  assert.deepEqual(
    [await stateOf(server, confirmation), await stateOf(server, another)],
    ['delivered 000', 'failed 200'],
  );
});

for (const text of ['9-17', '21:00-21:00', '06:00-23:00', 'always']) {
  test(`quiet hours "${text}" are refused by name`, async () => {
    const refused = await server.call('POST', 'Powerpack/', { name: `refused ${text}`, quiet_hours: text });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, /^quiet_hours must be two times of day/);
  });
}

test('quiet hours are read, changed and taken away', async () => {
  const { uuid } = await makePowerpack(server, 'changed', [], quiet);
  assert.equal((await server.call('GET', `Powerpack/${uuid}/`)).body.quiet_hours, '21:00-08:00');
  await server.call('POST', `Powerpack/${uuid}/`, { quiet_hours: '22:00-07:00' });
  assert.equal((await server.call('GET', `Powerpack/${uuid}/`)).body.quiet_hours, '22:00-07:00');
  await server.call('POST', `Powerpack/${uuid}/`, { quiet_hours: 'none' });
  assert.equal((await server.call('GET', `Powerpack/${uuid}/`)).body.quiet_hours, 'none');
});

test('over days, with send_at, validities, paces and sticky senders, nothing goes in quiet hours, too early, too late or too quickly', async () => {
  const numbers = ['12155550100', '12155550101'];
  const { uuid } = await makePowerpack(server, 'property', numbers, quiet);
  const hours = parseQuietHours('21:00-08:00');
  assert.ok(hours);
  const areas = ['212', '213', '312', '303', '808', '208'];
  let seed = 7;
  const draw = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  const asked = new Map<string, { dst: string; notBefore: number; validity: number | undefined }>();
  for (let round = 0; round < 60; round++) {
    const now = place.clock.now().getTime();
    const dst = `1${areas[draw(areas.length)]}555${1000 + draw(5)}`;
    const sendAt = draw(3) === 0 ? now + (1 + draw(40)) * 30 * minuteMs : undefined;
    const validity = draw(3) === 0 ? 60 * (1 + draw(170)) : undefined;
    const id = await sendOne(server, {
      powerpack_uuid: uuid,
      dst,
      text: 'x'.repeat(1 + draw(300)),
      ...(sendAt === undefined ? {} : { send_at: new Date(sendAt).toISOString() }),
      ...(validity === undefined ? {} : { message_expiry: validity }),
    });
    asked.set(id, { dst, notBefore: sendAt ?? now, validity });
    if (draw(3) === 0) await server.advance(draw(50) * 10 * minuteMs);
  }
  await server.advance(48 * hourMs);
  const seen = seenOf(server, [...asked.keys()]);
  for (const { reference, atMs, sender } of seen) {
    const request = asked.get(reference);
    assert.ok(request);
    const at = new Date(atMs);
    assert.ok(!isQuiet(hours, timeZonesOf(request.dst), at), `${request.dst} at ${at.toISOString()}`);
    assert.ok(atMs >= request.notBefore);
    if (request.validity !== undefined) assert.ok(atMs < request.notBefore + request.validity * secondMs);
    const next = seen.find((other) => other.sender === sender && other.atMs > atMs);
    const segments = seen.find((one) => one.reference === reference)?.segments ?? 1;
    if (next !== undefined) assert.ok(next.atMs - atMs >= segments * secondMs);
  }
  for (const [id, { validity }] of asked) {
    const state = await stateOf(server, id);
    assert.ok(
      state === 'delivered 000' || (state === 'failed 420' && validity !== undefined),
      `${id} ${state}`,
    );
  }
  const sendersOf = new Map<string, Set<string>>();
  for (const { destination, sender } of seen)
    sendersOf.set(destination, new Set([...(sendersOf.get(destination) ?? []), sender]));
  for (const [destination, senders] of sendersOf)
    assert.equal(senders.size, 1, `${destination} has one sender`);
});
