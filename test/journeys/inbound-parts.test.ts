// Long messages from handsets, which come in parts: in any order, doubled, over restarts, to two processes, and with parts missing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { historyOf, makePowerpack } from '../support/messaging.ts';

const own = '12015550100';
const person = '12015550150';
const minuteMs = 60_000;

let place: TestPlace;
let server: TestApp;
let names = 0;
before(async () => {
  place = await openTestPlace();
  server = await startTestApp({}, place);
  await makePowerpack(server, 'parts', [own]);
});
after(async () => {
  await server.stop();
  await place.db.close();
});

interface Given {
  readonly reference?: number;
  readonly width?: 8 | 16;
  readonly name?: string;
  readonly on?: TestApp;
  readonly destination?: string;
}

/** Sends one part of a message from a handset. */
function sendPart(text: string, part: number, total: number, given: Given = {}): Promise<string | undefined> {
  const { reference = 7, width = 8, on = server, destination = own } = given;
  names += 1;
  return on.app.simulator.fromHandset({
    name: given.name ?? `part-${names}`,
    sender: person,
    destination,
    service: 'sms',
    text,
    mediaUrls: [],
    part: { reference, part, total, width },
  });
}

/** Returns the texts of the messages that came in since it was last asked, in alphabetical order. */
async function received(): Promise<string[]> {
  const rows = await place.db.query<{ text: string }>(
    "delete from messages where direction = 'inbound' returning text",
  );
  return rows.map(({ text }) => text).toSorted();
}

const waiting = async () => (await place.db.query('select from inbound_parts')).length;

for (const order of [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
]) {
  test(`parts that come as ${order.join(', ')} are one message, and nothing before the last`, async () => {
    for (const [index, part] of order.entries()) {
      assert.deepEqual(await received(), [], `after ${index}`);
      await sendPart(`<${part}>`, part, 3);
    }
    assert.deepEqual(await received(), ['<1><2><3>']);
    assert.equal(await waiting(), 0);
  });
}

test('a part that the carrier brings again is known by its name, before and after the message is whole', async () => {
  const first = await sendPart('one ', 1, 2, { name: 'again 1' });
  assert.equal(await sendPart('one ', 1, 2, { name: 'again 1' }), first);
  assert.equal(await sendPart('one ', 1, 2), first, 'and by its text, under another name');
  await sendPart('two', 2, 2, { name: 'again 2' });
  await sendPart('two', 2, 2, { name: 'again 2' });
  assert.deepEqual(await received(), ['one two']);
  assert.equal(await waiting(), 0);
});

test('a reference of another width, number or total is another message', async () => {
  await sendPart('a', 1, 2, { reference: 0 });
  await sendPart('b', 1, 2, { reference: 1 });
  await sendPart('c', 1, 2, { reference: 0, width: 16 });
  await sendPart('d', 1, 3, { reference: 0 });
  await sendPart('A', 2, 2, { reference: 0 });
  assert.deepEqual(await received(), ['aA']);
  await server.advance(31 * minuteMs);
  await received();
});

test('a character that begins in one part and ends in the next is whole', async () => {
  const [high = '', low = ''] = '😀'.split('');
  await sendPart(`${low}!`, 2, 2);
  await sendPart(`smile ${high}`, 1, 2);
  assert.deepEqual(await received(), ['smile 😀!']);
});

test('keywords are read in the whole text', async () => {
  const optOuts = async () => (await place.db.query('select from opt_outs')).length;
  await sendPart('STOP', 1, 2);
  await sendPart(' making me laugh', 2, 2);
  assert.equal(await optOuts(), 0);
  await sendPart('ST', 1, 2);
  await sendPart('OP', 2, 2);
  assert.equal(await optOuts(), 1);
  assert.deepEqual(await received(), ['STOP', 'STOP making me laugh']);
});

test('parts missing after half an hour are marked in the text, with an event in the history', async () => {
  await sendPart('two, ', 2, 4);
  await server.advance(29 * minuteMs);
  await sendPart('four', 4, 4);
  assert.deepEqual(await received(), []);
  await server.advance(minuteMs);
  const [row] = await place.db.query<{ id: string; text: string }>(
    "select id, text from messages where direction = 'inbound'",
  );
  assert.equal(row?.text, '…two, …four');
  const history = await historyOf(server, row?.id ?? '');
  assert.ok(history.includes('incomplete: 2 of 4 parts came, the others did not'), history.join('\n'));
  await received();
  assert.equal(await waiting(), 0);
});

test('another text under a reference that is in use begins another message, and none is lost', async () => {
  await sendPart('old 1', 1, 2);
  await sendPart('new 1', 1, 2);
  assert.deepEqual(await received(), ['old 1…']);
  await sendPart(' new 2', 2, 2);
  assert.deepEqual(await received(), ['new 1 new 2']);
});

test('parts survive a restart', async () => {
  await sendPart('before ', 1, 2);
  await server.stop();
  server = await startTestApp({}, place);
  await sendPart('after', 2, 2);
  assert.deepEqual(await received(), ['before after']);
});

test('parts that come to two processes at once are one message', async () => {
  const other = await startTestApp({}, place);
  try {
    for (let reference = 0; reference < 20; reference++) {
      await Promise.all([
        sendPart('left ', 1, 2, { reference }),
        sendPart('right', 2, 2, { reference, on: other }),
      ]);
    }
    assert.deepEqual(new Set(await received()), new Set(['left right']));
    assert.equal(await waiting(), 0);
  } finally {
    await other.stop();
  }
});

test('many messages of which a part is missing are all received', async () => {
  for (let reference = 0; reference < 250; reference++) await sendPart(`${reference}`, 1, 2, { reference });
  await server.advance(30 * minuteMs);
  // A hundred a round.
  for (let round = 0; round < 3; round++) await server.advance(1);
  assert.equal((await received()).length, 250);
  assert.equal(await waiting(), 0);
});

test('an incomplete message that fails keeps no other waiting, and is received once it can be', async () => {
  const { db } = place;
  await sendPart('fails', 1, 2, { reference: 1 });
  await server.advance(minuteMs);
  await sendPart('comes', 1, 2, { reference: 2 });
  await db.query(
    `create function fail_receiving() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`,
  );
  await db.query(`create trigger fail_receiving before delete on inbound_parts for each row
    when (old.reference = 1) execute function fail_receiving()`);
  await server.advance(30 * minuteMs);
  assert.deepEqual(await received(), ['comes…']);
  assert.equal(await waiting(), 1);
  await db.query('drop trigger fail_receiving on inbound_parts');
  await server.advance(minuteMs);
  assert.deepEqual(await received(), ['fails…']);
});

test('a part for a number of nobody is taken and dropped, and one outside of its message is a message', async () => {
  assert.equal(await sendPart('who?', 1, 2, { destination: '13105550100' }), undefined);
  assert.equal(await waiting(), 0);
  await sendPart('alone', 3, 2);
  await sendPart('many', 1, 40_000);
  await sendPart('single', 1, 1);
  assert.deepEqual(await received(), ['alone', 'many', 'single']);
});
