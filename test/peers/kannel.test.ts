// Kannel as an HTTP carrier, with an SMSC behind it: reports by our reference, and messages from handsets (carriers.md section 6.2, point 13).
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { systemTimers } from '../../src/base/timers.ts';
import { encodeGsm } from '../../src/carriers/smpp/gsm-alphabet.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, sendOne, stateOf } from '../support/messaging.ts';
import { Smsc } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { freePort, type Peer, skipWithout, startPeer } from './peers.ts';

const skip = skipWithout('Kannel', ['bearerbox', 'smsbox']);
const ours = '14155552671';
const handset = '12125552368';
const many = 100;

let folder: string;
let server: TestApp;
let smsc: Smsc;
let ends: { close(): void };
const boxes: Peer[] = [];

before(async () => {
  if (skip !== false) return;
  folder = await mkdtemp(join(tmpdir(), 'rucksack-kannel-'));
  smsc = new Smsc(systemTimers);
  const { address, close } = await smsc.listen();
  ends = { close };
  const sendPort = await freePort();
  const path = join(folder, 'carriers.json');
  const carrier = {
    name: 'kannel',
    type: 'http',
    preset: 'kannel',
    secrets: { user: 'rucksack', password: 'geheim' },
    allow_private: true,
    send: { url: `http://127.0.0.1:${sendPort}/cgi-bin/sendsms` },
  };
  await writeFile(
    path,
    JSON.stringify({ carriers: [carrier], routes: [{ service: 'sms', carrier: 'kannel' }] }),
    {
      mode: 0o600,
    },
  );
  server = await startTestApp({ RUCKSACK_CARRIERS: path, RUCKSACK_PACING: 'unlimited' });
  await server.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
  const inboundUrl: string = (await server.call('GET', 'Carrier/kannel/')).body.inbound_url;
  const config = join(folder, 'kannel.conf');
  await writeFile(config, kannelConfig(address, await freePort(), await freePort(), sendPort, inboundUrl));
  boxes.push(await startPeer('bearerbox', [config], /SMPP.*login|Starting|connected/i));
  await until(() => smsc.bound.length > 0);
  boxes.push(await startPeer('smsbox', [config], /Connected to bearerbox|Start HTTP server/i));
});
after(async () => {
  if (skip !== false) return;
  for (const box of boxes.reverse()) await box.kill();
  await server.stop();
  ends.close();
  await rm(folder, { recursive: true });
});

/** Returns a configuration of both boxes on the loopback address. */
function kannelConfig(
  smscAddress: string,
  adminPort: number,
  boxPort: number,
  sendPort: number,
  inboundUrl: string,
) {
  const [host = '', port = ''] = smscAddress.split(':');
  return `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = geheim
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = sink
host = ${host}
port = ${port}
transceiver-mode = true
smsc-username = rucksack
smsc-password = geheim
system-type = ""
max-pending-submits = 10

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1
mo-recode = true

group = sendsms-user
username = rucksack
password = geheim
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = yes
max-messages = 0
omit-empty = yes
get-url = "${inboundUrl}?id=%I&from=%p&to=%P&text=%b"
`;
}

test('messages go out over Kannel and are reported, by our reference alone', { skip }, async () => {
  const ids: string[] = [];
  for (let number = 0; number < many; number++) {
    const text = number % 2 === 0 ? `number ${number} @£€[]` : `Nummer ${number} ☃ ${'x'.repeat(80)}`;
    ids.push(await sendOne(server, { src: ours, dst: handset, text }));
  }
  const isDelivered = async (id: string) => (await stateOf(server, id)) === 'delivered 000';
  for (const id of ids) {
    await until(async () => {
      await server.advance(1000);
      return isDelivered(id);
    });
  }
  // A message in UCS-2 of more than 70 characters is two parts, which Kannel makes.
  assert.equal(smsc.taken.length, many * 1.5);
  const [first = ''] = ids;
  const history = (await historyOf(server, first)).join('\n');
  assert.match(history, /kannel/);
  // Type 8, which Kannel reports first: the SMSC has taken it.
  assert.match(history, /\b8\b/);
});

const texts: [alphabet: string, dataCoding: number, text: string, octets: Uint8Array][] = [
  ['GSM', 0, 'Grüße @ € & + =', encodeGsm('Grüße @ € & + =')],
  ['UCS-2', 8, 'Grüße ☃ 😀', Buffer.from('Grüße ☃ 😀', 'utf16le').swap16()],
];
for (const [alphabet, dataCoding, text, shortMessage] of texts) {
  test(`a message from a handset in ${alphabet} comes in once, with its text`, { skip }, async () => {
    const sender = `121255523${70 + dataCoding}`;
    const source = { ton: 1, npi: 1, digits: sender };
    smsc.deliver({ source, destination: { ton: 1, npi: 1, digits: ours }, dataCoding, shortMessage });
    const messages = async () => (await server.call('GET', `Conversation/${sender}/`)).body.objects;
    await until(async () => (await messages()).length > 0);
    assert.deepEqual(
      (await messages()).map((message: { text: string }) => message.text),
      [text],
    );
  });
}
