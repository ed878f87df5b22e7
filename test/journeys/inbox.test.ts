// With whom the account exchanges messages: those who have replied, wait for an answer, or have opted out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type MadePowerpack, makePowerpack, send, sendOne, sendText } from '../support/messaging.ts';

const ours = '14155550100';
const [asks, thanks, stops, quiet, secret] = ['120', '121', '122', '123', '124'].map(
  (line) => `14155550${line}`,
) as [string, string, string, string, string];

let server: TestApp;
let powerpack: MadePowerpack;
let other: MadePowerpack;
before(async () => {
  server = await startTestApp();
  powerpack = await makePowerpack(server, 'Parcels', [ours]);
  other = await makePowerpack(server, 'Other', ['12125550100']);
  await send(server, {
    powerpack_uuid: powerpack.uuid,
    dst: [asks, thanks, stops, quiet].join('<'),
    text: 'It is here',
  });
  await sendOne(server, { powerpack_uuid: powerpack.uuid, dst: secret, text: 'Hidden', log: 'false' });
  await server.advance(10_000);
  await sendText(server, thanks, ours, 'Thanks');
  await sendText(server, stops, ours, 'STOP');
  await server.advance(1000);
  await sendOne(server, { powerpack_uuid: powerpack.uuid, dst: thanks, text: 'You are welcome' });
  await server.advance(1000);
  await sendText(server, asks, ours, 'Where is it?');
  await server.advance(1000);
  await sendText(server, asks, ours, 'Hello?');
  await server.advance(1000);
  await sendText(server, asks, '12125550100', 'And you?');
  await server.advance(1000);
});
after(() => server.stop());

const list = async (query = '') => {
  const { status, body, text } = await server.call('GET', `Conversation/${query}`);
  assert.equal(status, 200, text);
  return body;
};
// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
const inWords = ({ objects }: any): string[] =>
  objects.map(
    // biome-ignore lint/suspicious/noExplicitAny: the same
    ({ number, received, sent, last_message: last, unanswered, opted_out }: any) =>
      opted_out
        ? `${number} opted out`
        : `${number} ${received} in ${sent} out: ${last.text}${unanswered ? ', waits' : ''}`,
  );

test('those who replied are listed with their last message and true counts, for each powerpack', async () => {
  const all = await list();
  assert.equal(all.meta.total_count, 4);
  assert.deepEqual(inWords(await list(`?powerpack_uuid=${powerpack.uuid}`)), [
    `${asks} 2 in 1 out: Hello?, waits`,
    `${thanks} 1 in 2 out: You are welcome`,
    `${stops} opted out`,
  ]);
  assert.deepEqual(inWords(await list(`?powerpack_uuid=${other.uuid}`)), [
    `${asks} 1 in 0 out: And you?, waits`,
  ]);
});

test('those who wait for an answer, and those who have opted out', async () => {
  const numbers = async (kind: string) =>
    (await list(`?kind=${kind}&powerpack_uuid=${powerpack.uuid}`)).objects.map(
      ({ number }: { number: string }) => number,
    );
  assert.deepEqual(await numbers('unanswered'), [asks]);
  assert.deepEqual(await numbers('opted_out'), [stops]);
});

test('all lists those who were only written to as well, and none whose number is masked', async () => {
  const found = await list(`?kind=all&powerpack_uuid=${powerpack.uuid}`);
  assert.deepEqual(
    found.objects.map(({ number }: { number: string }) => number),
    [asks, thanks, stops, quiet],
  );
  assert.ok(!JSON.stringify(found).includes(secret));
});

test('pages and digits', async () => {
  assert.deepEqual(inWords(await list('?limit=1&offset=2')), [`${thanks} 1 in 2 out: You are welcome`]);
  assert.equal((await list('?number=555-0121')).meta.total_count, 1);
  assert.equal((await list('?number=9999')).meta.total_count, 0);
  assert.equal((await server.call('GET', 'Conversation/?kind=lost')).status, 400);
});

test('another account has conversations of its own only', async () => {
  const stranger = await server.makeAccount();
  const { body } = await server.call('GET', 'Conversation/?kind=all', undefined, { as: stranger });
  assert.deepEqual(body.objects, []);
});

test('an automatic answer comes after the message that it answers, which waits for none', async () => {
  const people = Array.from({ length: 12 }, (_, index) => `141555502${10 + index}`);
  for (const person of people) await sendText(server, person, '12125550100', 'HELP');
  const told = await list(`?powerpack_uuid=${other.uuid}&number=1415555021`);
  assert.equal(told.meta.total_count, 10);
  const directions = async (person: string) =>
    (await list(`${person}/`)).objects.map(
      ({ message_direction: direction }: { message_direction: string }) => direction,
    );
  for (const person of people) assert.deepEqual(await directions(person), ['outbound', 'inbound'], person);
  const waiting = await list(`?kind=unanswered&powerpack_uuid=${other.uuid}&number=14155550`);
  assert.deepEqual(inWords(waiting), [`${asks} 1 in 0 out: And you?, waits`]);
});
