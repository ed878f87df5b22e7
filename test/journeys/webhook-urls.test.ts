// URLs that are called: how their calls go, pausing and resuming them, and repeating what failed since.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { type MadePowerpack, makePowerpack, send, sendText } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

let place: TestPlace;
let server: TestApp;
let catcher: WebhookCatcher;
let powerpack: MadePowerpack;
before(async () => {
  place = await openTestPlace();
  server = await startTestApp({}, place);
  catcher = await startWebhookCatcher();
  powerpack = await makePowerpack(server, 'Shop', ['14155550100']);
});
after(async () => {
  await server.stop();
  await catcher.close();
  await place.db.close();
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const urlOf = (path: string) => `${catcher.url}/${path}`;
const callsOf = (path: string) => catcher.calls.filter(({ url }) => url.endsWith(`/${path}`));
const healthOf = async (path: string) =>
  (await server.call('GET', 'Webhook/Url/')).body.objects.find(
    ({ url }: { url: string }) => url === urlOf(path),
  );
const sendTo = (path: string, dst = '14155550120') =>
  send(server, { powerpack_uuid: powerpack.uuid, dst, url: urlOf(path) });

test('the health of a URL says how its calls go, and since when they fail', async () => {
  catcher.answer = { status: 200 };
  await sendTo('shop');
  await server.advance(minuteMs);
  const well = await healthOf('shop');
  assert.deepEqual([well.delivered, well.failed, well.waiting, well.failing_since], [3, 0, 0, null]);
  catcher.answer = { status: 503 };
  const failingFrom = place.clock.now();
  await sendTo('shop');
  await server.advance(2000);
  const ill = await healthOf('shop');
  assert.deepEqual([ill.delivered, ill.waiting, ill.last_error], [3, 3, 'the answer is not 2xx']);
  assert.ok(new Date(ill.failing_since) >= failingFrom);
  await server.advance(15 * minuteMs);
  assert.equal((await healthOf('shop')).failed, 3);
});

test('a paused URL is not called, nothing is lost, and what waited is called once it is resumed', async () => {
  catcher.answer = { status: 200 };
  const paused = await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('paused') });
  assert.equal(paused.status, 200, paused.text);
  assert.equal((await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('paused') })).status, 200);
  await sendTo('paused');
  await sendTo('other');
  await server.advance(hourMs);
  assert.deepEqual([callsOf('paused').length, callsOf('other').length], [0, 3]);
  const health = await healthOf('paused');
  assert.equal(health.waiting, 3);
  assert.ok(health.paused_on);
  await server.stop();
  server = await startTestApp({}, place);
  await server.advance(minuteMs);
  assert.equal(callsOf('paused').length, 0, 'a restart ends no pause');
  const resumed = await server.call('POST', 'Webhook/Url/Resume/', { url: urlOf('paused') });
  assert.equal(resumed.body.calls, 3);
  await server.advance(1000);
  assert.deepEqual(
    callsOf('paused')
      .map(({ parameters }) => parameters.Status)
      .toSorted(),
    ['delivered', 'queued', 'sent'],
  );
  assert.equal((await healthOf('paused')).paused_on, null);
});

test('calls are made that were left when their pause ended', async () => {
  catcher.answer = { status: 200 };
  await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('left') });
  await sendTo('left');
  await server.advance(minuteMs);
  await place.db.query('delete from webhook_pauses where url = $1', [urlOf('left')]);
  await server.stop();
  server = await startTestApp({}, place);
  await server.advance(1000);
  assert.equal(callsOf('left').length, 3);
});

test('calls that are to be tried again wait for the end of a pause too, with the attempts that they have left', async () => {
  catcher.answer = { status: 503 };
  await sendTo('retried');
  await server.advance(2000);
  const before = callsOf('retried').length;
  await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('retried') });
  await server.advance(hourMs);
  assert.equal(callsOf('retried').length, before);
  catcher.answer = { status: 200 };
  await server.call('POST', 'Webhook/Url/Resume/', { url: urlOf('retried') });
  await server.advance(1000);
  assert.equal((await healthOf('retried')).delivered, 3);
});

test('a call that has waited for six days has failed, and can be made again', async () => {
  catcher.answer = { status: 200 };
  await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('forgotten') });
  await sendTo('forgotten');
  await server.advance(minuteMs);
  await server.advance(6 * 24 * hourMs + 2 * hourMs);
  assert.deepEqual([(await healthOf('forgotten')).failed, callsOf('forgotten').length], [3, 0]);
  await server.call('POST', 'Webhook/Url/Resume/', { url: urlOf('forgotten') });
  const replayed = await server.call('POST', 'Webhook/Failed/Replay/', { url: urlOf('forgotten') });
  assert.deepEqual([replayed.body.calls, replayed.body.complete], [3, true]);
  await server.advance(1000);
  assert.equal(callsOf('forgotten').length, 3);
});

test('everything that failed since a moment is made again, of every URL and of one kind', async () => {
  catcher.answer = { status: 503 };
  await sendTo('early');
  await server.advance(15 * minuteMs);
  const since = place.clock.now().toISOString();
  await sendTo('late-one');
  await sendTo('late-two');
  await server.advance(15 * minuteMs);
  catcher.answer = { status: 200 };
  const none = await server.call('POST', 'Webhook/Failed/Replay/', { since, kind: 'inbound' });
  assert.equal(none.body.calls, 0);
  const replayed = await server.call('POST', 'Webhook/Failed/Replay/', { since });
  assert.equal(replayed.body.calls, 6);
  await server.advance(1000);
  assert.deepEqual(
    await Promise.all(['early', 'late-one', 'late-two'].map(async (path) => (await healthOf(path)).failed)),
    [3, 0, 0],
  );
  const refused = await server.call('POST', 'Webhook/Failed/Replay/', { kind: 'status' });
  assert.deepEqual([refused.status, refused.body.error], [400, 'url or since is required']);
});

test('a subaccount pauses nothing, and another account no URL of ours', async () => {
  const as = await server.makeAccount();
  await server.call('POST', 'Webhook/Url/Pause/', { url: urlOf('shared') }, { as });
  catcher.answer = { status: 200 };
  await sendTo('shared');
  await server.advance(minuteMs);
  assert.equal(callsOf('shared').length, 3);
});

test('a message and an application have retry schedules of their own, up to a day between attempts', async () => {
  catcher.answer = { status: 503 };
  const fields = { powerpack_uuid: powerpack.uuid, dst: '14155550121', url: urlOf('own'), text: 'a' };
  const schedule = { callback_retry_seconds: '30,86400' };
  const sent = await server.call('POST', 'Message/', { ...fields, ...schedule });
  assert.equal(sent.status, 202, sent.text);
  await server.advance(20_000);
  const first = callsOf('own').length;
  assert.equal(first, 3);
  await server.advance(minuteMs);
  assert.equal(callsOf('own').length, 6);
  await server.advance(23 * hourMs);
  assert.equal(callsOf('own').length, 6);
  await server.advance(2 * hourMs);
  assert.equal(callsOf('own').length, 9);
  const health = await healthOf('own');
  assert.deepEqual([health.failed, health.waiting], [3, 0]);

  const made = await server.call('POST', 'Application/', {
    app_name: 'patient',
    message_url: urlOf('patient'),
    message_retry_seconds: [10],
  });
  const settings = { application_type: 'xml', application_id: made.body.app_id };
  await makePowerpack(server, 'patient', ['14155550101'], { settings });
  assert.deepEqual(
    (await server.call('GET', `Application/${made.body.app_id}/`)).body.message_retry_seconds,
    [10],
  );
  await sendText(server, '14155550199', '14155550101', 'hello');
  await server.advance(hourMs);
  assert.equal(callsOf('patient').length, 2);
});

for (const [given, sentence] of [
  ['0', /callback_retry_seconds/],
  ['86401', /callback_retry_seconds/],
  ['1,2,3,4,5,6,7,8,9,10,11', /callback_retry_seconds/],
  ['86400,86400,86400,86400,86400,1', /callback_retry_seconds must be at most five days together/],
] as const) {
  test(`a retry schedule of ${given} is refused by name`, async () => {
    const fields = { powerpack_uuid: powerpack.uuid, dst: '14155550121', text: 'a' };
    const refused = await server.call('POST', 'Message/', { ...fields, callback_retry_seconds: given });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, sentence);
  });
}
