// Races: members that leave while messages are accepted, and two servers that share one database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { serverUrl } from '../support/database.ts';
import { makePowerpack, readMessage, seenBy, seenOf, send, sendOne } from '../support/messaging.ts';

let place: TestPlace;
let one: TestApp;
let two: TestApp;
before(async () => {
  place = await openTestPlace();
  one = await startTestApp({}, place);
  two = await startTestApp({}, place);
});
after(async () => {
  await one.stop();
  await two.stop();
  await place.db.close();
});

const secondMs = 1000;

test('two servers that send to the same new person at once choose one number', async () => {
  const numbers = ['12015550100', '12015550101', '12015550102', '12015550103'];
  const { uuid } = await makePowerpack(one, 'the same person', numbers);
  for (let person = 0; person < 10; person++) {
    const dst = `1201555${2000 + person}`;
    const sending = Array.from({ length: 6 }, (_, index) =>
      sendOne(index % 2 === 0 ? one : two, { powerpack_uuid: uuid, dst }),
    );
    const senders = [];
    for (const id of await Promise.all(sending)) senders.push((await readMessage(one, id)).from_number);
    assert.equal(new Set(senders).size, 1, senders.join());
  }
});

test('a member that has left is not chosen any more by anybody, however many messages are being accepted', async () => {
  const numbers = Array.from({ length: 6 }, (_, index) => `1202555010${index}`);
  const pack = await makePowerpack(one, 'leaving at once', numbers, { settings: { sticky_sender: false } });
  let isSending = true;
  const accepted: { askedAt: number; ids: string[] }[] = [];
  let turn = 0;
  const sendOn = async (server: TestApp, area: number) => {
    for (let request = 0; isSending; request++) {
      const dst = Array.from(
        { length: 20 },
        (_, index) => `1${area}555${1000 + ((request * 20 + index) % 9000)}`,
      );
      turn += 1;
      const askedAt = turn;
      const ids = await send(server, { powerpack_uuid: pack.uuid, dst: dst.join('<') });
      accepted.push({ askedAt, ids });
    }
  };
  const sending = [sendOn(one, 212), sendOn(one, 213), sendOn(two, 312), sendOn(two, 313)];
  const leftAt = new Map<string, number>();
  const untilAccepted = async (wanted: number) => {
    while (accepted.length < wanted) await Promise.race([...sending, new Promise(setImmediate)]);
  };
  for (const number of numbers.slice(1)) {
    // A few requests between one leaving and the next.
    await untilAccepted(accepted.length + 3);
    const left = await two.call('DELETE', `NumberPool/${pack.pool}/Number/${number}/`);
    assert.equal(left.status, 200, left.text);
    turn += 1;
    leftAt.set(number, turn);
  }
  await untilAccepted(accepted.length + 8);
  isSending = false;
  await Promise.all(sending);

  const rows = await place.db.query<{ id: string; sender: string }>(
    'select id, sender from messages where powerpack_uuid = $1',
    [pack.uuid],
  );
  const senders = new Map(rows.map(({ id, sender }) => [id, sender]));
  const wrong = accepted.flatMap(({ askedAt, ids }) =>
    ids.filter((id) => askedAt > (leftAt.get(senders.get(id) ?? '') ?? Number.POSITIVE_INFINITY)),
  );
  assert.deepEqual(wrong, []);
  assert.equal(
    rows.length,
    accepted.flatMap(({ ids }) => ids).length,
    'every accepted message is there, once',
  );
  assert.ok(new Set(senders.values()).size > 1);
});

test('two servers submit what both accepted once, in order, at the pace of the number, also when one of them stops', async () => {
  await one.call('POST', 'PhoneNumber/12035550100/');
  const ids: string[] = [];
  for (let message = 0; message < 6; message++) {
    const fields = { src: '12035550100', dst: `1203555${2000 + message}` };
    ids.push(await sendOne(message % 2 === 0 ? one : two, fields));
  }
  await one.advance(2500);
  await one.stop();
  const before = one;
  one = await startTestApp({}, place);
  await one.advance(20 * secondMs);
  const seen = [before, one, two].flatMap((server) => seenOf(server, ids)).sort((a, b) => a.atMs - b.atMs);
  assert.deepEqual(
    seen.map(({ reference }) => reference),
    ids,
  );
  for (const [index, { atMs }] of seen.slice(1).entries()) {
    assert.ok(atMs - (seen[index]?.atMs ?? 0) >= secondMs);
  }
});

test('a request that is repeated on another server at the same time sends once', async () => {
  const { uuid } = await makePowerpack(one, 'repeated at once', ['12055550100']);
  const body = { powerpack_uuid: uuid, dst: '12055550150', text: 'once' };
  const options = { headers: { 'idempotency-key': 'at-once' } };
  const answers = await Promise.all(
    [one, two, one, two].map((server) => server.call('POST', 'Message/', body, options)),
  );
  assert.equal(new Set(answers.map((answer) => answer.body.message_uuid?.[0])).size, 1);
  await one.advance(5 * secondMs);
  await two.advance(5 * secondMs);
  assert.equal(seenBy(one, '12055550150').length + seenBy(two, '12055550150').length, 1);
});

test('a long lock on a pool delays messages of that pool, and no others', {
  skip: serverUrl === undefined && 'the embedded database does one after the other',
}, async () => {
  const { db } = place;
  const heldPack = await makePowerpack(one, 'held', ['13125550100']);
  const freePack = await makePowerpack(one, 'free', ['13125550101']);
  const dst = '13125550199';
  let waiting: Promise<string>[] = [];
  await db.transaction(async (tx) => {
    await tx.query('update pool_versions set version = version + 1 where pool_uuid = $1', [heldPack.pool]);
    waiting = [sendOne(one, { powerpack_uuid: heldPack.uuid, dst })];
    const isWaiting = `select 1 from pg_locks where not granted
      and pid in (select pid from pg_stat_activity where datname = current_database())`;
    while ((await db.query(isWaiting)).length === 0);
    waiting.push(sendOne(one, { powerpack_uuid: heldPack.uuid, dst }));
    await sendOne(one, { powerpack_uuid: freePack.uuid, dst });
    await sendOne(one, { src: '13125550101', dst });
  });
  // What waited is accepted as soon as it can be.
  const senders = [];
  for (const id of await Promise.all(waiting)) senders.push((await readMessage(one, id)).from_number);
  assert.deepEqual(senders, ['13125550100', '13125550100']);
});
