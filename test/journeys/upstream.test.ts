// One Rucksack sends over another, as it would over Plivo: nothing is lost, nothing comes twice, replies find their way down.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { basicAuth, startTestApp, type TestApp } from '../support/app.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { addRule, historyOf, sendOne, sendText, stateOf } from '../support/messaging.ts';

const ours = '14155552671';
const handset = '12125552368';
const many = 30;

let folder: string;
let upstream: TestApp;
let proxy: LossyProxy;
let files: FileServer;
let server: TestApp;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rucksack-upstream-'));
  upstream = await startTestApp({ RUCKSACK_PACING: 'unlimited' });
  proxy = await startLossyProxy(upstream.url, (request) =>
    request % 5 === 0 ? 'answer lost' : request % 7 === 0 ? 'bad gateway' : 'passed',
  );
  files = await startFileServer();
  const { authId, authToken } = upstream.account;
  const carrier = {
    name: 'up',
    type: 'http',
    preset: 'plivo',
    secrets: { id: authId, token: authToken },
    rate: 0,
    idempotent: true,
    allow_private: true,
    inbound_files: { hosts: [new URL(files.url).host], auth: { basic: ['{secret.id}', '{secret.token}'] } },
    send: { url: `${proxy.url}/v1/Account/{secret.id}/Message/` },
  };
  const path = join(folder, 'carriers.json');
  const routes = ['sms', 'mms'].map((service) => ({ service, carrier: 'up' }));
  await writeFile(path, JSON.stringify({ carriers: [carrier], routes }), { mode: 0o600 });
  server = await startTestApp({ RUCKSACK_CARRIERS: path, RUCKSACK_PACING: 'unlimited' });
  for (const place of [upstream, server]) {
    await place.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
  }
});
after(async () => {
  await server.stop();
  await proxy.close();
  await upstream.stop();
  await files.close();
  await rm(folder, { recursive: true });
});

interface FileServer {
  readonly url: string;
  /** Statuses that it answered, in order. */
  readonly statuses: number[];
  close(): Promise<void>;
}

const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Starts a server that gives a picture out to the upstream's account alone, and to nobody the first time that it is asked properly. */
async function startFileServer(): Promise<FileServer> {
  const statuses: number[] = [];
  const http = createServer(({ headers }, response) => {
    const isOurs = headers.authorization === basicAuth(upstream.account);
    const status = isOurs ? (statuses.includes(503) ? 200 : 503) : 401;
    statuses.push(status);
    response.writeHead(status, { 'content-type': 'image/png' }).end(status === 200 ? picture : '');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    statuses,
    async close() {
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}

/** Runs both servers until the messages have come to their ends, for a minute of both clocks at most; returns their states. */
async function settle(ids: readonly string[]): Promise<string[]> {
  const states: string[] = [];
  for (let second = 0; second < 60 && states.length < ids.length; second++) {
    await server.advance(1000);
    await upstream.advance(1000);
    for (const id of ids.slice(states.length)) {
      const state = await stateOf(server, id);
      if (!/^(delivered|undelivered|failed)/.test(state)) break;
      states.push(state);
    }
  }
  return states;
}

const carrier = async () => (await server.call('GET', 'Carrier/up/')).body;

test('each message arrives exactly once, although answers are lost, and is reported', async () => {
  // Reports come twice, and before the upstream knows its own message.
  addRule(upstream, handset, { duplicates: 1, overtake: true });
  const ids: string[] = [];
  for (let number = 0; number < many; number++) {
    ids.push(await sendOne(server, { src: ours, dst: handset, text: `number ${number}` }));
  }
  assert.deepEqual(await settle(ids), Array(many).fill('delivered 000'));
  const texts = upstream.app.simulator.records.submissions
    .newestFirst()
    .map(({ submission }) => submission.text);
  assert.deepEqual(
    texts.toSorted(),
    Array.from({ length: many }, (_, number) => `number ${number}`).toSorted(),
  );
  // No message was doubtful, because the upstream recognises what comes again.
  const histories = (await Promise.all(ids.map((id) => historyOf(server, id)))).join('\n');
  assert.ok(!histories.includes('repeated'), histories);
  // Some reports came before the repetition, and proved that the message had been taken.
  const metrics = (await server.app.server.inject('/metrics')).body;
  const count = (event: string) =>
    Number(
      new RegExp(`^rucksack_carrier_events_total{carrier="up",event="${event}"} (\\d+)$`, 'm').exec(
        metrics,
      )?.[1],
    );
  assert.ok(count('submitted') <= many, metrics);
  assert.ok(count('disconnected') > 0 && count('carrierFault') > 0, metrics);
});

test('the upstream’s own error code is told to the customer', async () => {
  const nobody = '12125552369';
  addRule(upstream, nobody, { report: 'undelivered', errorCode: 70 });
  const id = await sendOne(server, { src: ours, dst: nobody });
  assert.deepEqual(await settle([id]), ['undelivered 70']);
});

test('a message from a handset comes down, once', async () => {
  const { inbound_url: inboundUrl } = await carrier();
  const made = await upstream.call('POST', 'Application/', { app_name: 'down', message_url: inboundUrl });
  await upstream.call('POST', `Number/${ours}/`, { app_id: made.body.app_id });
  await sendText(upstream, handset, ours, 'Grüße ☃');
  await upstream.advance(1000);
  const { body } = await server.call('GET', 'Message/?message_direction=inbound');
  assert.equal(body.objects.length, 1);
  const [{ from_number: from, to_number: to }] = body.objects;
  assert.deepEqual([from, to], [handset, ours]);
});

test('a picture from a handset behind the upstream’s credentials comes down with its file, although that could not be had at first', async () => {
  await upstream.app.simulator.fromHandset({
    name: 'picture',
    sender: handset,
    destination: ours,
    service: 'mms',
    text: 'look',
    mediaUrls: [`${files.url}/picture.png`],
  });
  const list = async () =>
    (await server.call('GET', 'Message/?message_direction=inbound&message_type=mms')).body.objects;
  for (let second = 0; second < 120 && (await list()).length === 0; second++) await upstream.advance(1000);
  const [message] = await list();
  assert.deepEqual(files.statuses, [503, 200], 'the upstream was told to bring it again');
  const { objects } = (await server.call('GET', `Message/${message.message_uuid}/Media/`)).body;
  assert.equal(objects.length, 1);
  const [{ content_type, media_url }] = objects;
  assert.equal(content_type, 'image/png');
  assert.ok(media_url.startsWith(server.url), media_url);
  const file = await fetch(media_url, { headers: { authorization: basicAuth(server.account) } });
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), picture);
});

test('a webhook without the upstream’s signature is refused, and one with too large a body as well', async () => {
  const { report_url: reportUrl, inbound_url: inboundUrl } = await carrier();
  const form = new URLSearchParams({
    MessageUUID: 'u-1',
    Status: 'delivered',
    From: handset,
    To: ours,
    Text: 'x',
  });
  const signed = { 'X-Plivo-Signature-V3': 'AAAA', 'X-Plivo-Signature-V3-Nonce': '1' };
  const post = async (url: string, body: string, headers: Record<string, string> = {}) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await fetch(url, { method: 'POST', body, headers: { ...type, ...headers } })).status;
  };
  assert.equal(await post(reportUrl, form.toString()), 403);
  assert.equal(await post(inboundUrl, form.toString(), signed), 403);
  assert.equal(await post(reportUrl.replace('/carrier/up/', '/carrier/other/'), form.toString()), 403);
  assert.equal(await post(`${server.url}/carrier/up/another-secret/report`, form.toString(), signed), 403);
  const tooLarge = await fetch(reportUrl, { method: 'POST', body: 'x'.repeat(256 * 1024 + 1) });
  assert.equal(tooLarge.status, 413);
  assert.match(await tooLarge.text(), /the request body is larger than 256 KiB/);
  assert.equal((await fetch(inboundUrl, { method: 'DELETE' })).status, 404);
  await server.advance(1000);
  const { body } = await server.call('GET', 'Message/?message_direction=inbound');
  assert.equal(body.objects.length, 2);
});

test('a sender of forged ones is told to wait, and genuine ones still come in', async () => {
  const { report_url: reportUrl } = await carrier();
  const statuses = new Set<number>();
  for (let times = 0; times < 25; times++) statuses.add((await fetch(reportUrl, { method: 'POST' })).status);
  assert.deepEqual([...statuses], [403, 429]);
  const id = await sendOne(server, { src: ours, dst: handset });
  assert.deepEqual(await settle([id]), ['delivered 000']);
});
