// Messages that are sent later, and messages that wait and are cancelled.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { serverUrl } from '../support/database.ts';
import {
  historyOf,
  makePowerpack,
  readMessage,
  seenOf,
  send,
  sendOne,
  sendText,
  stateOf,
} from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

let place: TestPlace;
let server: TestApp;
let catcher: WebhookCatcher;
before(async () => {
  place = await openTestPlace();
  server = await startTestApp({}, place);
  catcher = await startWebhookCatcher();
});
after(async () => {
  await server.stop();
  await catcher.close();
  await place.db.close();
});

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Returns the moment in so many milliseconds, as a request writes it. */
const inMs = (ms: number) => new Date(place.clock.now().getTime() + ms).toISOString();

const many = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}555${String(1000 + index)}`).join('<');

test('a message with send_at is sent at that moment, and not before', async () => {
  const { uuid } = await makePowerpack(server, 'later', ['12015550100']);
  const at = inMs(2 * hourMs);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12015551001', send_at: at });
  assert.equal(await stateOf(server, id), 'queued');
  const explained = await server.call('GET', `Message/${id}/Explain/`);
  assert.equal(explained.body.waiting, `it is scheduled for ${at}, as its request asked`);
  const listed = await server.call('GET', 'Message/Scheduled/');
  assert.deepEqual(
    listed.body.objects.map((one: Record<string, string>) => [one.message_uuid, one.reason, one.to_number]),
    [[id, 'request', '12015551001']],
  );
  await server.advance(2 * hourMs - secondMs);
  assert.deepEqual(seenOf(server, [id]), []);
  await server.advance(secondMs);
  const [seen] = seenOf(server, [id]);
  assert.equal(seen && new Date(seen.atMs).toISOString(), at);
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  assert.deepEqual((await server.call('GET', 'Message/Scheduled/')).body.objects, []);
});

test('the sender of a scheduled message is chosen again when its moment comes', async () => {
  const { uuid, pool } = await makePowerpack(server, 'moved', ['12025550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12025551001', send_at: inMs(hourMs) });
  assert.equal((await readMessage(server, id)).from_number, '12025550100');
  const body = { rent: 'true', service: 'mms' };
  await server.call('POST', `NumberPool/${pool}/Number/12025550101/`, body);
  await server.call('DELETE', `NumberPool/${pool}/Number/12025550100/`, { unrent: 'true' });
  await server.advance(hourMs + 10 * secondMs);
  assert.equal((await readMessage(server, id)).from_number, '12025550101');
  assert.equal(await stateOf(server, id), 'delivered 000');
});

test('smart encoding that is switched on meanwhile leaves the text and the segments of a scheduled message as they were told', async () => {
  const { uuid } = await makePowerpack(server, 'smart', ['12025550102']);
  const text = `\u201c${'x'.repeat(80)}\u201d`;
  const fields = { powerpack_uuid: uuid, text, send_at: inMs(hourMs) };
  const [id, next] = [
    await sendOne(server, { ...fields, dst: '12025551003' }),
    await sendOne(server, { ...fields, dst: '12025551004' }),
  ];
  assert.equal((await readMessage(server, id)).units, 2);
  await server.call('POST', `Powerpack/${uuid}/`, { smart_encoding: true });
  await server.advance(hourMs + 30 * secondMs);
  const seen = seenOf(server, [id, next]);
  assert.deepEqual(
    seen.map((one) => one.text),
    [text, text],
  );
  assert.equal((await readMessage(server, id)).units, 2);
  assert.equal((seen[1]?.atMs ?? 0) - (seen[0]?.atMs ?? 0), 2000, 'the pace is that of two segments');
});

test('a scheduled message whose powerpack is deleted meanwhile fails, and says why', async () => {
  const { uuid } = await makePowerpack(server, 'deleted', ['12035550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12035551001', send_at: inMs(hourMs) });
  await server.call('DELETE', `Powerpack/${uuid}/`);
  await server.advance(hourMs);
  assert.equal(await stateOf(server, id), 'failed 40');
  assert.ok((await historyOf(server, id)).includes('failed: powerpack not found'));
});

test('scheduled messages of one moment keep to the pace of their number, and a validity counts from then', async () => {
  const { uuid } = await makePowerpack(server, 'together', ['12055550100']);
  const fields = { powerpack_uuid: uuid, dst: many(205, 6), send_at: inMs(hourMs), message_expiry: 5 };
  const ids = await send(server, fields);
  await server.advance(hourMs + 30 * secondMs);
  const seen = seenOf(server, ids);
  assert.deepEqual(
    seen.slice(1).map(({ atMs }, index) => atMs - (seen[index]?.atMs ?? 0)),
    [1000, 1000, 1000, 1000],
  );
  const states = [];
  for (const id of ids) states.push(await stateOf(server, id));
  assert.deepEqual(states.toSorted().slice(4), ['delivered 000', 'failed 420']);
});

test('a person who says STOP meanwhile gets no scheduled message', async () => {
  const { uuid } = await makePowerpack(server, 'stopped', ['12065550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12065551001', send_at: inMs(hourMs) });
  const added = await server.call('POST', 'OptOut/', {
    destinations: '12065551001',
    scope: 'account',
    reason: 'asked',
  });
  assert.ok(added.status < 300, added.text);
  await server.advance(hourMs + secondMs);
  assert.equal(await stateOf(server, id), 'failed 200');
});

test('a scheduled message is no confirmation of a STOP just before its moment, and leaves that to another', async () => {
  const person = '12065552001';
  const { uuid } = await makePowerpack(server, 'stopped late', ['12065550101']);
  await sendOne(server, { powerpack_uuid: uuid, dst: person });
  const promo = await sendOne(server, { powerpack_uuid: uuid, dst: person, send_at: inMs(hourMs) });
  await server.advance(hourMs - minuteMs);
  await sendText(server, person, '12065550101', 'STOP');
  const timed = await sendOne(server, { powerpack_uuid: uuid, dst: person, send_at: inMs(2 * minuteMs) });
  await server.advance(minuteMs + secondMs);
  assert.deepEqual(
    [await stateOf(server, promo), await stateOf(server, timed)],
    ['failed 200', 'failed 200'],
  );
  const confirmation = await sendOne(server, { powerpack_uuid: uuid, dst: person });
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, confirmation), 'delivered 000');
});

test('scheduled messages survive a stop of the server, and a late start sends those that are still valid', async () => {
  const { uuid } = await makePowerpack(server, 'restarted', ['12075550100']);
  const fields = { powerpack_uuid: uuid, send_at: inMs(hourMs) };
  const valid = await sendOne(server, { ...fields, dst: '12075551001', message_expiry: 7200 });
  const expired = await sendOne(server, { ...fields, dst: '12075551002', message_expiry: 60 });
  await server.stop();
  place.clock.set(new Date(place.clock.now().getTime() + 2 * hourMs));
  server = await startTestApp({}, place);
  await server.advance(10 * secondMs);
  assert.deepEqual(
    [await stateOf(server, valid), await stateOf(server, expired)],
    ['delivered 000', 'failed 420'],
  );
});

for (const [text, sentence] of [
  ['2027-03-01T09:00:00', /send_at must be a time with its zone/],
  ['tomorrow', /send_at must be a time with its zone/],
  ['2026-02-30T09:00:00Z', /send_at must be a time/],
  ['2020-01-01T00:00:00Z', /send_at must be in the future/],
] as const) {
  test(`send_at ${text} is refused`, async () => {
    const { uuid } = await makePowerpack(server, `refused ${text}`, []);
    const refused = await server.call('POST', 'Message/', {
      powerpack_uuid: uuid,
      dst: '12085551001',
      text: 'a',
      send_at: text,
    });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, sentence);
  });
}

test('send_at may be 35 days ahead, with any offset, and no more', async () => {
  const { uuid } = await makePowerpack(server, 'far', ['12085550100']);
  const fields = { powerpack_uuid: uuid, dst: '12085551001', text: 'a' };
  const refused = await server.call('POST', 'Message/', { ...fields, send_at: inMs(35 * dayMs + secondMs) });
  assert.match(refused.body.error, /at most 35 days ahead/);
  const local = new Date(place.clock.now().getTime() + 34 * dayMs - 5 * hourMs)
    .toISOString()
    .replace('Z', '-05:00');
  const id = await sendOne(server, { ...fields, send_at: local });
  await server.advance(34 * dayMs + 10 * secondMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  await server.advance(6 * dayMs);
  assert.equal((await server.call('GET', `Message/${id}/Explain/`)).body.text, 'a');
  await server.advance(2 * dayMs);
  assert.equal(
    (await server.call('GET', `Message/${id}/Explain/`)).body.text,
    null,
    'texts are kept for seven days',
  );
});

test('a scheduled message is cancelled: it fails with code 430, its callback says so, and it is never sent', async () => {
  const { uuid } = await makePowerpack(server, 'cancelled', ['12095550100']);
  const url = `${catcher.url}/cancelled`;
  const fields = { powerpack_uuid: uuid, dst: '12095551001', send_at: inMs(hourMs), url };
  const id = await sendOne(server, fields);
  const cancelled = await server.call('POST', `Message/${id}/Cancel/`);
  assert.equal(cancelled.status, 200, cancelled.text);
  assert.equal((await server.call('POST', `Message/${id}/Cancel/`)).status, 200, 'a repeat changes nothing');
  await server.advance(2 * hourMs);
  assert.equal(await stateOf(server, id), 'failed 430');
  assert.equal((await readMessage(server, id)).error_message, 'Message cancelled');
  assert.deepEqual(seenOf(server, [id]), []);
  const told = catcher.calls.filter(({ url: called }) => called.endsWith('/cancelled'));
  assert.deepEqual(
    told.map(({ parameters }) => [parameters.Status, parameters.ErrorCode]),
    [
      ['queued', ''],
      ['failed', '430'],
    ],
  );
});

test('messages that wait for their number are cancelled, the others go, and the number is free again', async () => {
  const { uuid } = await makePowerpack(server, 'paced', ['12105550100']);
  const ids = await send(server, { powerpack_uuid: uuid, dst: many(210, 6) });
  await server.advance(1500);
  const [, , third] = ids;
  assert.ok(third);
  assert.equal((await server.call('POST', `Message/${third}/Cancel/`)).status, 200);
  const refused = await server.call('POST', `Message/${ids[0]}/Cancel/`);
  assert.equal(refused.status, 409);
  assert.match(refused.body.error, /^the message can no longer be cancelled: it is (sent|delivered)$/);
  const rest = await server.call('POST', 'Message/Cancel/', { powerpack_id: uuid });
  assert.deepEqual([rest.body.cancelled, rest.body.complete], [3, true]);
  const next = await sendOne(server, { powerpack_uuid: uuid, dst: '12105552001' });
  await server.advance(30 * secondMs);
  const wait = (await server.call('GET', `Message/${next}/Explain/`)).body.wait_seconds;
  assert.ok(wait <= 1, `${wait} s`);
  assert.equal(seenOf(server, [...ids, next]).length, 3);
});

test('many are cancelled by filter, a thousand at a time, and the answer says what is left', async () => {
  const { uuid } = await makePowerpack(server, 'campaign', ['12125550100']);
  const other = await sendOne(server, { src: '12125550100', dst: '13125551001', send_at: inMs(hourMs) });
  for (let from = 0; from < 1200; from += 600) {
    const dst = Array.from({ length: 600 }, (_, index) => `1212666${String(1000 + from + index)}`).join('<');
    await send(server, { powerpack_uuid: uuid, dst, send_at: inMs(hourMs) });
  }
  const none = await server.call('POST', 'Message/Cancel/', {});
  assert.equal(none.status, 400);
  const filter = { powerpack_id: uuid, area_code: '212' };
  const first = (await server.call('POST', 'Message/Cancel/', filter)).body;
  const second = (await server.call('POST', 'Message/Cancel/', filter)).body;
  assert.deepEqual(
    [first.cancelled, first.complete, second.cancelled, second.complete, second.under_way],
    [1000, false, 200, true, 0],
  );
  assert.equal(await stateOf(server, other), 'queued');
});

test('another account cancels nothing of ours', async () => {
  const { uuid } = await makePowerpack(server, 'ours', ['12135550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12135551001', send_at: inMs(hourMs) });
  const as = await server.makeAccount();
  assert.equal((await server.call('POST', `Message/${id}/Cancel/`, undefined, { as })).status, 404);
  const all = await server.call('POST', 'Message/Cancel/', { message_state: 'queued' }, { as });
  assert.equal(all.body.cancelled, 0);
  assert.equal(await stateOf(server, id), 'queued');
});

test('an account whose release fails keeps no other waiting, and is released once it can be', async () => {
  const { db } = place;
  const other = await server.makeAccount();
  const { uuid } = await makePowerpack(server, 'released', ['12145550100']);
  const { uuid: failing } = await makePowerpack(server, 'fails', ['12145550101'], { as: other });
  const fields = { dst: '12145551001', send_at: inMs(hourMs) };
  const ours = await sendOne(server, { ...fields, powerpack_uuid: uuid });
  const theirs = await sendOne(server, { ...fields, powerpack_uuid: failing }, other);
  await db.query(
    `create function fail_release() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`,
  );
  await db.query(`create trigger fail_release before update on scheduled_messages for each row
    when (new.account_id = '${other.authId}') execute function fail_release()`);
  await server.advance(hourMs + 20 * secondMs);
  assert.equal(await stateOf(server, ours), 'delivered 000');
  assert.equal(await stateOf(server, theirs, other), 'queued');
  await db.query('drop trigger fail_release on scheduled_messages');
  await server.advance(30 * secondMs);
  assert.equal(await stateOf(server, theirs, other), 'delivered 000');
});

test('messages that are due while another transaction has them are looked for after a second, not without end', {
  skip: serverUrl === undefined && 'the embedded database has a single connection',
}, async () => {
  const { uuid } = await makePowerpack(server, 'held', ['12155550100']);
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12155551001', send_at: inMs(hourMs) });
  await place.db.transaction(async (holder) => {
    await holder.query('select from scheduled_messages where message_id = $1 for update', [id]);
    await server.advance(hourMs + 500);
    assert.equal(await stateOf(server, id), 'queued');
  });
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
});
