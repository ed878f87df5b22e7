// Callbacks that failed for good: grouped by their URLs, found by status and number, made again all at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type MadePowerpack, makePowerpack, send } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

let server: TestApp;
let catcher: WebhookCatcher;
let powerpack: MadePowerpack;
before(async () => {
  server = await startTestApp();
  catcher = await startWebhookCatcher();
  powerpack = await makePowerpack(server, 'Shop', ['14155550100']);
  catcher.answer = ({ url }) => ({
    status: url.endsWith('/broken') ? 503 : url.endsWith('/gone') ? 410 : 200,
  });
  for (const [path, dst] of [
    ['broken', '14155550120<14155550121'],
    ['gone', '14155550122'],
    ['well', '14155550123'],
  ] as const) {
    await send(server, { powerpack_uuid: powerpack.uuid, dst, url: `${catcher.url}/${path}` });
    await server.advance(15 * 60_000);
  }
});
after(async () => {
  await server.stop();
  await catcher.close();
});

const failed = async () => (await server.call('GET', 'Webhook/Failed/')).body.objects;

test('failed calls are grouped by URL, with their reasons, the latest first', async () => {
  const [gone, broken, ...others] = await failed();
  assert.deepEqual(others, []);
  assert.equal(gone.url, `${catcher.url}/gone`);
  assert.equal(broken.url, `${catcher.url}/broken`);
  assert.equal(broken.calls, broken.replayable);
  assert.equal(broken.calls, 2 * gone.calls);
  assert.deepEqual(broken.reasons, [{ status: 503, error: 'the answer is not 2xx', calls: broken.calls }]);
  assert.ok(broken.first_queued_on < broken.last_queued_on);
  const newest = await server.call('GET', `Webhook/${broken.newest_replayable}/`);
  assert.equal(newest.body.url, broken.url);
});

test('the log is filtered by URL, status and number', async () => {
  const found = async (query: string) => {
    const { body } = await server.call('GET', `Webhook/?${query}`);
    return new Set(body.objects.map(({ url }: { url: string }) => url.split('/').at(-1)));
  };
  assert.deepEqual(await found('status=410'), new Set(['gone']));
  assert.deepEqual(await found('number=%2B1 415 555 0123'), new Set(['well']));
  assert.deepEqual(await found(`url=${encodeURIComponent(`${catcher.url}/broken`)}`), new Set(['broken']));
  assert.equal((await server.call('GET', 'Webhook/?status=99')).status, 400);
});

test('all failed calls of a URL are made again, and no others', async () => {
  const [, { calls, url }] = await failed();
  catcher.answer = { status: 200 };
  const before = catcher.calls.length;
  const replayed = await server.call('POST', 'Webhook/Failed/Replay/', { url });
  assert.equal(replayed.status, 202, replayed.text);
  assert.equal(replayed.body.calls, calls);
  await server.advance(1000);
  assert.equal(catcher.calls.length - before, calls);
  assert.deepEqual(
    (await failed()).map((one: { url: string }) => one.url),
    [`${catcher.url}/gone`],
  );
  assert.equal((await server.call('POST', 'Webhook/Failed/Replay/', { url })).body.calls, 0);
  assert.equal((await server.call('POST', 'Webhook/Failed/Replay/', {})).status, 400);
});

test('another account and a subaccount see none of them', async () => {
  const stranger = await server.makeAccount();
  const seen = await server.call('GET', 'Webhook/Failed/', undefined, { as: stranger });
  assert.deepEqual(seen.body.objects, []);
  const url = `${catcher.url}/gone`;
  const replayed = await server.call('POST', 'Webhook/Failed/Replay/', { url }, { as: stranger });
  assert.equal(replayed.body.calls, 0);
});
