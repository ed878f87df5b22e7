// Priorities: transactional messages go before bulk ones of the same number, at its pace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { makePowerpack, seenOf, send, sendOne, stateOf } from '../support/messaging.ts';

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
const many = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}555${String(1000 + index)}`).join('<');

/** Returns when messages were submitted, in seconds since the first of them. */
function secondsOf(ids: readonly string[]): Map<string, number> {
  const seen = seenOf(server, ids);
  const start = seen[0]?.atMs ?? 0;
  return new Map(seen.map(({ reference, atMs }) => [reference, (atMs - start) / secondMs]));
}

const waitOf = async (id: string) => (await server.call('GET', `Message/${id}/Explain/`)).body.wait_seconds;

test('a transactional message goes before a campaign that waits for the same number, without breaking its pace', async () => {
  const { uuid } = await makePowerpack(server, 'campaign', ['12015550100'], {
    settings: { message_priority: 'bulk' },
  });
  const campaign = await send(server, { powerpack_uuid: uuid, dst: many(201, 30) });
  await server.advance(2500);
  const code = await sendOne(server, { powerpack_uuid: uuid, dst: '12015552001', priority: 'transactional' });
  assert.equal(await waitOf(code), 0);
  await server.advance(60 * secondMs);
  const seconds = secondsOf([...campaign, code]);
  assert.equal(seconds.get(code), 3);
  assert.deepEqual(
    [...seconds.values()],
    Array.from({ length: 31 }, (_, index) => index),
  );
});

test('a stream of transactional messages lets a bulk message through every tenth time', async () => {
  const { uuid } = await makePowerpack(server, 'stream', ['12025550100']);
  const stream = await send(server, { powerpack_uuid: uuid, dst: many(202, 40) });
  const bulk = await send(server, { powerpack_uuid: uuid, dst: many(203, 3), priority: 'bulk' });
  assert.equal(await waitOf(bulk[0] ?? ''), 40);
  await server.advance(120 * secondMs);
  const seconds = secondsOf([...stream, ...bulk]);
  assert.deepEqual(
    bulk.map((id) => seconds.get(id)),
    [40, 41, 42],
    'their slots come after all that was there',
  );
  const later = await send(server, { powerpack_uuid: uuid, dst: many(204, 3), priority: 'bulk' });
  const urgent = await send(server, { powerpack_uuid: uuid, dst: many(205, 40) });
  await server.advance(120 * secondMs);
  const turns = secondsOf([...later, ...urgent]);
  const bulkTurns = later.map((id) => turns.get(id));
  // The first may go while there is nothing else, or wait for its tenth turn.
  const first = bulkTurns[0] === 0 ? 0 : 9;
  assert.deepEqual(bulkTurns, [first, first + 10, first + 20]);
  for (const id of [...later, ...urgent]) assert.equal(await stateOf(server, id), 'delivered 000');
});

test('priority survives a restart, and a bulk message that would come too late is told at once', async () => {
  const { uuid } = await makePowerpack(server, 'restart', ['12065550100']);
  const first = await send(server, { powerpack_uuid: uuid, dst: many(206, 5), priority: 'bulk' });
  const late = await sendOne(server, {
    powerpack_uuid: uuid,
    dst: '12065553001',
    priority: 'bulk',
    message_expiry: 5,
  });
  assert.equal(await stateOf(server, late), 'failed 420');
  await server.advance(100);
  const code = await sendOne(server, { powerpack_uuid: uuid, dst: '12065552001' });
  const before = server;
  await server.stop();
  server = await startTestApp({}, place);
  await server.advance(30 * secondMs);
  const order = [...seenOf(before, [...first, code]), ...seenOf(server, [...first, code])].map(
    ({ reference }) => reference,
  );
  assert.deepEqual(order, [first[0], code, ...first.slice(1)]);
});

test('a priority that is none is refused by name', async () => {
  const refused = await server.call('POST', 'Message/', {
    src: '12065550100',
    dst: '12065552002',
    text: 'a',
    priority: 'high',
  });
  assert.equal(refused.status, 400);
  assert.match(refused.body.error, /priority must be one of transactional, bulk/);
});
