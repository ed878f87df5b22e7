// When messages go: each number at its pace and in order, never after they have expired, and not from a number that is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestPlace,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestPlace,
} from '../support/app.ts';
import {
  historyOf,
  makePowerpack,
  readMessage,
  type SeenSubmission,
  seenOf,
  send,
  sendOne,
  stateOf,
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

const secondMs = 1000;
const hourMs = 3600 * secondMs;

/** Returns destinations in one area code, joined as a request needs them. */
const many = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}555${String(1000 + index)}`).join('<');

/** Returns the milliseconds between consecutive submissions. */
const gaps = (seen: readonly SeenSubmission[]) =>
  seen.slice(1).map(({ atMs }, index) => atMs - (seen[index]?.atMs ?? 0));

test('a US long code sends one segment a second, in the order of the requests', async () => {
  const { uuid } = await makePowerpack(server, 'one a second', ['12015550100']);
  const ids = await send(server, { powerpack_uuid: uuid, dst: many(201, 5) });
  const long = await sendOne(server, { powerpack_uuid: uuid, dst: '12015552001', text: 'x'.repeat(400) });
  const last = await sendOne(server, { powerpack_uuid: uuid, dst: '12015552002' });
  const all = [...ids, long, last];
  await server.advance(2500);
  assert.equal(seenOf(server, all).length, 3, 'not all at once');
  await server.advance(20 * secondMs);
  const seen = seenOf(server, all);
  assert.deepEqual(
    seen.map(({ reference }) => reference),
    all,
  );
  // Three segments keep the number busy for three seconds.
  assert.deepEqual(gaps(seen), [1000, 1000, 1000, 1000, 1000, 3000]);
  assert.equal((await server.call('GET', `Message/${last}/Explain/`)).body.wait_seconds, 8);
});

test('Canadian long codes, toll-free numbers and short codes have paces of their own', async () => {
  const canadian = await makePowerpack(server, 'canadian', ['16045550100']);
  const tollfree = await makePowerpack(server, 'tollfree', ['18005550100']);
  const short = await makePowerpack(server, 'short', []);
  await server.call('POST', `NumberPool/${short.pool}/Shortcode/72345/`, { country_iso2: 'US' });
  const slow = await send(server, { powerpack_uuid: canadian.uuid, dst: many(604, 3) });
  const quick = await send(server, { powerpack_uuid: tollfree.uuid, dst: many(202, 3) });
  const quickest = await send(server, { powerpack_uuid: short.uuid, dst: many(202, 3) });
  await server.advance(20 * secondMs);
  assert.deepEqual(gaps(seenOf(server, slow)), [4000, 4000]);
  assert.deepEqual(gaps(seenOf(server, quick)), [40, 40]);
  assert.deepEqual(gaps(seenOf(server, quickest)), [10, 10]);
});

test('messages that waited while the server was down are sent at the same pace, in order, and before later ones', async () => {
  const { uuid } = await makePowerpack(server, 'restarted', ['12055550100']);
  const early = await send(server, { powerpack_uuid: uuid, dst: many(205, 6) });
  await server.advance(1500);
  assert.equal(seenOf(server, early).length, 2);
  await server.stop();
  place.clock.set(new Date(place.clock.now().getTime() + hourMs));

  const before = server;
  server = await startTestApp({}, place);
  const late = await sendOne(server, { powerpack_uuid: uuid, dst: '12055552001' });
  await server.advance(30 * secondMs);
  const seen = [...seenOf(before, early), ...seenOf(server, [...early, late])];
  assert.deepEqual(
    seen.map(({ reference }) => reference),
    [...early, late],
  );
  assert.ok(
    gaps(seen).every((gap) => gap >= secondMs),
    String(gaps(seen)),
  );
  for (const id of [...early, late]) assert.equal(await stateOf(server, id), 'delivered 000');
});

test('a message that would wait too long fails at once, and takes no send slot', async () => {
  const { uuid } = await makePowerpack(server, 'expiring', ['12065550100']);
  const ids = await send(server, { powerpack_uuid: uuid, dst: many(206, 7), message_expiry: 5 });
  const states = [];
  for (const id of ids) states.push(await stateOf(server, id));
  assert.deepEqual(
    states.map((state) => state === 'failed 420'),
    [false, false, false, false, false, true, true],
  );
  const late = (await server.call('GET', `Message/${ids[6]}/Explain/`)).body.history;
  assert.deepEqual(
    late.map(({ event, detail }: { event: string; detail: string }) => [event, detail]).slice(1, 2),
    [['failed', 'it would have waited 5 s for its number, and expires after 5 s']],
  );
  const next = await sendOne(server, { powerpack_uuid: uuid, dst: '12065552001' });
  assert.equal((await server.call('GET', `Message/${next}/Explain/`)).body.wait_seconds, 5);
  await server.advance(10 * secondMs);
  for (const id of [...ids.slice(0, 5), next]) assert.equal(await stateOf(server, id), 'delivered 000');
});

test('a message that expires while it waits fails with 420 and never goes out', async () => {
  const { uuid } = await makePowerpack(server, 'expiring later', ['12075550100']);
  const first = await sendOne(server, { powerpack_uuid: uuid, dst: '12075551001' });
  const hasty = await sendOne(server, { powerpack_uuid: uuid, dst: '12075551002', message_expiry: 60 });
  const patient = await sendOne(server, { powerpack_uuid: uuid, dst: '12075551003' });
  await server.stop();
  place.clock.set(new Date(place.clock.now().getTime() + 2 * 60 * secondMs));
  server = await startTestApp({}, place);
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, first), 'delivered 000');
  assert.equal(await stateOf(server, hasty), 'failed 420');
  assert.equal(seenOf(server, [hasty]).length, 0);
  assert.equal(await stateOf(server, patient), 'delivered 000');
});

test('messages of a deleted powerpack still go out; with its numbers unrented they fail with 40', async () => {
  const kept = await makePowerpack(server, 'deleted', ['12085550100']);
  const gone = await makePowerpack(server, 'deleted and unrented', ['12095550100']);
  const going = await send(server, { powerpack_uuid: kept.uuid, dst: many(208, 3) });
  const failing = await send(server, { powerpack_uuid: gone.uuid, dst: many(209, 3) });
  await server.advance(500);
  const plan = await server.call('GET', `Powerpack/${gone.uuid}/DeletePlan/?unrent_numbers=true`);
  assert.equal(plan.body.queued_messages_failing, 2, plan.text);
  assert.equal((await server.call('DELETE', `Powerpack/${kept.uuid}/`)).status, 204);
  await server.call('DELETE', `Powerpack/${gone.uuid}/`, { unrent_numbers: true });
  await server.advance(10 * secondMs);
  const states = [];
  for (const id of [...going, ...failing]) states.push(await stateOf(server, id));
  assert.deepEqual(states, [
    'delivered 000',
    'delivered 000',
    'delivered 000',
    'delivered 000',
    'failed 40',
    'failed 40',
  ]);
  assert.equal((await readMessage(server, failing[2] ?? '')).powerpack_id, gone.uuid, 'history stays');
  assert.deepEqual(await historyOf(server, failing[2] ?? ''), [
    'accepted',
    'failed: its sender has left the account',
    'failed: Invalid source number',
  ]);
});

test('a number that is unrented while messages wait sends none of them', async () => {
  await server.call('POST', 'PhoneNumber/12105550100/');
  const [first = '', second = ''] = await send(server, { src: '12105550100', dst: many(210, 2) });
  await server.advance(500);
  await server.call('DELETE', 'Number/12105550100/');
  await server.advance(10 * secondMs);
  assert.deepEqual(
    [await stateOf(server, first), await stateOf(server, second)],
    ['delivered 000', 'failed 40'],
  );
  assert.equal(seenOf(server, [second]).length, 0);
});

test('a number that is rented again sends none of its old messages, and new ones at once', async () => {
  await server.call('POST', 'PhoneNumber/12125550100/');
  const before = await send(server, { src: '12125550100', dst: many(212, 100) });
  await server.advance(500);
  await server.call('DELETE', 'Number/12125550100/');
  assert.equal((await server.call('POST', 'PhoneNumber/12125550100/')).status, 201);
  const after = await sendOne(server, { src: '12125550100', dst: '12125552000', message_expiry: 5 });
  await server.advance(3 * secondMs);
  const states = await Promise.all(before.map((id) => stateOf(server, id)));
  assert.deepEqual(new Set(states.slice(1)), new Set(['failed 40']));
  assert.deepEqual(
    seenOf(server, [...before, after]).map(({ reference }) => reference),
    [before[0], after],
  );
});

test('a short code that another account has by now sends none of its old messages', async () => {
  const slow = { sms_per_second: 1 };
  const [mine, kept, theirs] = [
    await makePowerpack(server, 'short code', []),
    await makePowerpack(server, 'short code of Canada', []),
    await server.makeAccount('Theirs'),
  ];
  const attach = (pool: string, country_iso2: string, as?: TestAccount) =>
    server.call('POST', `NumberPool/${pool}/Shortcode/72346/`, { country_iso2, ...slow }, { as });
  await attach(mine.pool, 'US');
  await attach(kept.pool, 'CA');
  const gone = await send(server, { powerpack_uuid: mine.uuid, dst: many(213, 3) });
  const going = await send(server, { powerpack_uuid: kept.uuid, dst: many(416, 3) });
  await server.advance(500);
  for (const { pool } of [mine, kept]) {
    assert.equal((await server.call('DELETE', `NumberPool/${pool}/Shortcode/72346/`)).status, 200);
  }
  const their = await makePowerpack(server, 'theirs', [], { as: theirs });
  assert.equal((await attach(their.pool, 'US', theirs)).status, 200);
  await server.advance(10 * secondMs);
  const states = [];
  for (const id of [...gone, ...going]) states.push(await stateOf(server, id));
  const delivered = 'delivered 000';
  assert.deepEqual(states, [delivered, 'failed 40', 'failed 40', delivered, delivered, delivered]);
});

test('without pacing everything goes at once', async () => {
  const free = await startTestApp({ RUCKSACK_PACING: 'unlimited' });
  try {
    const { uuid } = await makePowerpack(free, 'unlimited', ['12015550100']);
    const ids = await send(free, { powerpack_uuid: uuid, dst: many(201, 100) });
    await free.advance(secondMs);
    const seen = seenOf(free, ids);
    assert.deepEqual(
      seen.map(({ reference }) => reference),
      ids,
      'in order all the same',
    );
    assert.deepEqual(new Set(gaps(seen)), new Set([0]));
  } finally {
    await free.stop();
  }
});
