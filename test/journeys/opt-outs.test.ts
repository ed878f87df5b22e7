// The reach of a STOP: a powerpack, one number, or the account, also after later changes of members.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  historyOf,
  type MadePowerpack,
  makePowerpack,
  readMessage,
  seenBy,
  sendOne,
  sendText,
  stateOf,
} from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';

const { server, catcher } = await startServerWithCatcher();

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

let drawn = 0;
/** Returns numbers for sale and a handset that no other test of this file has. */
function world(count: number): { readonly numbers: readonly string[]; readonly person: string } {
  drawn += 1;
  const areaCode = ['201', '202', '203', '205', '206', '207', '208', '209', '210', '212', '213', '214'][
    drawn % 12
  ];
  const first = 100 + Math.floor(drawn / 12) * 12;
  const numbers = Array.from({ length: count }, (_, index) => `1${areaCode}5550${first + index}`);
  return { numbers, person: `1${areaCode}5550${first + 60}` };
}

/** Sends through a powerpack and waits for what becomes of it. */
async function outcomeOf(fields: object): Promise<string> {
  const id = await sendOne(server, fields);
  await server.advance(10 * secondMs);
  return stateOf(server, id);
}

/** Makes a powerpack that wrote to a handset, which answered STOP some minutes ago. */
async function stopped(
  name: string,
  count: number,
  settings: object = {},
): Promise<{ pack: MadePowerpack; person: string; said: string; others: readonly string[] }> {
  const { numbers, person } = world(count);
  const pack = await makePowerpack(server, name, numbers, { settings });
  const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: person });
  await server.advance(5 * secondMs);
  const said: string = (await readMessage(server, id)).from_number;
  await sendText(server, person, said, 'STOP');
  await server.advance(6 * minuteMs);
  return { pack, person, said, others: numbers.filter((number) => number !== said) };
}

const through = ({ pack, person }: { pack: MadePowerpack; person: string }, fields: object = {}) =>
  outcomeOf({ powerpack_uuid: pack.uuid, dst: person, ...fields });
const numberPath = (pack: MadePowerpack, number: string) => `NumberPool/${pack.pool}/Number/${number}/`;

describe('a STOP in answer to a powerpack holds for all of it', () => {
  test('without sticky senders', async () => {
    assert.equal(await through(await stopped('not sticky', 2, { sticky_sender: false })), 'failed 200');
  });

  test('when the mapping has ended its life', async () => {
    const seen = await stopped('lapsed', 2);
    await server.advance(20 * dayMs);
    assert.equal(await through(seen), 'failed 200');
  });

  test('when sticky sender is turned off afterwards', async () => {
    const seen = await stopped('turned off', 2);
    await server.call('POST', `Powerpack/${seen.pack.uuid}/`, { sticky_sender: false });
    assert.equal(await through(seen), 'failed 200');
  });

  test('for an MMS that only another member carries', async () => {
    const { numbers, person } = world(2);
    const [texts = '', pictures = ''] = numbers;
    const pack = await makePowerpack(server, 'pictures', [pictures]);
    await server.call('POST', numberPath(pack, texts), { rent: true, service: 'sms' });
    await sendText(server, person, texts, 'hello');
    await sendText(server, person, texts, 'STOP');
    await server.advance(6 * minuteMs);
    const mms = { type: 'mms', media_urls: ['https://example.com/a.png'] };
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: person, ...mms });
    assert.equal((await readMessage(server, id)).from_number, pictures);
    assert.equal(await stateOf(server, id), 'failed 200');
  });

  test('when the number has left the pool', async () => {
    const seen = await stopped('left', 2);
    await server.call('DELETE', numberPath(seen.pack, seen.said));
    assert.equal(await through(seen), 'failed 200');
    assert.equal(await outcomeOf({ src: seen.said, dst: seen.person }), 'failed 200', 'the number itself');
  });

  test('when the number has been unrented', async () => {
    const seen = await stopped('unrented', 2);
    await server.call('DELETE', numberPath(seen.pack, seen.said), { unrent: true });
    assert.equal(await through(seen), 'failed 200');
  });

  test('when the powerpack has been deleted and restored', async () => {
    const seen = await stopped('restored', 2, { sticky_sender: false });
    await server.call('DELETE', `Powerpack/${seen.pack.uuid}/`, { unrent_numbers: true });
    await server.call('POST', `Powerpack/${seen.pack.uuid}/Restore/`);
    assert.equal(await through(seen), 'failed 200');
  });

  test('when a member comes later', async () => {
    const seen = await stopped('joined', 1);
    await server.call('POST', numberPath(seen.pack, '18005550142'), { rent: true });
    await server.call('DELETE', numberPath(seen.pack, seen.said));
    assert.equal(await through(seen), 'failed 200');
  });

  test('when the customer names another member', async () => {
    const { person, others } = await stopped('by name', 2);
    assert.equal(await outcomeOf({ src: others[0], dst: person }), 'failed 200');
  });

  test('also said to the number after it has left: the powerpack wrote last from there', async () => {
    const { numbers, person } = world(2);
    const pack = await makePowerpack(server, 'late', numbers, { settings: { sticky_sender: false } });
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: person });
    await server.advance(5 * secondMs);
    const said = (await readMessage(server, id)).from_number;
    await server.call('DELETE', numberPath(pack, said));
    const other = await makePowerpack(server, 'takes it over', []);
    await server.call('POST', numberPath(other, said));
    await sendText(server, person, said, 'STOP');
    await server.advance(6 * minuteMs);
    assert.equal(await through({ pack, person }), 'failed 200');
    await server.call('POST', numberPath(other, '18005550143'), { rent: true });
    await server.call('DELETE', numberPath(other, said));
    assert.equal(await through({ pack: other, person }), 'delivered 000', 'this one never wrote');
  });

  test('also sent to the number after it was unrented, by its new owner', async () => {
    const { numbers, person } = world(3);
    const [gone = '', taken = '', left = ''] = numbers;
    const settings = { sticky_sender: false };
    const pack = await makePowerpack(server, 'gave numbers up', [gone, left], { settings });
    const other = await makePowerpack(server, 'gave one up', [taken]);
    await server.call('POST', numberPath(other, '18005550145'), { rent: true });
    const heard = async (from: MadePowerpack) => {
      const id = await sendOne(server, { powerpack_uuid: from.uuid, dst: person });
      await server.advance(5 * secondMs);
      return (await readMessage(server, id)).from_number;
    };
    assert.deepEqual([await heard(pack), await heard(other)], [gone, taken]);
    await server.call('DELETE', `Number/${gone}/`);
    await server.call('DELETE', `Number/${taken}/`);
    const name = 'STOP to nobody';
    const text = {
      name,
      sender: person,
      destination: gone,
      service: 'sms',
      text: 'STOP',
      mediaUrls: [],
    };
    assert.equal(await server.app.simulator.fromHandset({ ...text, service: 'sms' }), undefined);
    await server.advance(11 * dayMs);
    const stranger = await server.makeAccount('has it now');
    const theirs = await makePowerpack(server, 'has it now', [taken], { as: stranger });
    await sendText(server, person, taken, 'STOP');
    await server.advance(6 * minuteMs);
    assert.equal(await through({ pack, person }), 'failed 200');
    assert.equal(await through({ pack: other, person }), 'failed 200');
    const id = await sendOne(server, { powerpack_uuid: theirs.uuid, dst: person }, stranger);
    assert.equal(await stateOf(server, id, stranger), 'failed 200');
  });

  test('said to the number while the first message is still on its way', async () => {
    const { numbers, person } = world(2);
    const pack = await makePowerpack(server, 'on its way', numbers, { settings: { sticky_sender: false } });
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: person });
    const said = (await readMessage(server, id)).from_number;
    await sendText(server, person, said, 'STOP');
    await server.advance(6 * minuteMs);
    assert.equal(await through({ pack, person }), 'failed 200');
  });

  test('said before anybody wrote it holds for the powerpack that the number is in', async () => {
    const { numbers, person } = world(2);
    const pack = await makePowerpack(server, 'unasked', numbers, { settings: { sticky_sender: false } });
    await sendText(server, person, numbers[1] ?? '', 'Stop.');
    await server.advance(6 * minuteMs);
    assert.equal(await through({ pack, person }), 'failed 200');
  });

  test('and messages waiting in other sender queues; the answer to it is sent', async () => {
    const { numbers, person } = world(2);
    const settings = { sticky_sender: false };
    const pack = await makePowerpack(server, 'waiting', numbers, { settings });
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4', '5']) {
      ids.push(await sendOne(server, { powerpack_uuid: pack.uuid, dst: person, text }));
    }
    await server.advance(500);
    const [first] = numbers;
    await sendText(server, person, first ?? '', 'STOP');
    await server.advance(10 * secondMs);
    assert.deepEqual(await Promise.all(ids.map((id) => stateOf(server, id))), [
      ...['delivered 000', 'delivered 000'],
      ...['failed 200', 'failed 200', 'failed 200'],
    ]);
    assert.deepEqual(
      seenBy(server, person)
        .map(({ text }) => text.slice(0, 8))
        .sort(),
      ['1', '2', 'You have'],
    );
    assert.match(JSON.stringify(await historyOf(server, ids[2] ?? '')), /its destination has opted out/);
  });

  test('and for no other powerpack', async () => {
    const { person } = await stopped('one of two', 1);
    const { numbers } = world(1);
    const other = await makePowerpack(server, 'the other of two', numbers);
    assert.equal(await through({ pack: other, person }), 'delivered 000');
  });

  test('until START to any of its numbers', async () => {
    const seen = await stopped('started', 2, { sticky_sender: false });
    await server.call('DELETE', numberPath(seen.pack, seen.said));
    await sendText(server, seen.person, seen.others[0] ?? '', ' "start" ');
    await server.advance(10 * secondMs);
    assert.equal(await through(seen), 'delivered 000');
    assert.equal(await outcomeOf({ src: seen.said, dst: seen.person }), 'delivered 000');
  });

  test('the history of a blocked message names the number', async () => {
    const seen = await stopped('told', 2, { sticky_sender: false });
    const id = await sendOne(server, { powerpack_uuid: seen.pack.uuid, dst: seen.person });
    const said = `failed: its destination has written STOP to ${seen.said}`;
    const history = await historyOf(server, id);
    assert.ok(
      history.some(
        (line) => line === said || line === `${said}, which counts for every number of the powerpack`,
      ),
      history.join('\n'),
    );
  });
});

describe('with STOP for one number', () => {
  const settings = { opt_out_scope: 'number', sticky_sender: false };

  test('the other members go on, and the message says so', async () => {
    const seen = await stopped('number', 2, settings);
    const id = await sendOne(server, { powerpack_uuid: seen.pack.uuid, dst: seen.person });
    assert.equal((await readMessage(server, id)).from_number, seen.others[0]);
    const { body } = await server.call('GET', `Message/${id}/Explain/`);
    assert.match(
      body.explanation,
      /The destination had opted out of 1 other member, which did not hold for this one\.$/,
    );
    await server.advance(10 * secondMs);
    assert.equal(await stateOf(server, id), 'delivered 000');
  });

  test('a wider scope applies to earlier STOPs as well, and a narrower one releases none', async () => {
    const seen = await stopped('widened', 2, settings);
    const scope = (opt_out_scope: string) =>
      server.call('POST', `Powerpack/${seen.pack.uuid}/`, { opt_out_scope });
    await scope('powerpack');
    assert.equal(await through(seen), 'failed 200');
    await scope('number');
    assert.equal(await through(seen), 'failed 200');
    await sendText(server, seen.person, seen.others[0] ?? '', 'START');
    assert.equal(await through(seen), 'delivered 000');
    assert.equal(
      await outcomeOf({ src: seen.said, dst: seen.person }),
      'failed 200',
      'START to the other number',
    );
  });

  test('START to the number takes it back, and to another it does not', async () => {
    const seen = await stopped('number and start', 2, settings);
    await sendText(server, seen.person, seen.others[0] ?? '', 'START');
    await server.advance(5 * secondMs);
    assert.equal(await outcomeOf({ src: seen.said, dst: seen.person }), 'failed 200');
    await sendText(server, seen.person, seen.said, 'START');
    await server.advance(5 * secondMs);
    assert.equal(await outcomeOf({ src: seen.said, dst: seen.person }), 'delivered 000');
  });
});

describe('with STOP for the account', () => {
  test('no powerpack and no number writes, until START to one for which it counts', async () => {
    const seen = await stopped('account', 1, { opt_out_scope: 'account' });
    const { numbers } = world(2);
    const [member = '', single = ''] = numbers;
    const other = await makePowerpack(server, 'same account', [member]);
    await server.call('POST', `PhoneNumber/${single}/`);
    const all = async () => [
      await through(seen),
      await through({ ...seen, pack: other }),
      await outcomeOf({ src: single, dst: seen.person }),
    ];
    assert.deepEqual(await all(), ['failed 200', 'failed 200', 'failed 200']);
    await sendText(server, seen.person, member, 'START');
    await server.advance(5 * secondMs);
    assert.deepEqual(
      await all(),
      ['failed 200', 'delivered 000', 'delivered 000'],
      'what was stopped stays so',
    );
    await sendText(server, seen.person, seen.said, 'START');
    await server.advance(5 * secondMs);
    assert.deepEqual(await all(), ['delivered 000', 'delivered 000', 'delivered 000']);
  });

  test('another account is not concerned', async () => {
    const { person } = await stopped('account of ours', 1, { opt_out_scope: 'account' });
    const stranger = await server.makeAccount('not concerned');
    const { numbers } = world(1);
    const pack = await makePowerpack(server, 'theirs', numbers, { as: stranger });
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: person }, stranger);
    await server.advance(5 * secondMs);
    assert.equal(await stateOf(server, id, stranger), 'delivered 000');
  });
});

describe('within five minutes of STOP', () => {
  const answer = 'You have been unsubscribed and will not receive any more messages from this number.';

  test("one message of the application's goes, besides the server's own answer", async () => {
    const { numbers, person } = world(2);
    const pack = await makePowerpack(server, 'confirmed', numbers);
    await sendText(server, person, numbers[0] ?? '', 'STOP');
    await server.advance(10 * secondMs);
    const explained = await server.call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst: person });
    assert.equal(explained.body.opted_out, true);
    assert.match(explained.body.warnings[0], /^One message goes all the same until .*Z, as the confirmation/);
    assert.equal(await through({ pack, person }, { text: 'Goodbye' }), 'delivered 000');
    assert.equal(await through({ pack, person }, { text: 'One more' }), 'failed 200');
    assert.deepEqual(
      seenBy(server, person).map(({ text }) => text),
      [answer, 'Goodbye'],
    );
  });

  test("it may be the application's answer in XML", async () => {
    const { numbers, person } = world(1);
    const made = await server.call('POST', 'Application/', {
      app_name: 'confirms',
      message_url: `${catcher.url}/confirms`,
    });
    const settings = { application_id: made.body.app_id, application_type: 'XML' };
    await makePowerpack(server, 'confirms', numbers, { settings });
    catcher.answer = {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: '<Response><Message>Sorry to see you go</Message></Response>',
    };
    await sendText(server, person, numbers[0] ?? '', 'STOP');
    await server.advance(10 * secondMs);
    assert.deepEqual(
      seenBy(server, person).map(({ text }) => text),
      [answer, 'Sorry to see you go'],
    );
  });

  test('afterwards none goes', async () => {
    const { numbers, person } = world(1);
    const pack = await makePowerpack(server, 'too late', numbers);
    await sendText(server, person, numbers[0] ?? '', 'STOP');
    await server.advance(5 * minuteMs);
    assert.equal(await through({ pack, person }), 'failed 200');
  });
});

test('STOP to a number in Puerto Rico counts as in the US', async () => {
  const own = '17875550100';
  const person = '17875550160';
  const added = await server.call('POST', 'Number/', {
    numbers: own,
    carrier: 'own',
    region: 'Puerto Rico',
    number_type: 'local',
  });
  assert.ok(added.status < 300, added.text);
  const pack = await makePowerpack(server, 'island', []);
  const joined = await server.call('POST', numberPath(pack, own));
  assert.equal(joined.status, 200, joined.text);
  assert.equal(await through({ pack, person }), 'delivered 000');
  await sendText(server, person, own, 'Opt-Out');
  await server.advance(6 * minuteMs);
  assert.equal(await through({ pack, person }), 'failed 200');
});
