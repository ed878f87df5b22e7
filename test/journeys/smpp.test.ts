// Messages over SMPP as a customer sees them: sent, delivered or not, answered; and what the history says of them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { MessageBody } from '../../src/carriers/smpp/pdu.ts';
import { historyOf, readMessage, sendOne, stateOf } from '../support/messaging.ts';
import { handset, ownNumbers, startSmppWorld } from '../support/smpp-world.ts';
import { receiptOf } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { type CaughtCall, startWebhookCatcher } from '../support/webhook-catcher.ts';

const world = await startSmppWorld({ inbound_id_tlv: '0x1401' });
const { server, smsc } = world;
const catcher = await startWebhookCatcher();
after(async () => {
  await world.close();
  await catcher.close();
});

const [ours, other] = ownNumbers;

/** Waits until a message is in a state, while the time goes on. */
async function reached(id: string, state: string): Promise<void> {
  await until(async () => {
    await server.advance(1000);
    return (await stateOf(server, id)) === state;
  });
}

/** Makes an application at a path of the catcher, which is told what comes to a number. */
async function listen(number: string, path: string): Promise<void> {
  const application = { app_name: path, message_url: `${catcher.url}/${path}` };
  const { app_id } = (await server.call('POST', 'Application/', application)).body;
  assert.equal((await server.call('POST', `Number/${number}/`, { app_id })).status, 202);
}

/** Waits for the next call of a customer's URL. */
async function heard(): Promise<CaughtCall> {
  await until(async () => {
    await server.advance(1000);
    return catcher.calls.length > heardCalls;
  });
  heardCalls += 1;
  return catcher.next();
}
let heardCalls = 0;

test('a message is submitted, and delivered when its receipt says so', async () => {
  const id = await sendOne(server, { src: ours, dst: handset, text: 'Hello €' });
  await reached(id, 'delivered 000');
  const submit = smsc.taken.at(-1);
  assert.deepEqual([submit?.source.digits, submit?.destination.digits], [ours, handset]);
  assert.equal(Buffer.from(submit?.shortMessage ?? []).toString('latin1'), 'Hello \u001be');
  const history = (await historyOf(server, id)).join('\n');
  assert.match(history, /carrier smsc/);
});

test('a message that the SMSC refuses for good has failed, with the reason in its history', async () => {
  smsc.script = { submit: () => ({ status: 0x0b }) };
  const id = await sendOne(server, { src: ours, dst: handset });
  await reached(id, 'failed 50');
  assert.match((await historyOf(server, id)).join('\n'), /0x0b ESME_RINVDSTADR/);
  smsc.script = {};
});

test('a message that the network could not deliver is undelivered, with its code', async () => {
  smsc.script = { receipt: (submit, messageId) => receiptOf(submit, messageId, 'EXPIRED', '075') };
  const id = await sendOne(server, { src: ours, dst: handset });
  await reached(id, 'undelivered 80');
  smsc.script = {};
});

test('a receipt whose text ends in a NUL is taken, and its words are in the history', async () => {
  smsc.script = {
    receipt: (submit, messageId) => ({
      ...receiptOf(submit, messageId),
      shortMessage: Buffer.from(`id:${messageId} stat:UNDELIV err:001\0`),
    }),
  };
  const id = await sendOne(server, { src: ours, dst: handset });
  await reached(id, 'undelivered 1000');
  assert.match((await historyOf(server, id)).join('\n'), /the carrier said UNDELIV err 001/);
  smsc.script = {};
});

test('a connection that ends with a message in flight: it goes again, and its history says that the first attempt has no known end', async () => {
  smsc.script = {
    submit: (_, session) => {
      session.socket.destroy();
      smsc.script = {};
      return { silent: true };
    },
  };
  const id = await sendOne(server, { src: ours, dst: handset });
  await reached(id, 'delivered 000');
  assert.match((await historyOf(server, id)).join('\n'), /lostInFlight/);
});

test('a message of three parts is delivered with its third receipt', async () => {
  const receipts: Partial<MessageBody>[] = [];
  smsc.script = {
    receipt: (submit, messageId) => {
      receipts.push(receiptOf(submit, messageId));
      return undefined;
    },
  };
  const id = await sendOne(server, { src: ours, dst: handset, text: 'a'.repeat(400) });
  await reached(id, 'sent');
  const report = (part: number) => smsc.bound[0]?.deliver(receipts[part] ?? {});
  assert.deepEqual([await report(2), await report(0)], [0, 0]);
  assert.equal(await stateOf(server, id), 'sent');
  assert.equal(await report(1), 0);
  await reached(id, 'delivered 000');
  smsc.script = {};
});

test('a long message of a handset is received once, whole, in whatever order its parts come', async () => {
  const parts = ['050003070202652031', '0500030702013520 1b'.replace(' ', '')].map((hex) => ({
    source: { ton: 1, npi: 1, digits: handset },
    destination: { ton: 1, npi: 1, digits: other },
    esmClass: 0x40,
    shortMessage: Buffer.from(hex, 'hex'),
  }));
  const [last = {}, first = {}] = parts;
  await listen(other, 'long');
  for (const part of [last, last, first]) assert.equal(await smsc.bound[0]?.deliver(part), 0);
  const { parameters } = await heard();
  assert.deepEqual([parameters.To, parameters.Text], [other, '5 € 1']);
  assert.equal(catcher.calls.length, 1);
});

test('a message of a handset is told to the application of its number, and the answer goes out over the same SMSC', async () => {
  await listen(ours, 'replies');
  smsc.deliver({
    source: { ton: 1, npi: 1, digits: `+${handset}` },
    destination: { ton: 1, npi: 1, digits: ours },
    dataCoding: 8,
    shortMessage: Buffer.from('Привет', 'utf16le').swap16(),
  });
  const { parameters } = await heard();
  assert.deepEqual([parameters.From, parameters.To, parameters.Text], [handset, ours, 'Привет']);
  const read = await readMessage(server, parameters.MessageUUID ?? '');
  assert.equal(read.message_direction, 'inbound');
});

test('a national number of a handset, whole or in parts, is read with the country of the number that it wrote to', async () => {
  await listen(ours, 'national');
  const national = { ton: 2, npi: 1, digits: handset.slice(1) };
  const to = { source: national, destination: { ton: 1, npi: 1, digits: ours } };
  assert.equal(await smsc.bound[0]?.deliver({ ...to, shortMessage: Buffer.from('Hello') }), 0);
  assert.equal((await heard()).parameters.From, handset);
  for (const hex of ['05000309020141', '05000309020242']) {
    const shortMessage = Buffer.from(hex, 'hex');
    assert.equal(await smsc.bound[0]?.deliver({ ...to, esmClass: 0x40, shortMessage }), 0);
  }
  const { parameters } = await heard();
  assert.deepEqual([parameters.From, parameters.Text], [handset, 'AB']);
});

test('a message of a handset is known by the id of its SMSC: once, however often it comes, and again under another id', async () => {
  await listen(ours, 'ids');
  const deliver = (id: string) =>
    smsc.bound[0]?.deliver({
      source: { ton: 1, npi: 1, digits: handset },
      destination: { ton: 1, npi: 1, digits: ours },
      shortMessage: Buffer.from('YES'),
      tlvs: new Map([[0x1401, Buffer.from(id)]]),
    });
  const told = new Set<string | undefined>();
  for (const id of ['a1', 'a1', 'a2']) assert.equal(await deliver(id), 0);
  for (let call = 0; call < 2; call++) told.add((await heard()).parameters.MessageUUID);
  const [session] = smsc.bound;
  session?.socket.destroy();
  await until(async () => {
    await server.advance(1000);
    return smsc.bound.length > 0;
  });
  // The marks by octets count for ten minutes.
  await server.advance(3_600_000);
  for (const id of ['a1', 'a2', 'a3']) assert.equal(await deliver(id), 0);
  told.add((await heard()).parameters.MessageUUID);
  assert.equal(told.size, 3);
  assert.equal(catcher.calls.length, heardCalls);
});

test('a message to a number that sends over another carrier is taken, and counted as such; refusals are counted by their statuses', async () => {
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  assert.match(await metrics(), /rucksack_carrier_answers_total\{carrier="smsc",code="0x0b"\} 1\n/);
  assert.match(await metrics(), /rucksack_carrier_binds\{carrier="smsc",state="bound"\} 1\n/);
  const route = { service: 'sms', carrier: 'simulator', number: other };
  const { route_id } = (await server.call('POST', 'Route/', route)).body;
  const count = async () => {
    const [, foreign] = /event="messages for other carriers"\} (\d+)/.exec(await metrics()) ?? [];
    return Number(foreign ?? 0);
  };
  let sent = 0;
  await until(async () => {
    sent += 1;
    const to = {
      source: { ton: 1, npi: 1, digits: handset },
      destination: { ton: 1, npi: 1, digits: other },
    };
    assert.equal(await smsc.bound[0]?.deliver({ ...to, shortMessage: Buffer.from(`moved ${sent}`) }), 0);
    return (await count()) > 0;
  });
  assert.equal((await server.call('DELETE', `Route/${route_id}/`)).status, 204);
});

test('a wrong password at the SMSC fails no message', async () => {
  smsc.script = { bind: () => 0x0e };
  for (const { socket } of smsc.bound) socket.destroy();
  await until(
    () => smsc.sessions.at(-1)?.received[0]?.command === 'bind_transceiver' && smsc.bound.length === 0,
  );
  const id = await sendOne(server, { src: other, dst: handset });
  await server.advance(10_000);
  assert.equal(await stateOf(server, id), 'queued');
  smsc.script = {};
});
