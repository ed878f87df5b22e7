// The messages to and from one handset, with their texts where they are stored.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { type MadePowerpack, makePowerpack, sendOne } from '../support/messaging.ts';

const handset = '14155550190';

let server: TestApp;
let powerpack: MadePowerpack;
let other: MadePowerpack;
before(async () => {
  server = await startTestApp();
  powerpack = await makePowerpack(server, 'talks', ['14155550100']);
  other = await makePowerpack(server, 'talks too', ['12125550100']);
  for (const [from, text, log] of [
    [powerpack, 'How are you?', 'true'],
    [other, 'Of another powerpack', 'true'],
    [powerpack, 'In confidence', 'false'],
    [powerpack, 'Known by number alone', 'number_only'],
  ] as const) {
    await sendOne(server, { powerpack_uuid: from.uuid, dst: handset, text, log });
    await server.advance(2000);
  }
  await sendOne(server, { powerpack_uuid: powerpack.uuid, dst: '14155550191', text: 'To somebody else' });
  await server.call('POST', `Simulator/Handset/${handset}/Message/`, { dst: '14155550100', text: 'Well!' });
  await server.advance(2000);
});
after(() => server.stop());

interface Shown {
  readonly text: string | null;
  readonly message_direction: string;
}

const read = async (query = '', as?: TestAccount) =>
  (await server.call('GET', `Conversation/+${handset}/${query}`, undefined, { as })).body;

const textsOf = ({ objects }: { objects: readonly Shown[] }) =>
  objects.map(({ text, message_direction: direction }) => `${direction} ${text}`);

test('both directions are listed, newest first, with the texts that may be stored, and nothing that masks the number', async () => {
  assert.deepEqual(textsOf(await read()), [
    'inbound Well!',
    'outbound null',
    'outbound Of another powerpack',
    'outbound How are you?',
  ]);
});

test('a text that may not be kept is not shown while it is still there', async () => {
  const id = await sendOne(server, {
    src: '12125550100',
    dst: '14155550192',
    text: 'Waits',
    log: 'number_only',
  });
  const { body } = await server.call('GET', 'Conversation/14155550192/');
  assert.deepEqual(textsOf(body), ['outbound null']);
  assert.equal((await server.call('GET', `Message/${id}/Explain/`)).body.text, null);
});

test('one message is explained with its text', async () => {
  const newest = (await read()).objects[0];
  const { body } = await server.call('GET', `Message/${newest.message_uuid}/Explain/`);
  assert.equal(body.text, 'Well!');
});

test('it can be that with one powerpack, and comes in pages', async () => {
  const first = await read(`?powerpack_uuid=${powerpack.uuid}&limit=2`);
  assert.deepEqual(textsOf(first), ['inbound Well!', 'outbound null']);
  const { body } = await server.call('GET', first.meta.next);
  assert.deepEqual(textsOf(body), ['outbound How are you?']);
  assert.equal(body.meta.next, null);
});

test('no other account sees it', async () => {
  const as = await server.makeAccount();
  assert.deepEqual((await read('', as)).objects, []);
  const { body: part } = await server.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
  assert.deepEqual((await read('', { authId: part.auth_id, authToken: part.auth_token })).objects, []);
});

test('a text that is no number is refused', async () => {
  const { status, body } = await server.call('GET', 'Conversation/nobody/');
  assert.deepEqual([status, body.error], [400, 'number must be a telephone number with its country code']);
  const national = await server.call('GET', 'Conversation/3105550190/');
  assert.match(national.body.error, /: did you mean 13105550190\?$/);
});
