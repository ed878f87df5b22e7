// Inbound messages: their webhooks, STOP, START and HELP, and answers of applications.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
import type { CatcherAnswer } from '../support/webhook-catcher.ts';

const { server, catcher } = await startServerWithCatcher();

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** Makes an application that listens at a path of the catcher; answers its id. */
async function makeApplication(path: string, fields: object = {}): Promise<string> {
  const made = await server.call('POST', 'Application/', {
    app_name: path,
    message_url: `${catcher.url}/${path}`,
    ...fields,
  });
  assert.ok(made.body.app_id, made.text);
  return made.body.app_id;
}

/** Makes a powerpack with an application. */
async function listening(
  path: string,
  numbers: readonly string[],
  settings: object = {},
): Promise<MadePowerpack> {
  const application_id = await makeApplication(path);
  const attached = { application_id, application_type: 'XML', ...settings };
  return makePowerpack(server, path, numbers, { settings: attached });
}

const heardAt = (path: string) =>
  catcher.calls.filter(({ url }) => new URL(url).pathname === `/${path}`).map((call) => call.parameters);

const xml = (body: string): CatcherAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Response>${body}</Response>`,
});

const unsubscribed = 'You have been unsubscribed and will not receive any more messages from this number.';

test('a reply to a powerpack is sent to its application, one to another number to its own', async () => {
  const { uuid } = await listening('pack', ['12015550100']);
  const app_id = await makeApplication('own', { message_method: 'GET' });
  await server.call('POST', 'PhoneNumber/12015550101/', { app_id });
  catcher.answer = 'held';
  const first = await sendText(server, '12015550150', '12015550100', 'Hello & welcome ☃');
  const second = await sendText(server, '12015550150', '12015550101', 'hello');
  const calls = [await catcher.next(), await catcher.next()];
  assert.equal((await readMessage(server, first)).message_state, 'received');
  for (const call of calls) call.release({ status: 200 });
  await server.advance(secondMs);
  const [heard] = heardAt('pack');
  assert.deepEqual(heard, {
    MessageUUID: first,
    From: '12015550150',
    To: '12015550100',
    Type: 'sms',
    Text: 'Hello & welcome ☃',
    Units: '1',
    TotalRate: '0.00000',
    TotalAmount: '0.00000',
    MessageIntent: '',
    PowerpackUUID: uuid,
  });
  assert.deepEqual(
    heardAt('own').map(({ MessageUUID, PowerpackUUID }) => [MessageUUID, PowerpackUUID]),
    [[second, '']],
  );
  const message = await readMessage(server, first);
  assert.deepEqual([message.message_state, message.message_direction], ['delivered', 'inbound']);
  assert.ok(catcher.calls.every((call) => call.isSignedWith(server.account.authToken)));
});

test('a reply without an application stays received', async () => {
  await makePowerpack(server, 'silent', ['12025550100']);
  const id = await sendText(server, '12025550150', '12025550100', 'anybody?');
  await server.advance(minuteMs);
  assert.equal(await stateOf(server, id), 'received');
});

test('a message that the carrier brings twice is one message', async () => {
  await listening('twice', ['12035550100']);
  const inbound = {
    name: 'the same',
    sender: '12035550150',
    destination: '12035550100',
    service: 'sms' as const,
    text: 'once',
    mediaUrls: [],
  };
  const first = await server.app.simulator.fromHandset(inbound);
  assert.equal(await server.app.simulator.fromHandset(inbound), first);
  await server.advance(secondMs);
  assert.equal(heardAt('twice').length, 1);
});

test('a picture whose carrier hands over the file itself is stored, sent to the application and served', async () => {
  await listening('file', ['12055550101']);
  const content = Buffer.from('GIF89a and so on');
  await server.app.simulator.fromHandset({
    name: 'file',
    sender: '12055550150',
    destination: '12055550101',
    service: 'mms',
    text: '',
    mediaUrls: ['https://example.com/a.png'],
    files: [
      { contentType: 'image/gif', content },
      { contentType: 'image/gif', content: Buffer.alloc(0) },
    ],
  });
  await server.advance(secondMs);
  const [heard] = heardAt('file');
  assert.deepEqual([heard?.MediaCount, heard?.Media0], ['2', 'https://example.com/a.png']);
  const file = await fetch(heard?.Media1 ?? '');
  assert.equal(file.headers.get('content-type'), 'image/gif');
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), content);
});

test('an inbound picture message is sent to the application with its files', async () => {
  await listening('picture', ['12055550100']);
  await server.app.simulator.fromHandset({
    name: 'picture',
    sender: '12055550150',
    destination: '12055550100',
    service: 'mms',
    text: 'look',
    mediaUrls: ['https://example.com/a.png', 'https://example.com/b.png'],
  });
  await server.advance(secondMs);
  const [heard] = heardAt('picture');
  assert.equal(heard?.MediaCount, '2');
  assert.equal(heard?.Media0, 'https://example.com/a.png');
  assert.equal(heard?.Media1, 'https://example.com/b.png');
  assert.deepEqual([heard?.Body, heard?.Text], ['look', 'look']);
});

test('an application that does not answer is asked again after 60, 120 and 240 seconds, then the reply is undelivered', async () => {
  await listening('failing', ['12065550100']);
  catcher.answer = { status: 403 };
  const id = await sendText(server, '12065550150', '12065550100', 'hello?');
  const counts = [];
  for (const seconds of [1, 58, 2, 118, 2, 238, 2]) {
    await server.advance(seconds * secondMs);
    counts.push(heardAt('failing').length);
  }
  assert.deepEqual(counts, [1, 1, 2, 2, 3, 3, 4]);
  assert.equal(await stateOf(server, id), 'undelivered 2403');
  await server.advance(10 * minuteMs);
  assert.equal(heardAt('failing').length, 4);
});

test('the answer of an application is sent from the number that was written to, to the writer', async () => {
  const { uuid } = await listening('answering', ['12075550100']);
  catcher.answer = xml(
    `<Message>Thanks!</Message><Message dst="12075550151&lt;12075550152" callbackUrl="${catcher.url}/told">Others</Message>`,
  );
  await sendText(server, '12075550150', '12075550100', 'hi');
  await server.advance(minuteMs);
  const [answer] = seenBy(server, '12075550150');
  assert.deepEqual([answer?.sender, answer?.text], ['12075550100', 'Thanks!']);
  assert.equal(seenBy(server, '12075550151')[0]?.text, 'Others');
  assert.equal(seenBy(server, '12075550152')[0]?.text, 'Others');
  const answered = await readMessage(server, answer?.reference ?? '');
  assert.deepEqual([answered.message_state, answered.powerpack_id], ['delivered', uuid]);
  assert.equal(heardAt('told').length, 6);
});

test('an answer that is not understood is noted with the message, and nothing is sent', async () => {
  await listening('rambling', ['12085550100']);
  const foreign = '<Message src="14155550199">From a number that is not ours</Message>';
  const answers: [answer: CatcherAnswer, noted: RegExp | undefined][] = [
    [xml('<Message>unclosed'), /^answer: its answer was not read as Message XML: it is not well-formed XML$/],
    [xml(foreign), /^answer: its answer was not sent: This caller ID is not allowed/],
    [
      xml('<Message dst="nobody">x</Message>'),
      /^answer: its answer was not sent to 1 of 1 destinations: not a telephone number \(1\)$/,
    ],
    [
      xml(`<Message>${'x'.repeat(2000)}</Message>`),
      /^answer: its answer was not sent: text parameter length/,
    ],
    [
      { status: 200, headers: { 'content-type': 'text/plain' }, body: 'thank you' },
      /Message XML: it is not XML$/,
    ],
    [{ status: 200, body: '<!doctype html><p>Welcome' }, /Message XML: it has a document type$/],
    [xml('<Speak>hello</Speak>'), /Message XML: its Response has no Message$/],
    [xml(''), undefined],
    [{ status: 204 }, undefined],
  ];
  for (const [answer, noted] of answers) {
    catcher.answer = answer;
    const id = await sendText(server, '12085550150', '12085550100', 'hi');
    await server.advance(secondMs);
    assert.equal(await stateOf(server, id), 'delivered 000');
    const notes = (await historyOf(server, id)).filter((line) => line.startsWith('answer'));
    assert.equal(notes.length, noted === undefined ? 0 : 1, notes.join());
    if (noted !== undefined) assert.match(notes[0] ?? '', noted);
  }
  assert.equal(seenBy(server, '12085550150').length, 0);
});

test('Message XML is sent whatever its content type and its case', async () => {
  await listening('lenient', ['12085550103']);
  const [small, capitals] = [
    '<response><message>small</message></response>',
    '<RESPONSE><MESSAGE>BIG</MESSAGE></RESPONSE>',
  ];
  const plain = '<Response><Message>plain</Message></Response>';
  for (const [contentType, body] of [
    ['text/html; charset=utf-8', plain],
    ['text/plain', plain],
    ['application/json', plain],
    [undefined, plain],
    ['text/xml', small],
    ['text/html', capitals],
  ] as const) {
    catcher.answer = {
      status: 200,
      headers: contentType === undefined ? {} : { 'content-type': contentType },
      body,
    };
    await sendText(server, '12085550155', '12085550103', 'hi');
    await server.advance(secondMs);
  }
  await server.advance(minuteMs);
  assert.deepEqual(
    seenBy(server, '12085550155').map(({ text: words }) => words),
    ['plain', 'plain', 'plain', 'plain', 'small', 'BIG'],
  );
});

/** Returns the webhook of an inbound message. */
async function callOf(id: string): Promise<string> {
  const listed = await server.call('GET', `Webhook/?message_uuid=${id}`);
  const [call] = listed.body.objects;
  assert.ok(call, listed.text);
  return call.webhook_uuid;
}

async function replay(id: string): Promise<void> {
  const replayed = await server.call('POST', `Webhook/${await callOf(id)}/Replay/`);
  assert.equal(replayed.status, 202, replayed.text);
  await server.advance(secondMs);
}

const answersIn = async (id: string) =>
  (await historyOf(server, id)).filter((line) => line.startsWith('answer'));
const givenUp = 'answer: a call to the application was given up';

test('a replayed call that is answered delivers the message that was undelivered, and the answer is sent once', async () => {
  await listening('mended', ['12085550104']);
  catcher.answer = { status: 503 };
  const id = await sendText(server, '12085550156', '12085550104', 'hi');
  await server.advance(10 * minuteMs);
  const undelivered = await readMessage(server, id);
  assert.deepEqual(
    [undelivered.message_state, undelivered.error_code, undelivered.error_message],
    ['undelivered', '2503', 'Application answered 503'],
  );
  assert.deepEqual(await answersIn(id), [`${givenUp}: the application answered 503`]);

  catcher.answer = { status: 404 };
  await replay(id);
  await server.advance(10 * minuteMs);
  assert.equal(await stateOf(server, id), 'undelivered 2503');
  assert.deepEqual((await answersIn(id)).at(-1), `${givenUp}: the application answered 404`);

  catcher.answer = xml('<Message>Late, but here</Message>');
  await replay(id);
  await server.advance(minuteMs);
  const delivered = await readMessage(server, id);
  assert.deepEqual(
    [delivered.message_state, delivered.error_code, delivered.error_message],
    ['delivered', '000', ''],
  );
  const texts = () => seenBy(server, '12085550156').map(({ text: words }) => words);
  assert.deepEqual(texts(), ['Late, but here']);

  await replay(id);
  await server.advance(minuteMs);
  assert.deepEqual(texts(), ['Late, but here']);
  assert.deepEqual(
    (await answersIn(id)).at(-1),
    'answer: the answer to a repeated call was not sent: the message was delivered before',
  );
  catcher.answer = { status: 503 };
  await replay(id);
  await server.advance(10 * minuteMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
});

test('a replayed call that waits to be tried again is made at once, and its answer is sent', async () => {
  await listening('hasty', ['12085550105']);
  catcher.answer = { status: 500 };
  const id = await sendText(server, '12085550157', '12085550105', 'hi');
  await server.advance(secondMs);
  catcher.answer = xml('<Message>At once</Message>');
  await replay(id);
  assert.equal(await stateOf(server, id), 'delivered 000');
  await server.advance(minuteMs);
  assert.equal(seenBy(server, '12085550157')[0]?.text, 'At once');
  assert.equal(heardAt('hasty').length, 2);
});

test('a webhook without any answer fails, and the history of the message has the reason', async () => {
  const app = await server.call('POST', 'Application/', {
    app_name: 'gone',
    message_url: 'http://127.0.0.1:9/',
  });
  await makePowerpack(server, 'gone', ['12085550106'], {
    settings: { application_id: app.body.app_id, application_type: 'XML' },
  });
  const id = await sendText(server, '12085550158', '12085550106', 'hi');
  await server.advance(10 * minuteMs);
  assert.equal(await stateOf(server, id), 'undelivered');
  assert.match((await answersIn(id)).join(), /was given up: connection/);
});

test('the valid parts of an answer are sent, and its history lists the others', async () => {
  await listening('in-part', ['12085550101']);
  const [good, other] = ['12085550152', '12085550153'];
  catcher.answer = xml(
    `<Message dst="4155550100&lt;${good}&lt;12085550101&lt;911&lt;${good}">In part</Message>` +
      `<Message dst="${other}" type="fax">Not at all</Message><Message dst="${other}"> </Message>` +
      `<Message dst="${other}">In full</Message>`,
  );
  const id = await sendText(server, '12085550151', '12085550101', 'hi');
  await server.advance(5 * secondMs);
  assert.deepEqual(
    seenBy(server, good).map(({ text: words }) => words),
    ['In part'],
  );
  assert.deepEqual(
    seenBy(server, other).map(({ text: words }) => words),
    ['In full'],
  );
  const notes = (await historyOf(server, id)).filter((line) => line.startsWith('answer'));
  assert.deepEqual(notes.sort(), [
    'answer: its answer was not sent to 3 of 4 destinations: not a telephone number (2), the sender itself (1)',
    'answer: message 2 of its answer was not sent: its type is neither sms nor mms',
    'answer: message 3 of its answer was not sent: it has no text',
  ]);
});

test('a short code answers only recipients that it reaches, and the history counts the others', async () => {
  const { pool } = await listening('code-answers', ['12085550102']);
  await server.call('POST', `NumberPool/${pool}/Shortcode/72399/`, { country_iso2: 'US' });
  const [near, far] = ['12085550154', '442071838750'];
  catcher.answer = xml(`<Message src="72399" dst="${near}&lt;${far}">Hello</Message>`);
  const id = await sendText(server, '12085550151', '12085550102', 'hi');
  await server.advance(5 * secondMs);
  assert.equal(seenBy(server, near).length, 1);
  assert.equal(seenBy(server, far).length, 0);
  assert.ok(
    (await historyOf(server, id)).includes(
      'answer: its answer was not sent to 1 of 2 destinations: not reached by its sender (1)',
    ),
  );
});

test('an answer to the number itself is not sent', async () => {
  await listening('myself', ['12095550100']);
  catcher.answer = xml('<Message dst="12095550100">Hello, me</Message>');
  const id = await sendText(server, '12095550150', '12095550100', 'hi');
  await server.advance(secondMs);
  assert.equal(seenBy(server, '12095550100').length, 0);
  assert.ok((await historyOf(server, id)).some((line) => line.startsWith('answer: ')));
});

test('STOP is answered, sent to the application and obeyed; START takes it back', async () => {
  const pack = await listening('stop', ['12105550100']);
  const dst = '12105550150';
  await sendText(server, dst, '12105550100', ' Stop \n'.trimStart());
  await server.advance(5 * secondMs);
  assert.equal(heardAt('stop')[0]?.MessageIntent, 'optout');
  assert.deepEqual(
    seenBy(server, dst).map(({ text: words }) => words),
    [unsubscribed],
  );
  await server.advance(5 * minuteMs);
  const url = `${catcher.url}/status-of-stop`;
  const blocked = await sendOne(server, { powerpack_uuid: pack.uuid, dst, url });
  assert.equal(await stateOf(server, blocked), 'failed 200');
  const byName = await sendOne(server, { src: '12105550100', dst });
  assert.equal(await stateOf(server, byName), 'failed 200');
  await server.advance(5 * secondMs);
  assert.deepEqual(
    heardAt('status-of-stop').map(({ Status, ErrorCode }) => [Status, ErrorCode]),
    [['failed', '200']],
  );
  await sendText(server, dst, '12105550100', 'STOP');
  await server.advance(5 * secondMs);
  assert.equal(seenBy(server, dst).length, 1, 'said again it is not answered again');

  await sendText(server, dst, '12105550100', 'start');
  const allowed = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(5 * secondMs);
  assert.equal(await stateOf(server, allowed), 'delivered 000');
  assert.equal(seenBy(server, dst).length, 3, 'START is answered as well');
});

test('a sentence with stop in it stops nothing', async () => {
  const pack = await listening('no-stop', ['12125550100']);
  const dst = '12125550150';
  await sendText(server, dst, '12125550100', 'Stop it!');
  const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(5 * secondMs);
  assert.equal(await stateOf(server, id), 'delivered 000');
});

const howToStop = 'Text STOP to stop receiving messages from this number. Message and data rates may apply.';

test('a picture message without a picture can be a STOP as well, and is sent to the application as one', async () => {
  await listening('stop-mms', ['12025550108']);
  const dst = '12025550158';
  await server.app.simulator.fromHandset({
    name: 'STOP as mms',
    sender: dst,
    destination: '12025550108',
    service: 'mms',
    text: 'STOP',
    mediaUrls: [],
  });
  await server.advance(5 * secondMs);
  const [heard] = heardAt('stop-mms');
  assert.deepEqual([heard?.Type, heard?.MessageIntent, heard?.MediaCount], ['mms', 'optout', '0']);
  await server.advance(5 * minuteMs);
  const blocked = await sendOne(server, { src: '12025550108', dst });
  assert.equal(await stateOf(server, blocked), 'failed 200');
});

test('HELP is answered, after a STOP as well', async () => {
  const pack = await listening('help', ['12135550100']);
  const dst = '12135550150';
  const answers = async (words: string) => {
    await sendText(server, dst, '12135550100', words);
    await server.advance(5 * secondMs);
    return seenBy(server, dst).map((seen) => seen.text);
  };
  assert.deepEqual(await answers('help'), [howToStop]);
  assert.equal(heardAt('help')[0]?.MessageIntent, 'help');
  assert.deepEqual(await answers('STOP'), [howToStop, unsubscribed]);
  assert.deepEqual(await answers('INFO'), [howToStop, unsubscribed, howToStop]);
  await server.advance(5 * minuteMs);
  const blocked = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  assert.equal(await stateOf(server, blocked), 'failed 200', 'HELP lets nothing else through');
});

test('a "yes" without a STOP before it is sent to the application, and not answered', async () => {
  await listening('yes', ['12195550100']);
  await sendText(server, '12195550150', '12195550100', 'Yes');
  await server.advance(5 * secondMs);
  assert.equal(heardAt('yes')[0]?.MessageIntent, 'optin');
  assert.equal(seenBy(server, '12195550150').length, 0);
});

test('STOP counts in a picture message without a picture', async () => {
  const pack = await listening('mms-stop', ['12205550100']);
  const dst = '12205550150';
  const write = (mediaUrls: readonly string[]) =>
    server.app.simulator.fromHandset({
      name: `stop with ${mediaUrls.length}`,
      sender: dst,
      destination: '12205550100',
      service: 'mms',
      text: 'STOP',
      mediaUrls,
    });
  await write(['https://example.com/stop.png']);
  const allowed = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(5 * secondMs);
  await write([]);
  await server.advance(5 * minuteMs);
  const blocked = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(5 * secondMs);
  assert.deepEqual(
    [await stateOf(server, allowed), await stateOf(server, blocked)],
    ['delivered 000', 'failed 200'],
  );
});

test('a handset that the number cannot write to gets no sticky mapping', async () => {
  const pack = await listening('abroad', ['18335550100', '12245550100']);
  const boundTo = async () =>
    (await server.call('GET', `Powerpack/${pack.uuid}/Sticky/`)).body.objects.map(
      ({ destination, number }: { destination: string; number: string }) => [destination, number],
    );
  await sendText(server, '447700900123', '18335550100', 'hello from England');
  assert.deepEqual(await boundTo(), []);
  await sendText(server, '447700900123', '12245550100', 'hello again');
  assert.deepEqual(await boundTo(), [['447700900123', '12245550100']]);
});

test('the reason for a sender is shown unchanged, for any sender', async () => {
  const pack = await listening('why', ['12255550100']);
  const dst = '12255550150';
  const why = async (id: string) => (await server.call('GET', `Message/${id}/Explain/`)).body.explanation;
  catcher.answer = xml('<Message>Thanks!</Message>');
  const hello = await sendText(server, dst, '12255550100', 'hello');
  await server.advance(5 * secondMs);
  const help = await sendText(server, dst, '12255550100', 'HELP');
  await server.advance(secondMs);
  catcher.answer = { status: 200 };
  const chosen = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  const named = await sendOne(server, { src: '12255550100', dst });
  await sendText(server, dst, '12255550100', 'STOP');
  await server.advance(5 * minuteMs);
  const blocked = await sendOne(server, { powerpack_uuid: pack.uuid, dst });
  await server.advance(10 * secondMs);
  const [thanks, helped] = seenBy(server, dst);
  const sticky = 'The powerpack chose 12255550100: it is the sticky sender of this destination.';
  const expected: [id: string | undefined, explanation: string][] = [
    [hello, 'The message came in: its sender is whoever wrote it.'],
    [thanks?.reference, `It answers the message ${hello}: no request was made for it.`],
    [helped?.reference, `It answers the message ${help}: no request was made for it.`],
    [chosen, sticky],
    [named, 'The request named the sender.'],
    [blocked, `${sticky} The destination had opted out of it, so the message was not sent.`],
  ];
  for (const [id, explanation] of expected) assert.equal(await why(id ?? ''), explanation);
});

test('an application that stores no inbound texts gets all of each, and no other place has them', async () => {
  const application_id = await makeApplication('private', { log_incoming_messages: false });
  const settings = { application_id, application_type: 'XML' };
  await makePowerpack(server, 'private', ['12175550100'], { settings });
  const id = await sendText(server, '12175550150', '12175550100', 'my secret');
  await server.advance(secondMs);
  assert.deepEqual([heardAt('private')[0]?.From, heardAt('private')[0]?.Text], ['12175550150', 'my secret']);
  const message = await readMessage(server, id);
  assert.deepEqual([message.from_number, message.log], ['12175550***', 'false']);
  const webhooks = await server.call('GET', `Webhook/?message_uuid=${id}`);
  const logged = await server.call('GET', `Webhook/${webhooks.body.objects[0].webhook_uuid}/`);
  assert.equal(logged.body.parameters, null);
  assert.doesNotMatch(logged.text, /secret|12175550150/);
  const rows = await server.app.db.query<{ text: string | null }>('select text from messages where id = $1', [
    id,
  ]);
  assert.deepEqual(rows, [{ text: null }]);
});

test('an answer to a message that is not stored is not stored either', async () => {
  const application_id = await makeApplication('private-answers', { log_incoming_messages: false });
  const settings = { application_id, application_type: 'XML' };
  await makePowerpack(server, 'private-answers', ['12265550100'], { settings });
  catcher.answer = xml('<Message>Your secret is safe</Message>');
  await sendText(server, '12265550150', '12265550100', 'HELP');
  await server.advance(5 * secondMs);
  const answers = seenBy(server, '12265550150');
  assert.deepEqual(answers.map(({ text: words }) => words).sort(), [howToStop, 'Your secret is safe']);
  for (const { reference } of answers) {
    const message = await readMessage(server, reference);
    assert.deepEqual([message.to_number, message.log], ['12265550***', 'false']);
  }
});

test('a subaccount sees its own messages, its main account all, and other accounts none', async () => {
  const made = await server.call('POST', 'Subaccount/', { name: 'branch', enabled: true });
  const branch = { authId: made.body.auth_id, authToken: made.body.auth_token };
  const stranger = await server.makeAccount('stranger');
  const pack = await makePowerpack(server, 'of the branch', ['12185550100'], { as: branch });
  const url = `${catcher.url}/branch`;
  const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: '12185550150', url }, branch);
  await server.advance(5 * secondMs);
  const paths = [`Message/${id}/`, `Message/${id}/Explain/`];
  for (const path of paths) {
    assert.equal((await server.call('GET', path, undefined, { as: branch })).status, 200);
    assert.equal((await server.call('GET', path)).status, 200, 'the main account');
    assert.equal((await server.call('GET', path, undefined, { as: stranger })).status, 404);
  }
  const read = await readMessage(server, id);
  assert.equal(read.resource_uri, `/v1/Account/${branch.authId}/Message/${id}/`);
  const idsOf = async (query: string, as = server.account) => {
    const listed = await server.call('GET', `Message/${query}`, undefined, { as });
    return listed.body.objects.map((message: { message_uuid: string }) => message.message_uuid);
  };
  assert.deepEqual(await idsOf('', branch), [id]);
  assert.deepEqual(await idsOf(`?subaccount=${branch.authId}`), [id]);
  assert.deepEqual(await idsOf('', stranger), []);
  assert.ok((await idsOf('')).includes(id));
  const call = catcher.calls.find((one) => new URL(one.url).pathname === '/branch');
  assert.ok(call?.isSignedWith(branch.authToken, server.account.authToken));
  const foreign = await server.call(
    'POST',
    'Message/',
    { src: '12185550100', dst: '12185550151', text: 'x' },
    { as: stranger },
  );
  assert.equal(foreign.body.error, 'This caller ID is not allowed for outbound message');
});

test('the log shows the signatures that a call carried, until a token is rotated', async () => {
  const own = await server.call('POST', 'Subaccount/', { name: 'Signs', enabled: true });
  const as = { authId: own.body.auth_id, authToken: own.body.auth_token };
  const { uuid } = await makePowerpack(server, 'signs', ['13105550177'], { as });
  const url = `${catcher.url}/signed?x=1`;
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: '13105550190', url }, as);
  await server.advance(secondMs);
  const [webhook] = (await server.call('GET', `Webhook/?message_uuid=${id}&limit=1`)).body.objects;
  const shown = async () => (await server.call('GET', `Webhook/${webhook.webhook_uuid}/`)).body;
  const { log, parameters } = await shown();
  const told = parameters.find(({ name }: { name: string }) => name === 'Status').value;
  const call = catcher.calls.find(
    (one) => one.url === url && one.parameters.Status === told && one.parameters.MessageUUID === id,
  );
  const carried = Object.keys(log[0].signatures).map((name) => [name, call?.headers[name.toLowerCase()]]);
  assert.deepEqual(log[0].signatures, Object.fromEntries(carried));
  assert.equal(carried.length, 6);

  await server.advance(secondMs);
  assert.equal((await server.call('POST', 'Token/', undefined, { as })).status, 200);
  assert.equal((await shown()).log[0].signatures, null);
});
