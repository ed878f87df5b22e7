// When the carrier does not do as it should: reports that are late, lost or repeated, and submissions that fail.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addRule, historyOf, makePowerpack, seenOf, send, sendOne, stateOf } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

let server: TestApp;
let catcher: WebhookCatcher;
before(async () => {
  server = await startTestApp();
  catcher = await startWebhookCatcher();
});
afterEach(() => server.app.simulator.rules.reset());
after(async () => {
  await server.stop();
  await catcher.close();
});

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const statusesOf = (id: string) =>
  catcher.calls
    .filter(({ parameters }) => parameters.MessageUUID === id)
    .map(({ parameters: { Sequence, Status, ErrorCode } }) => `${Sequence} ${Status} ${ErrorCode}`.trim());

const url = () => `${catcher.url}/status`;

test('a report that comes before the submission is answered finds its message', async () => {
  const { uuid } = await makePowerpack(server, 'overtaken', ['12015550100']);
  addRule(server, '12015550123', { overtake: true });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12015550123', url: url() });
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  assert.deepEqual(statusesOf(id), ['1 queued', '2 sent', '3 delivered 000']);
});

const long = 'A message of three segments. '.repeat(14);

test('a message in parts is delivered once each part is, and its parts are submitted once', async () => {
  const { uuid } = await makePowerpack(server, 'in parts', ['12015550101']);
  addRule(server, '12015550124', { inParts: true, progress: true });
  addRule(server, '12015550124', {
    inParts: true,
    submit: 'throttled',
    report: 'lost',
    partsTaken: 1,
    times: 1,
  });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12015550124', text: long, url: url() });
  await server.advance(10 * secondMs);
  assert.deepEqual(
    seenOf(server, [id]).map(({ attempt, partsTaken }) => [attempt, partsTaken]),
    [
      [1, 0],
      [2, 1],
    ],
  );
  assert.equal(await stateOf(server, id), 'sent');
  await server.advance(60 * minuteMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  assert.deepEqual(statusesOf(id), ['1 queued', '2 sent', '3 delivered 000']);
  // The two reports are of one moment.
  assert.deepEqual((await historyOf(server, id)).toSorted(), [
    'accepted',
    'deferred: throttled: a rule of the simulator says throttled (partial: 1 of 3 parts were taken)',
    'delivered',
    'report: 2 of 3 parts were confirmed, and nothing was said of the others',
    'report: the carrier said part 2: ENROUTE',
    'report: the carrier said part 3: ENROUTE',
    'sent: handed to the carrier simulator',
  ]);
});

test('an answer that comes late ends the repetitions', async () => {
  const { uuid } = await makePowerpack(server, 'late answer', ['12015550102']);
  addRule(server, '12015550125', { submit: 'unanswered', report: 'lost', lateMs: 500 });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12015550125', url: url() });
  await server.advance(minuteMs);
  assert.equal(seenOf(server, [id]).length, 1);
  assert.deepEqual(statusesOf(id), ['1 queued', '2 sent']);
});

test('a report that never comes leaves the message sent', async () => {
  const { uuid } = await makePowerpack(server, 'lost', ['12025550100']);
  addRule(server, '12025550123', { report: 'lost' });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12025550123' });
  await server.advance(24 * hourMs);
  assert.equal(await stateOf(server, id), 'sent');
});

test('a report that comes a day late, and three times, counts once', async () => {
  const { uuid } = await makePowerpack(server, 'late', ['12035550100']);
  addRule(server, '12035550123', { delayMs: [24 * hourMs, 24 * hourMs], duplicates: 2 });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12035550123', url: url() });
  await server.advance(23 * hourMs);
  assert.equal(await stateOf(server, id), 'sent');
  await server.advance(2 * hourMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  assert.deepEqual(statusesOf(id), ['1 queued', '2 sent', '3 delivered 000']);
});

test('an undelivered message has the carrier’s reason', async () => {
  const { uuid } = await makePowerpack(server, 'undelivered', ['12055550100']);
  addRule(server, '12055550123', { report: 'undelivered', errorCode: 80 });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12055550123', url: url() });
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, id), 'undelivered 80');
  assert.deepEqual(statusesOf(id), ['1 queued', '2 sent', '3 undelivered 80']);
});

test('reports in another order than the messages reach each its own', async () => {
  const { uuid } = await makePowerpack(server, 'out of order', ['12065550100']);
  addRule(server, '12065550123', {
    delayMs: [60 * secondMs, 60 * secondMs],
    report: 'undelivered',
    errorCode: 70,
  });
  const [slow = '', quick = ''] = await send(server, {
    powerpack_uuid: uuid,
    dst: '12065550123<12065550124',
  });
  await server.advance(10 * secondMs);
  assert.deepEqual([await stateOf(server, slow), await stateOf(server, quick)], ['sent', 'delivered 000']);
  await server.advance(minuteMs);
  assert.equal(await stateOf(server, slow), 'undelivered 70');
});

test('a carrier that asks to slow down is obeyed, and nothing overtakes', async () => {
  const { uuid } = await makePowerpack(server, 'throttled', ['12075550100']);
  addRule(server, '120755501*', { submit: 'throttled', times: 2, report: 'lost' });
  const ids = await send(server, { powerpack_uuid: uuid, dst: '12075550123<12075550124' });
  await server.advance(minuteMs);
  const seen = seenOf(server, ids);
  assert.deepEqual(
    seen.map(({ reference, attempt, failure }) => [ids.indexOf(reference), attempt, failure]),
    [
      [0, 1, 'throttled'],
      [0, 2, 'throttled'],
      [0, 3, undefined],
      [1, 1, undefined],
    ],
  );
  const [first = 0, second = 0, third = 0, last = 0] = seen.map(({ atMs }) => atMs);
  assert.deepEqual([second - first, third - second, last - third], [1000, 2000, 1000]);
  assert.deepEqual(await historyOf(server, ids[0] ?? ''), [
    'accepted',
    'deferred: throttled: a rule of the simulator says throttled',
    'deferred: throttled: a rule of the simulator says throttled',
    'sent: handed to the carrier simulator',
    'delivered',
  ]);
});

test('a message that the carrier keeps refusing for now fails after five attempts, and the messages behind it are sent', async () => {
  const { uuid } = await makePowerpack(server, 'poison', ['12135550100']);
  addRule(server, '12135550123', { submit: 'carrierFault' });
  const poison = await sendOne(server, { powerpack_uuid: uuid, dst: '12135550123', url: url() });
  const next = await sendOne(server, { powerpack_uuid: uuid, dst: '12135550124', message_expiry: 25 });
  await server.advance(20 * secondMs);
  assert.equal(await stateOf(server, poison), 'failed 20');
  assert.deepEqual(statusesOf(poison), ['1 queued', '2 failed 20']);
  const attempts = seenOf(server, [poison]).map(({ attempt }) => attempt);
  assert.deepEqual(attempts, [1, 2, 3, 4, 5]);
  await server.advance(10 * secondMs);
  assert.equal(await stateOf(server, next), 'delivered 000');
});

test('a carrier that only asks to slow down is asked until the message expires', async () => {
  const { uuid } = await makePowerpack(server, 'throttled for long', ['12145550100']);
  addRule(server, '12145550123', { submit: 'throttled', times: 9, report: 'lost' });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12145550123' });
  await server.advance(10 * minuteMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
  assert.equal(seenOf(server, [id]).length, 10);
});

test('a carrier that says to come again at once is asked a second later, one that says much later every five minutes', async () => {
  const { uuid } = await makePowerpack(server, 'own word', ['12155550100']);
  addRule(server, '12155550123', { submit: 'disconnected', times: 1, outageMs: 1 });
  addRule(server, '12155550124', { submit: 'disconnected', times: 1, outageMs: 12 * minuteMs });
  const [first = '', second = ''] = await send(server, {
    powerpack_uuid: uuid,
    dst: '12155550123<12155550124',
  });
  await server.advance(15 * minuteMs);
  const waitsOf = (id: string) => {
    const moments = seenOf(server, [id]).map(({ atMs }) => atMs);
    return moments.slice(1).map((atMs, index) => atMs - (moments[index] ?? 0));
  };
  assert.deepEqual(waitsOf(first), [secondMs]);
  assert.deepEqual(waitsOf(second), [5 * minuteMs, 5 * minuteMs, 2 * minuteMs]);
});

test('while the carrier is away messages wait; afterwards they go in order, at the pace of the number', async () => {
  const { uuid } = await makePowerpack(server, 'away', ['12085550100']);
  addRule(server, '12085550123', {
    submit: 'disconnected',
    times: 1,
    outageMs: 5 * minuteMs,
    report: 'lost',
  });
  const dst = '12085550123<12085550124<12085550125';
  const ids = await send(server, { powerpack_uuid: uuid, dst });
  await server.advance(4 * minuteMs);
  assert.deepEqual(
    seenOf(server, ids).filter(({ failure }) => failure === undefined),
    [],
  );
  await server.advance(2 * minuteMs);
  const taken = seenOf(server, ids).filter(({ failure }) => failure === undefined);
  assert.deepEqual(
    taken.map(({ reference }) => reference),
    ids,
  );
  const [first = 0, second = 0, third = 0] = taken.map(({ atMs }) => atMs);
  assert.deepEqual([second - first, third - second], [1000, 1000]);
});

test('a submission without an answer is repeated, with an event in the history', async () => {
  const { uuid } = await makePowerpack(server, 'unanswered', ['12095550100']);
  addRule(server, '12095550123', { submit: 'unanswered', times: 1, report: 'delivered' });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12095550123' });
  await server.advance(minuteMs);
  const seen = seenOf(server, [id]);
  assert.deepEqual(
    seen.map(({ attempt, failure }) => [attempt, failure]),
    [
      [1, 'unanswered'],
      [2, undefined],
    ],
  );
  assert.equal(await stateOf(server, id), 'delivered 000');
  const history = await historyOf(server, id);
  assert.ok(
    history.some((line) => line.startsWith('repeated: attempt 2')),
    history.join('\n'),
  );
});

const refusals = [
  ['invalidMessage', 10],
  ['spam', 30],
  ['invalidSender', 40],
  ['invalidDestination', 50],
  ['noRoute', 90],
  ['prohibited', 100],
  ['tooLong', 110],
  ['unknown', 1000],
] as const;

test('a message that the carrier refuses for good fails with its code at once, and the messages behind it are sent', async () => {
  const { uuid } = await makePowerpack(server, 'refused', ['12105550100']);
  const ids = [];
  for (const [index, [submit]] of refusals.entries()) {
    const dst = `121055501${20 + index}`;
    addRule(server, dst, { submit, report: 'lost' });
    ids.push(await sendOne(server, { powerpack_uuid: uuid, dst, url: url() }));
  }
  ids.push(await sendOne(server, { powerpack_uuid: uuid, dst: '12105550140', url: url() }));
  await server.advance(20 * secondMs);
  const states = [];
  for (const id of ids) states.push(await stateOf(server, id));
  assert.deepEqual(states, [...refusals.map(([, code]) => `failed ${code}`), 'delivered 000']);
  assert.deepEqual(statusesOf(ids[0] ?? ''), ['1 queued', '2 failed 10']);
  assert.equal(seenOf(server, ids).length, ids.length, 'none is tried again');
});

test('a carrier that is away for longer than a message may wait has it fail with 420', async () => {
  const { uuid } = await makePowerpack(server, 'away too long', ['12125550100']);
  addRule(server, '12125550123', { submit: 'disconnected', outageMs: 10 * minuteMs, report: 'lost' });
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12125550123', message_expiry: 60 });
  await server.advance(59 * secondMs);
  assert.equal(await stateOf(server, id), 'queued');
  await server.advance(2 * secondMs);
  assert.equal(await stateOf(server, id), 'failed 420');
  await server.advance(20 * minuteMs);
  assert.equal(seenOf(server, [id]).length, 1);
});
