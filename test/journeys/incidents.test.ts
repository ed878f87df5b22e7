// Incidents as their account sees them: opened, lasting through a restart, ended, once among several servers.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { makePowerpack, sendOne } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let place: TestPlace;
let catcher: WebhookCatcher;
let servers: TestApp[];
beforeEach(async () => {
  place = await openTestPlace();
  catcher = await startWebhookCatcher();
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  await catcher.close();
  await place.db.close();
});

async function start(): Promise<TestApp> {
  const server = await startTestApp({ RUCKSACK_PACING: 'unlimited' }, place);
  servers.push(server);
  return server;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of an incident is what these tests are about
async function incidentsOf(server: TestApp, query = ''): Promise<any[]> {
  const { status, body, text } = await server.call('GET', `Incident/${query}`);
  assert.equal(status, 200, text);
  return body.objects;
}

/** Makes calls to a URL fail. */
async function fail(server: TestApp, messages = 3): Promise<void> {
  catcher.answer = { status: 503 };
  const { body } = await server.call('GET', 'Powerpack/');
  const uuid = body.objects[0]?.uuid ?? (await makePowerpack(server, 'shop', ['12025550101'])).uuid;
  for (let count = 0; count < messages; count++)
    await sendOne(server, { powerpack_uuid: uuid, dst: '12125550199', url: `${catcher.url}/status` });
  await server.advance(2 * minuteMs);
}

test('a URL that fails is an incident until its calls are delivered', async () => {
  const server = await start();
  await fail(server);
  const [open, ...others] = await incidentsOf(server);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [open.kind, open.subject, open.began_at, open.ended_at],
    ['webhook_url', `${catcher.url}/status`, '2026-03-14T09:26:53.589000Z', null],
  );
  assert.match(open.sentence, /^\d+ of \d+ callbacks of an hour failed at http/);
  assert.deepEqual(await incidentsOf(server, '?state=ended'), []);
  assert.deepEqual(await incidentsOf(server, '?kind=number'), []);

  catcher.answer = { status: 200 };
  for (let minute = 0; minute < 70; minute++) await server.advance(minuteMs);
  const [ended] = await incidentsOf(server, '?state=ended&kind=webhook_url');
  assert.equal(ended.incident_id, open.incident_id);
  assert.ok(ended.ended_at > open.began_at);
  assert.ok(ended.affected >= open.affected);
});

test('one that lasts goes on after a restart; one that is over ended when it was seen last', async () => {
  const first = await start();
  await fail(first);
  const [open] = await incidentsOf(first);
  await first.stop();
  servers = [];
  const second = await start();
  await second.advance(minuteMs);
  assert.deepEqual(
    (await incidentsOf(second)).map(({ incident_id: id, ended_at: end }) => [id, end]),
    [[open.incident_id, null]],
  );
  const seenAt = place.clock.now();
  await second.stop();
  servers = [];
  await place.db.query('delete from webhook_calls');
  place.clock.set(new Date(seenAt.getTime() + 30 * minuteMs));
  const third = await start();
  await third.advance(minuteMs);
  const [ended] = await incidentsOf(third);
  assert.equal(ended.incident_id, open.incident_id);
  assert.ok(new Date(ended.ended_at) <= seenAt, ended.ended_at);
});

test('two servers make one incident of one trouble, and two of two that are apart', async () => {
  const [one] = [await start(), await start()];
  await fail(one);
  assert.equal((await incidentsOf(one)).length, 1);
  await place.db.query('delete from webhook_calls');
  for (let minute = 0; minute < 5; minute++) await one.advance(minuteMs);
  await fail(one);
  const found = await incidentsOf(one);
  assert.deepEqual(
    found.map(({ ended_at: end }) => end === null),
    [true, false],
  );
  const { body: first } = await one.call('GET', 'Incident/?limit=1');
  const { body: second } = await one.call('GET', first.meta.next);
  assert.deepEqual(
    [first.objects[0].incident_id, second.objects[0].incident_id, second.meta.next],
    [found[0].incident_id, found[1].incident_id, null],
  );
});

test('incidents are of the main account, and of no other', async () => {
  const server = await start();
  await fail(server);
  const made = await server.call('POST', 'Subaccount/', { name: 'part', enabled: true });
  const part = { authId: made.body.auth_id, authToken: made.body.auth_token };
  assert.equal((await server.call('GET', 'Incident/', undefined, { as: part })).status, 404);
  const other = await server.makeAccount('other');
  assert.deepEqual((await server.call('GET', 'Incident/', undefined, { as: other })).body.objects, []);
  const wrong = await server.call('GET', 'Incident/?state=over');
  assert.equal(wrong.status, 400);
  assert.match(wrong.body.error, /state/);
});

test('an incident is kept for 90 days after its end', async () => {
  const server = await start();
  await fail(server);
  await place.db.query('delete from webhook_calls');
  for (let minute = 0; minute < 5; minute++) await server.advance(minuteMs);
  await server.advance(89 * dayMs);
  assert.equal((await incidentsOf(server)).length, 1);
  await server.advance(2 * dayMs);
  assert.deepEqual(await incidentsOf(server), []);
});
