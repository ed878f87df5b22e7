// Messages over SMPP as a customer sees them: sent, delivered or not, answered; and what the history says of them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { historyOf, readMessage, sendOne, stateOf } from '../support/messaging.ts';
import { handset, ownNumbers, startSmppWorld } from '../support/smpp-world.ts';
import { receiptOf } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';

const world = await startSmppWorld();
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

test('a message of a handset is told to the application of its number, and the answer goes out over the same SMSC', async () => {
  const application = { app_name: 'replies', message_url: `${catcher.url}/replies` };
  const { app_id } = (await server.call('POST', 'Application/', application)).body;
  await server.call('POST', `Number/${ours}/`, { app_id });
  smsc.deliver({
    source: { ton: 1, npi: 1, digits: `+${handset}` },
    destination: { ton: 1, npi: 1, digits: ours },
    dataCoding: 8,
    shortMessage: Buffer.from('Привет', 'utf16le').swap16(),
  });
  await until(async () => {
    await server.advance(1000);
    return catcher.calls.length > 0;
  });
  const { parameters } = await catcher.next();
  assert.deepEqual([parameters.From, parameters.To, parameters.Text], [handset, ours, 'Привет']);
  const read = await readMessage(server, parameters.MessageUUID ?? '');
  assert.equal(read.message_direction, 'inbound');
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
