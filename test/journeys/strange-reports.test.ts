// Reports over HTTP whose words no database holds: they are taken, and those that come beside them too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, sendOne, stateOf } from '../support/messaging.ts';

const ours = '14155552671';
let folder: string;
let gateway: Server;
let server: TestApp;

before(async () => {
  let taken = 0;
  gateway = createServer((_request, response) => {
    taken += 1;
    // The first message has a name with half of a surrogate pair.
    const id = taken === 1 ? 'n-1\\ud800' : `n-${taken}`;
    response.writeHead(202, { 'content-type': 'application/json' }).end(`{"id":"${id}"}`);
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  const carrier = {
    name: 'up',
    type: 'http',
    allow_private: true,
    send: { url: `http://127.0.0.1:${port}/`, json: { to: '{destination}', text: '{text}' } },
    taken: { names: '/id' },
    reports: {
      each: '/reports/*',
      name: '/id',
      status: '/status',
      statuses: { ok: 'delivered' },
    },
  };
  folder = await mkdtemp(join(tmpdir(), 'rucksack-reports-'));
  const path = join(folder, 'carriers.json');
  await writeFile(path, JSON.stringify({ carriers: [carrier], routes: [{ service: 'sms', carrier: 'up' }] }));
  server = await startTestApp({ RUCKSACK_CARRIERS: path, RUCKSACK_PACING: 'unlimited' });
  await server.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
});
after(async () => {
  await server.stop();
  gateway.close();
  gateway.closeAllConnections();
  await rm(folder, { recursive: true });
});

/** Checks that a message comes to a state within a minute. */
async function reaches(id: string, state: string): Promise<void> {
  for (let second = 0; second < 60 && (await stateOf(server, id)) !== state; second++)
    await server.advance(1000);
  const history = await historyOf(server, id);
  assert.equal(await stateOf(server, id), state, history.join('\n'));
}

async function report(body: string): Promise<number> {
  const { report_url: url } = (await server.call('GET', 'Carrier/up/')).body;
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

test('a name with half of a surrogate pair finds its message, and is reported beside others', async () => {
  const strange = await sendOne(server, { src: ours, dst: '12125552368', text: 'one' });
  await reaches(strange, 'sent');
  const usual = await sendOne(server, { src: ours, dst: '12125552369', text: 'two' });
  await reaches(usual, 'sent');
  const reports = `{"reports":[{"id":"n-1\\ud800","status":"ok"},{"id":"n-2","status":"ok"}]}`;
  assert.equal(await report(reports), 200);
  for (const id of [strange, usual]) await reaches(id, 'delivered 000');
});

test('a name that no message has is taken too, whatever its characters', async () => {
  for (const name of ['\\ud800', '\\udc00\\ud800', 'a\\u0000b'])
    assert.equal(await report(`{"reports":[{"id":"${name}","status":"ok"}]}`), 200, name);
});
