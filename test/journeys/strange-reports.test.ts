// Reports over HTTP whose words no database holds: they are taken, and those that come beside them too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, sendOne, stateOf } from '../support/messaging.ts';

const ours = '14155552671';
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
  server = await startTestApp({ RUCKSACK_PACING: 'unlimited' });
  await server.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
  const { port } = gateway.address() as AddressInfo;
  const config = {
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
  assert.equal((await server.call('POST', 'Carrier/', { config })).status, 201);
  assert.equal((await server.call('POST', 'Route/', { service: 'sms', carrier: 'up' })).status, 201);
});
after(async () => {
  await server.stop();
  gateway.close();
  gateway.closeAllConnections();
});

async function report(body: string): Promise<number> {
  const { report_url: url } = (await server.call('GET', 'Carrier/up/')).body;
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

test('a name with half of a surrogate pair finds its message, and is reported beside others', async () => {
  const strange = await sendOne(server, { src: ours, dst: '12125552368', text: 'one' });
  await server.advance(1000);
  const usual = await sendOne(server, { src: ours, dst: '12125552369', text: 'two' });
  await server.advance(1000);
  assert.deepEqual(await Promise.all([strange, usual].map((id) => stateOf(server, id))), ['sent', 'sent']);
  const reports = `{"reports":[{"id":"n-1\\ud800","status":"ok"},{"id":"n-2","status":"ok"}]}`;
  assert.equal(await report(reports), 200);
  await server.advance(1000);
  for (const id of [strange, usual]) {
    const history = await historyOf(server, id);
    assert.equal(await stateOf(server, id), 'delivered 000', history.join('\n'));
  }
});

test('a name that no message has is taken too, whatever its characters', async () => {
  for (const name of ['\\ud800', '\\udc00\\ud800', 'a\\u0000b'])
    assert.equal(await report(`{"reports":[{"id":"${name}","status":"ok"}]}`), 200, name);
});
