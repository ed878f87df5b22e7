// The real Node SDK through every method that it has for messages and media, its signature checks and its XML builder.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { addRule, makePowerpack, seenOf, sendText, stateOf } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { makeClient, makeXml, watchMethods } from './node-sdk.ts';
import type { Loose } from './raw-request.ts';

const watch = watchMethods(['messages', 'media']);
const secondMs = 1000;

/** A member of the powerpack, and a number that is in none. */
const member = '12015550100';
const loose = '12025550100';
const recipient = '12015550150';

let app: TestApp;
let client: Loose;
let catcher: WebhookCatcher;
let powerpackUuid: string;
let folder: string;
let picture: string;

before(async () => {
  app = await startTestApp({ RUCKSACK_PACING: 'unlimited' });
  catcher = await startWebhookCatcher();
  client = clientOf(app.account);
  const application = await app.call('POST', 'Application/', {
    app_name: 'replies',
    message_url: `${catcher.url}/in`,
  });
  const settings = { application_id: application.body.app_id, application_type: 'XML' };
  powerpackUuid = (await makePowerpack(app, 'node', [member], { settings })).uuid;
  await app.call('POST', `PhoneNumber/${loose}/`);
  folder = await mkdtemp(join(tmpdir(), 'rucksack-sdk-'));
  picture = join(folder, 'a.png');
  await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
});
after(async () => {
  await app.stop();
  await catcher.close();
  await rm(folder, { recursive: true });
});

const clientOf = (account: TestAccount) =>
  makeClient(account, { url: `${app.url}/v1/Account/${account.authId}` });

/** Returns a message as the server has it, with the text that the carrier got. */
async function sentMessage(uuid: string): Promise<Loose> {
  await app.advance(secondMs);
  const [seen] = seenOf(app, [uuid]);
  return { ...(await app.call('GET', `Message/${uuid}/`)).body, seen };
}

describe('client.messages', () => {
  test('create, with one object', async () => {
    const answer = await client.messages.create({
      powerpackUUID: powerpackUuid,
      dst: recipient,
      text: 'Hello, world!',
      url: `${catcher.url}/status`,
      method: 'GET',
      log: 'number_only',
      trackable: true,
      messageExpiry: 600,
      dlt_entity_id: 'entity',
      dlt_template_id: 'template',
      dlt_template_category: 'promotional',
    });
    assert.equal(answer.message, 'message(s) queued');
    assert.match(answer.apiId, /^[0-9a-f-]{36}$/);
    assert.equal(answer.invalid_number, undefined);
    const [uuid, ...others] = answer.messageUuid;
    assert.deepEqual(others, []);
    const sent = await sentMessage(uuid);
    assert.deepEqual(
      [sent.from_number, sent.to_number, sent.powerpack_id, sent.log, sent.message_state, sent.seen.text],
      [member, recipient, powerpackUuid, 'number_only', 'delivered', 'Hello, world!'],
    );
    assert.deepEqual(
      [sent.dlt_entity_id, sent.dlt_template_id, sent.dlt_template_category],
      ['entity', 'template', 'promotional'],
    );
    const calls = catcher.calls.filter(({ parameters }) => parameters.MessageUUID === uuid);
    assert.deepEqual(
      calls.map(({ method, parameters }) => [method, parameters.Status]),
      [
        ['GET', 'queued'],
        ['GET', 'sent'],
        ['GET', 'delivered'],
      ],
    );
  });

  test('create, with one object: from a number, to a list', async () => {
    const answer = await client.messages.create({
      src: loose,
      dst: ['12015550151', '+1 201 555 0152'],
      text: 'to both',
    });
    assert.equal(answer.messageUuid.length, 2);
    const [first, second] = await Promise.all(answer.messageUuid.map(sentMessage));
    assert.deepEqual(
      [first.from_number, first.to_number, second.to_number, first.powerpack_id],
      [loose, '12015550151', '12015550152', null],
    );
  });

  test('create, with positional arguments: from a number', async () => {
    const options = { log: 'false', message_expiry: 60, url: `${catcher.url}/positional` };
    const answer = await client.messages.create(loose, recipient, 'positional', options);
    const sent = await sentMessage(answer.messageUuid[0]);
    assert.deepEqual(
      [sent.from_number, sent.to_number, sent.log, sent.seen.destination],
      [loose, '12015550***', 'false', recipient],
    );
    assert.equal(catcher.calls.filter(({ url }) => url.endsWith('/positional')).length, 3);
  });

  test('create, with positional arguments: through a powerpack', async () => {
    const answer = await client.messages.create(null, recipient, 'positional', {}, powerpackUuid);
    const sent = await sentMessage(answer.messageUuid[0]);
    assert.deepEqual([sent.from_number, sent.powerpack_id], [member, powerpackUuid]);
  });

  test('create: text outside GSM-7', async () => {
    const answer = await client.messages.create(loose, recipient, 'héllo 😀'.repeat(10));
    const sent = await sentMessage(answer.messageUuid[0]);
    assert.deepEqual([sent.units, sent.seen.text], [2, 'héllo 😀'.repeat(10)]);
  });

  test('create: a picture message, with an uploaded file and with a URL', async () => {
    const { objects } = await client.media.upload(picture);
    const media = { media_ids: [objects[0].mediaId], media_urls: ['https://files.example.com/b.png'] };
    const answer = await client.messages.create({
      powerpackUUID: powerpackUuid,
      dst: recipient,
      text: 'look',
      type: 'mms',
      ...media,
    });
    const sent = await sentMessage(answer.messageUuid[0]);
    assert.deepEqual([sent.message_type, sent.units], ['mms', 1]);
    assert.deepEqual(
      new Set(sent.seen.mediaUrls),
      new Set([objects[0].mediaUrl, 'https://files.example.com/b.png']),
    );
  });

  test('create: some destinations are no numbers', async () => {
    const answer = await client.messages.create(loose, [recipient, '12', 'nobody'], 'to one');
    assert.equal(answer.messageUuid.length, 1);
    assert.deepEqual(answer.invalid_number, ['12', 'nobody']);
  });

  test('send', async () => {
    const { messageUuid } = await client.messages.send(loose, recipient, 'sent', { type: 'sms' });
    const sent = await sentMessage(messageUuid[0]);
    assert.deepEqual([sent.from_number, sent.seen.text], [loose, 'sent']);
  });

  test('get', async () => {
    const { messageUuid } = await client.messages.create(null, recipient, 'get', {}, powerpackUuid);
    await app.advance(secondMs);
    const message = await client.messages.get(messageUuid[0]);
    assert.deepEqual(
      {
        ...message,
        apiId: '',
        messageTime: '',
        messageSentTime: '',
        messageUpdatedTime: '',
        requesterIP: '',
      },
      {
        apiId: '',
        carrierFees: '0.00000',
        carrierFeesRate: '0.00000',
        conversationExpirationTimestamp: '',
        conversationId: '',
        conversationOrigin: '',
        destinationCountryIso2: 'US',
        destinationNetwork: '',
        dltEntityID: '',
        dltTemplateCategory: '',
        dltTemplateID: '',
        errorCode: '000',
        errorMessage: '',
        fromNumber: member,
        isDomestic: true,
        log: 'true',
        messageDirection: 'outbound',
        messageSentTime: '',
        messageState: 'delivered',
        messageTime: '',
        messageType: 'sms',
        messageUpdatedTime: '',
        messageUuid: messageUuid[0],
        powerpackID: powerpackUuid,
        replacedSender: '',
        requesterIP: '',
        resourceUri: `/v1/Account/${app.account.authId}/Message/${messageUuid[0]}/`,
        tendlcCampaignId: '',
        tendlcRegistrationStatus: 'unregistered',
        toNumber: recipient,
        totalAmount: '0.00000',
        totalRate: '0.00000',
        units: 1,
      },
    );
    assert.match(message.messageTime, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    assert.equal(message.requesterIP, '127.0.0.1');
  });

  test('listMedia, of the client and of a message', async () => {
    const { objects } = await client.media.upload(picture);
    const media_ids = [objects[0].mediaId];
    const { messageUuid } = await client.messages.create({
      src: loose,
      dst: recipient,
      type: 'mms',
      media_ids,
    });
    const media = await client.messages.listMedia(messageUuid[0]);
    const [first, ...others] = media.objects;
    assert.deepEqual(
      [first.mediaId, first.mediaUrl, first.messageUuid, first.fileName, first.contentType, others],
      [objects[0].mediaId, objects[0].mediaUrl, messageUuid[0], 'a.png', 'image/png', []],
    );
  });
});

describe('client.messages.list', () => {
  const { of, made } = (() => {
    const uuids: Record<string, string> = {};
    return { of: (...names: string[]) => names.map((name) => uuids[name]), made: uuids };
  })();
  let lister: Loose;
  let subaccount: TestAccount;
  let uuid: string;
  const minuteMs = 60 * secondMs;
  let start: number;
  const at = (minutes: number) =>
    new Date(start + minutes * minuteMs).toISOString().replace('T', ' ').slice(0, 16);

  before(async () => {
    const account = await app.makeAccount('lists');
    lister = clientOf(account);
    const { body } = await app.call('POST', 'Subaccount/', { name: 'part', enabled: true }, { as: account });
    subaccount = { authId: body.auth_id, authToken: body.auth_token };
    uuid = (await makePowerpack(app, 'lists', ['13075550100'], { as: account })).uuid;
    for (const [number, as] of [
      ['13075550101', account],
      ['13075550102', subaccount],
    ] as const) {
      const own = { numbers: number, carrier: 'c', region: 'r' };
      assert.equal((await app.call('POST', 'Number/', own, { as })).status, 202);
    }
    // Each begins a minute of its own.
    await app.advance(minuteMs - (app.time.now.getTime() % minuteMs));
    start = app.time.now.getTime();
    const keep = async (name: string, sending: Promise<Loose>) => {
      made[name] = (await sending).messageUuid[0];
      await app.advance(minuteMs);
    };
    addRule(app, '13075550151', { report: 'undelivered', errorCode: 50 });
    await keep('delivered', lister.messages.create(null, '13075550150', '0', {}, uuid));
    await keep('undelivered', lister.messages.create(null, '13075550151', '1', {}, uuid));
    await keep('abroad', lister.messages.create('13075550101', '16135550150', '2'));
    const mms = { type: 'mms', media_urls: ['https://files.example.com/a.png'] };
    await keep('picture', lister.messages.create(null, '13075550153', '3', mms, uuid));
    made.inbound = await sendText(app, '13075550150', '13075550100', 'and you?');
    await app.advance(minuteMs);
    await keep('part', clientOf(subaccount).messages.create('13075550102', '13075550155', '5'));
  });

  const all = ['part', 'inbound', 'picture', 'abroad', 'undelivered', 'delivered'];
  const cases: [filters: () => object | undefined, names: string[]][] = [
    [() => undefined, all],
    [() => ({}), all],
    [() => ({ limit: 2, offset: 1 }), ['inbound', 'picture']],
    [() => ({ limit: 100, offset: 5 }), ['delivered']],
    [() => ({ messageDirection: 'inbound' }), ['inbound']],
    [() => ({ message_direction: 'outbound', limit: 2 }), ['part', 'picture']],
    [() => ({ messageState: 'delivered' }), ['part', 'picture', 'abroad', 'delivered']],
    [() => ({ messageState: 'undelivered' }), ['undelivered']],
    [() => ({ messageState: 'received' }), ['inbound']],
    [() => ({ messageState: 'queued' }), []],
    [() => ({ messageState: 'rejected' }), []],
    [() => ({ messageState: 'read' }), []],
    [() => ({ messageType: 'mms' }), ['picture']],
    [() => ({ messageType: 'whatsapp' }), []],
    [() => ({ errorCode: 50 }), ['undelivered']],
    [() => ({ error_code: '50' }), ['undelivered']],
    [() => ({ powerpackId: uuid }), ['inbound', 'picture', 'undelivered', 'delivered']],
    [() => ({ powerpack_id: uuid.toUpperCase(), limit: 2 }), ['inbound', 'picture']],
    [() => ({ powerpack_id: 'none' }), []],
    [() => ({ subaccount: subaccount.authId }), ['part']],
    [() => ({ messageTime: at(1) }), ['undelivered']],
    [() => ({ messageTime: at(0).slice(0, 10) }), all],
    [() => ({ messageTimeGreaterThan: at(3) }), ['part', 'inbound']],
    [() => ({ messageTimeGreaterOrEqual: at(3) }), ['part', 'inbound', 'picture']],
    [() => ({ messageTimeLessThan: at(1) }), ['delivered']],
    [() => ({ messageTimeLessOrEqual: at(1) }), ['undelivered', 'delivered']],
    [
      () => ({ message_time__gte: `${at(1)}:00`, message_time__lt: `${at(3)}:00.000` }),
      ['abroad', 'undelivered'],
    ],
    [() => ({ destinationCountryIso2: 'CA' }), ['abroad']],
    [() => ({ fromNumber: '+13075550150' }), ['inbound']],
    [() => ({ toNumber: '13075550150' }), ['delivered']],
    [() => ({ tendlcCampaignId: 'CX1' }), []],
    [() => ({ tendlcRegistrationStatus: 'unregistered' }), all],
    [() => ({ tendlcRegistrationStatus: 'registered' }), []],
    [() => ({ conversationId: 'c' }), []],
    [() => ({ conversationOrigin: 'o' }), []],
  ];
  for (const [filters, names] of cases) {
    test(String(filters).slice(6), async () => {
      const listed = await lister.messages.list(filters());
      assert.deepEqual(
        listed.map(({ messageUuid }: Loose) => messageUuid),
        of(...names),
      );
      assert.match(listed.apiId, /^[0-9a-f-]{36}$/);
      assert.equal(listed.meta.totalCount, undefined);
    });
  }

  test('a page leads to the next one, with the other filters', async () => {
    const first = await lister.messages.list({ messageDirection: 'outbound', limit: 2 });
    assert.equal(first.meta.previous, null);
    const query = new URL(first.meta.next, app.url).searchParams;
    assert.deepEqual(
      [query.get('message_direction'), query.get('limit'), query.get('offset')],
      ['outbound', '2', '2'],
    );
    const second = await lister.messages.list(Object.fromEntries(query));
    assert.deepEqual(
      second.map(({ messageUuid }: Loose) => messageUuid),
      of('abroad', 'undelivered'),
    );
  });

  test("a subaccount sees its own only, and no account another's", async () => {
    const own = await clientOf(subaccount).messages.list();
    assert.deepEqual(
      own.map(({ messageUuid }: Loose) => messageUuid),
      of('part'),
    );
    await assert.rejects(client.messages.get(made.delivered), { status: 404, message: 'not found' });
  });

  test('messages older than a day are listed when a time is asked for', async () => {
    const now = app.time.now;
    await app.advance(25 * 3600 * secondMs);
    assert.equal((await lister.messages.list()).length, 0);
    assert.equal((await lister.messages.list({ messageTimeGreaterThan: '2026-01-01' })).length, all.length);
    app.time.now = now;
  });
});

describe('client.media', () => {
  test('upload, get, list', async () => {
    const { objects } = await client.media.upload([picture, picture]);
    assert.deepEqual(
      objects.map(({ status, statusCode }: Loose) => [status, statusCode]),
      [
        ['success', 201],
        ['success', 201],
      ],
    );
    const media = await client.media.get(objects[1].mediaId);
    assert.deepEqual([media.fileName, media.mediaUrl], ['a.png', objects[1].mediaUrl]);
    const [latest] = await client.media.list({ limit: 1 });
    assert.ok(objects.some(({ mediaId }: Loose) => mediaId === latest.mediaId));
  });
});

describe('errors reach the user with status, apiID and message', () => {
  const both =
    'Both powerpack_uuid and src cannot be specified. Specify either powerpack_uuid or src in request params to send a message.';
  const unknown = '00000000-0000-4000-8000-000000000000';
  const create = (parameters: object) =>
    client.messages.create({ src: loose, dst: recipient, text: 'x', ...parameters });
  const stranger = () => clientOf({ ...app.account, authToken: 'wrong' });
  const cases: [what: string, status: number, message: string | RegExp, call: () => Promise<unknown>][] = [
    // The SDK looks at one of the two only, where the other is an option.
    [
      'both senders',
      400,
      both,
      () => client.messages.create(loose, recipient, 'x', { powerpack_uuid: powerpackUuid }),
    ],
    [
      'a destination that is no number',
      400,
      "'12' is not a valid phone number.",
      () => create({ dst: '1-2' }),
    ],
    ['an own destination', 400, 'src and dst must be different', () => create({ dst: loose })],
    [
      'a strange sender',
      400,
      'This caller ID is not allowed for outbound message',
      () => create({ src: '12035550100' }),
    ],
    ['no text', 400, 'text parameter not present', () => create({ text: undefined })],
    ['no media', 400, 'media parameter not present', () => create({ type: 'mms', text: undefined })],
    [
      'a long text',
      400,
      'text parameter length exceeds 1600 GSM characters',
      () => create({ text: 'x'.repeat(1601) }),
    ],
    [
      'an early expiry',
      400,
      'message_expiry must be a whole number from 5 to 10800',
      () => create({ messageExpiry: 4 }),
    ],
    ['a strange method', 400, 'method must be one of GET, POST', () => create({ method: 'PUT' })],
    ['a strange type', 400, 'type must be one of sms, mms, whatsapp', () => create({ type: 'fax' })],
    [
      'a strange log',
      400,
      'log must be one of true, false, content_only, number_only',
      () => create({ log: 'some' }),
    ],
    ['WhatsApp', 400, /^type must be sms or mms/, () => create({ type: 'whatsapp' })],
    [
      'a template without a type',
      400,
      'template must not be given: this server has no WhatsApp',
      () => create({ text: undefined, template: { name: 'greeting', language: 'en' } }),
    ],
    [
      'eleven files',
      400,
      /^media_urls must be/,
      () => create({ type: 'mms', media_urls: Array(11).fill('http://x.example/a') }),
    ],
    [
      'an unknown powerpack',
      404,
      'powerpack not found',
      () => create({ src: undefined, powerpackUUID: unknown }),
    ],
    ['an unknown message', 404, 'not found', () => client.messages.get(unknown)],
    ['media of an unknown message', 404, /not found$/, () => client.messages.listMedia(unknown)],
    ['unknown media', 404, 'media not found', () => client.media.get(unknown)],
    ['a strange limit', 400, /^limit must be/, () => client.messages.list({ limit: -1 })],
    [
      'a strange time',
      400,
      /^message_time must be a time in UTC/,
      () => client.messages.list({ messageTime: 'now' }),
    ],
    [
      'wrong credentials',
      401,
      'invalid auth_id or auth_token',
      () => stranger().messages.create(loose, recipient, 'x'),
    ],
    ['wrong credentials for a list', 401, 'invalid auth_id or auth_token', () => stranger().messages.list()],
  ];
  for (const [what, status, message, call] of cases) {
    test(`${status}: ${what}`, async () => {
      await assert.rejects(call, (error: Loose) => {
        assert.equal(error.status, status, error.message);
        assert.match(error.apiID, /^[0-9a-f-]{36}$/);
        if (typeof message === 'string') assert.equal(error.message, message);
        else assert.match(error.message, message);
        return true;
      });
    });
  }
});

describe('callbacks', () => {
  const urls = ['/cb', '/cb/', '/cb?b=2&a=1', '/cb?x=&y=1', '/cb?x=a%20b&y=c%2Bd', '/c%20b/x?ü=ö'];
  for (const path of urls) {
    for (const method of ['POST', 'GET']) {
      test(`of a status, ${method} ${path}: signed as the SDK checks`, async () => {
        const from = catcher.calls.length;
        await client.messages.create(
          null,
          recipient,
          'a+b & c=d % . < > ☃',
          { url: `${catcher.url}${path}`, method },
          powerpackUuid,
        );
        await app.advance(secondMs);
        const calls = catcher.calls.slice(from);
        assert.deepEqual(
          calls.map((call) => [
            call.method,
            call.parameters.Status,
            call.isSignedWith(app.account.authToken),
          ]),
          ['queued', 'sent', 'delivered'].map((status) => [method, status, true]),
        );
        assert.ok(calls.every((call) => !call.isSignedWith('another token')));
        assert.equal(new Set(calls.map(({ headers }) => headers['x-plivo-signature-v3-nonce'])).size, 3);
      });
    }
  }

  test('of a subaccount are signed by it, and for the main account', async () => {
    const { authId, authToken } = await client.subaccounts.create('signs', true);
    const own = { numbers: '13085550100', carrier: 'c', region: 'r' };
    await app.call('POST', 'Number/', own, { as: { authId, authToken } });
    const { messageUuid } = await clientOf({ authId, authToken }).messages.create(
      '13085550100',
      recipient,
      'x',
      {
        url: `${catcher.url}/of-a-subaccount`,
      },
    );
    await app.advance(secondMs);
    const [call] = catcher.calls.filter(({ parameters }) => parameters.MessageUUID === messageUuid[0]);
    assert.ok(call?.isSignedWith(authToken, app.account.authToken));
  });

  test('of an inbound message: signed, and answered with the XML of the SDK', async () => {
    const xml = makeXml();
    xml.addMessage('Thanks & <bye> ☃', {
      src: loose,
      dst: `${recipient}<12015550160`,
      type: 'sms',
      callbackUrl: `${catcher.url}/reply?a=1&b=2`,
      callbackMethod: 'GET',
    });
    xml.addMessage('From whom you wrote to', { src: member, dst: recipient });
    catcher.answer = ({ url }) =>
      url.endsWith('/in')
        ? { status: 200, headers: { 'content-type': 'application/xml' }, body: xml.toXML() }
        : { status: 200 };
    const uuid = await sendText(app, recipient, member, 'Hello? ☃');
    await app.advance(secondMs);
    catcher.answer = { status: 200 };
    assert.equal(await stateOf(app, uuid), 'delivered 000');

    const [inbound] = catcher.calls.filter(({ parameters }) => parameters.MessageUUID === uuid);
    assert.ok(inbound?.isSignedWith(app.account.authToken));
    const { From, To, Type, Text, PowerpackUUID, Units } = inbound?.parameters ?? {};
    assert.deepEqual(
      [From, To, Type, Text, PowerpackUUID, Units],
      [recipient, member, 'sms', 'Hello? ☃', powerpackUuid, '1'],
    );

    const replies = await client.messages.list({ limit: 3, messageDirection: 'outbound' });
    assert.deepEqual(
      replies.map((reply: Loose) => [reply.fromNumber, reply.toNumber, reply.powerpackID]).sort(),
      [
        [loose, recipient, null],
        [loose, '12015550160', null],
        [member, recipient, powerpackUuid],
      ].sort(),
    );
    const texts = seenOf(
      app,
      replies.map(({ messageUuid }: Loose) => messageUuid),
    ).map((seen) => seen.text);
    assert.deepEqual(texts.sort(), ['From whom you wrote to', 'Thanks & <bye> ☃', 'Thanks & <bye> ☃']);
    const told = catcher.calls.filter(({ url }) => url.includes('/reply?a=1&b=2'));
    assert.deepEqual(
      [told.length, told[0]?.method, told[0]?.isSignedWith(app.account.authToken)],
      [6, 'GET', true],
    );
  });
});

describe('nothing of the SDK slips by', () => {
  /** Helpers that every resource inherits, for the SDK's own use. */
  const helpers = ['executeAction', 'customexecuteAction', 'customexecuteGetNumberAction', 'getMetaResponse'];

  /** Methods that a class inherits without there being such a request in the API. */
  const accidents = [
    'Media.delete',
    'Media.update',
    'MediaInterface.create',
    'Message.delete',
    'Message.update',
  ];

  test('every method for messages and media was called above, or is no request of the API', () => {
    const untried = [...watch.all].filter((method) => !watch.called.has(method));
    const unknown = untried.filter((method) => !helpers.includes(method.split('.')[1] ?? ''));
    assert.deepEqual(unknown.sort(), accidents);
  });
});
