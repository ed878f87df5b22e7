// Jasmin as the SMSC, with another one behind it; and messages that it brings, over SMPP and over HTTP (carriers.md section 6.2, point 12).
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemTimers } from '../../src/base/timers.ts';
import { encodeGsm } from '../../src/carriers/smpp/gsm-alphabet.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, sendOne, stateOf } from '../support/messaging.ts';
import { receiptOf, Smsc, type SmscScript } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { accountCommands, Jasmin, jasminAccount, skip } from './jasmin-gateway.ts';

/** Own numbers: the first one goes out over HTTP, the second one over SMPP. */
const overHttp = '14155552671';
const overSmpp = '14155552672';
const handset = '12125552368';
/** Jasmin drops receipts that come before it has stored the name of their message. */
const receiptAfterMs = 2000;
/** Jasmin takes so long to start again on a busy machine. */
const patienceMs = 180_000;

let folder: string;
let jasmin: Jasmin;
let server: TestApp;
let smsc: Smsc;
let ends: { close(): void };

before(async () => {
  if (skip !== false) return;
  folder = await mkdtemp(join(tmpdir(), 'rucksack-jasmin-test-'));
  smsc = new Smsc(systemTimers, reportLater);
  const { address, close } = await smsc.listen();
  ends = { close };
  jasmin = await Jasmin.start();
  await jasmin.command(accountCommands(Number(address.split(':')[1])));
  const path = join(folder, 'carriers.json');
  await writeFile(path, JSON.stringify(carriersOf(jasmin)), { mode: 0o600 });
  server = await startTestApp({ RUCKSACK_CARRIERS: path, RUCKSACK_PACING: 'unlimited' });
  const numbers = `${overHttp},${overSmpp}`;
  await server.call('POST', 'Number/', { numbers, carrier: 'own', region: 'California' });
  const inboundUrl: string = (await server.call('GET', 'Carrier/jasmin-http/')).body.inbound_url;
  await jasmin.command(inboundCommands(inboundUrl));
  await until(() => smsc.bound.length > 0);
  await carrierIs('jasmin-smpp', 'up');
});
after(async () => {
  if (skip !== false) return;
  await server?.stop();
  await jasmin?.stop();
  ends?.close();
  await rm(folder, { recursive: true });
});

function carriersOf({ httpPort, smppPort }: Jasmin) {
  const { user, password } = jasminAccount;
  return {
    carriers: [
      {
        name: 'jasmin-http',
        type: 'http',
        preset: 'jasmin',
        secrets: { user, password },
        allow_private: true,
        send: { url: `http://127.0.0.1:${httpPort}/send` },
      },
      {
        name: 'jasmin-smpp',
        preset: 'jasmin',
        hosts: [`127.0.0.1:${smppPort}`],
        system_id: user,
        password,
        reconnect_seconds: [1, 1],
      },
    ],
    routes: [
      { service: 'sms', carrier: 'jasmin-http' },
      { service: 'sms', carrier: 'jasmin-smpp', number: overSmpp },
    ],
  };
}

/** Returns the commands that lead messages from handsets to us: over HTTP, those to the second number over SMPP. */
function inboundCommands(url: string): string[] {
  const toSecond = `connector smpps(${jasminAccount.user})`;
  return [
    ...['httpccm -a', 'cid replies', `url ${url}`, 'method POST', 'ok'],
    ...['filter -a', 'fid second', 'type DestinationAddrFilter', `destination_addr ^${overSmpp}$`, 'ok'],
    ...['morouter -a', 'type DefaultRoute', 'connector http(replies)', 'ok'],
    ...['morouter -a', 'order 10', 'type StaticMORoute', toSecond, 'filters second', 'ok'],
    'persist',
  ];
}

const carrierIs = (name: string, state: string): Promise<void> =>
  until(async () => (await server.call('GET', `Carrier/${name}/`)).body.state === state, patienceMs);

/** An SMSC that reports each message a moment after it was taken. */
const reportLater: SmscScript = {
  receipt(submit, messageId) {
    setTimeout(() => smsc.deliver(receiptOf(submit, messageId)), receiptAfterMs);
    return undefined;
  },
};

/** Sends so many messages, every second one in UCS-2, and every third one in parts; returns their ids. */
async function sendMany(src: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const words = number % 2 === 0 ? `number ${number} @£€[]` : `Nummer ${number} ☃`;
    const text = number % 3 === 0 ? `${words} ${'x'.repeat(170)}` : words;
    ids.push(await sendOne(server, { src, dst: handset, text }));
  }
  return ids;
}

async function allReach(ids: readonly string[], state: string): Promise<void> {
  for (const id of ids) {
    await until(async () => {
      await server.advance(1000);
      return (await stateOf(server, id)) === state;
    }, patienceMs).catch(async () => {
      const history = (await historyOf(server, id)).join('\n');
      assert.fail(`${id} is ${await stateOf(server, id)}, not ${state}:\n${history}`);
    });
  }
}

const textsTaken = (): string[] =>
  smsc.taken.map(
    ({ destination, shortMessage }) => `${destination.digits} ${Buffer.from(shortMessage).toString('hex')}`,
  );

const texts: [alphabet: string, dataCoding: number, text: string, octets: Uint8Array][] = [
  ['GSM', 0, 'Grüße @ € & + =', encodeGsm('Grüße @ € & + =')],
  ['UCS-2', 8, 'Grüße ☃ 😀', Buffer.from('Grüße ☃ 😀', 'utf16le').swap16()],
];
for (const [what, ours] of [
  ['HTTP', overHttp],
  ['SMPP', overSmpp],
] as const) {
  for (const [alphabet, dataCoding, text, shortMessage] of texts) {
    test(`Jasmin brings a message from a handset in ${alphabet} over ${what} once, with its text`, {
      skip,
    }, async () => {
      const sender = `12125552${ours.slice(-2)}${dataCoding}`;
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
}

describe('Jasmin over HTTP', { skip }, () => {
  // Of messages with a validity period it loses one in twenty, by chance.
  test('takes 120 messages in both alphabets, and each is delivered once', async () => {
    const before = smsc.taken.length;
    const ids = await sendMany(overHttp, 120);
    await allReach(ids, 'delivered 000');
    const sent = textsTaken().slice(before);
    assert.equal(new Set(sent).size, sent.length);
    // 80 of one part; 20 in GSM of two, 20 in UCS-2 of three.
    assert.equal(sent.length, 180);
  });
});

describe('Jasmin as the SMSC', { skip }, () => {
  test('takes 60 messages in both alphabets, and each is delivered once', async () => {
    const before = smsc.taken.length;
    const ids = await sendMany(overSmpp, 60);
    await allReach(ids, 'delivered 000');
    const sent = textsTaken().slice(before);
    assert.equal(new Set(sent).size, sent.length);
    // 40 of one part; 10 in GSM of two, 10 in UCS-2 of three.
    assert.equal(sent.length, 90);
  });

  test('tells that a message was not delivered', async () => {
    smsc.script = { receipt: (submit, messageId) => receiptOf(submit, messageId, 'UNDELIV', '001') };
    const id = await sendOne(server, { src: overSmpp, dst: handset, text: 'to nobody' });
    await allReach([id], 'undelivered 1000');
    smsc.script = reportLater;
  });

  test('is killed with messages queued in it: each is sent or delivered, and none that was answered goes again', async () => {
    // Its SMSC takes nothing, so that messages stay in its queue.
    smsc.script = { submit: () => ({ status: 0x14 }) };
    const ids = await sendMany(overSmpp, 100);
    const isTaken = async (id: string) => (await stateOf(server, id)) === 'sent';
    for (const id of ids) {
      await until(async () => {
        await server.advance(1000);
        return isTaken(id);
      }, patienceMs);
    }
    await jasmin.crash();
    smsc.script = reportLater;
    await carrierIs('jasmin-smpp', 'up');
    await server.advance(60_000);
    const last = await sendOne(server, { src: overSmpp, dst: handset, text: 'after the crash' });
    await allReach([last], 'delivered 000');
    const { counts } = (await server.call('GET', 'Carrier/jasmin-smpp/')).body;
    for (const id of ids) {
      assert.match(await stateOf(server, id), /^(sent|delivered 000|undelivered)/);
      assert.doesNotMatch((await historyOf(server, id)).join('\n'), /lostInFlight|repeated/);
    }
    assert.ok(counts.submitted >= 100);
  });
});
