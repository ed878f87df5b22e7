// The acceptance checklist of the data plane's wire contract, each line in its own words.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConfig } from '../../src/base/config.ts';
import { addRule, sendText } from '../support/messaging.ts';
import { filePart, multipartBody, multipartType } from '../support/multipart.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { answerFaults, type Operation } from './answer-shapes.ts';
import { type AskOptions, emptyBodies, json } from './ask.ts';
import { ask, statusOf, unknownUuid, world } from './harness.ts';
import type { Loose, RawAnswer } from './raw-request.ts';
import { forSale, recipient, theNumber, theTollfree } from './world.ts';

const message = () => `Message/${world.messageUuid}/`;

const file: AskOptions = {
  headers: { 'content-type': multipartType },
  body: multipartBody([filePart('a.txt', 'text/plain', 'hello')]),
};

/** Returns every successful call of the data plane, in an order in which each still finds its object. */
const calls = (): [operation: Operation, method: string, path: string, options?: AskOptions][] => [
  ['message.create', 'POST', 'Message/', json({ src: theNumber, dst: recipient, text: 'hello' })],
  ['message.get', 'GET', message()],
  ['message.list', 'GET', 'Message/'],
  ['message.media.list', 'GET', `${message()}Media/`],
  ['message.media.get', 'GET', `${message()}Media/${world.mediaId}/`],
  ['media.upload', 'POST', 'Media/', file],
  ['media.get', 'GET', `Media/${world.mediaId}/`],
  ['media.list', 'GET', 'Media/'],
  ['message.media.delete', 'DELETE', `${message()}Media/`],
];

const send = (parameters: object) =>
  ask('POST', 'Message/', json({ src: theNumber, dst: recipient, text: 'hello', ...parameters }));

async function read(uuid: string): Promise<Loose> {
  return (await ask('GET', `Message/${uuid}/`)).body;
}

/** Makes a message in every state; returns them by state. */
async function messagesInEveryState(): Promise<Map<string, Loose>> {
  const states = { sent: '14155550161', undelivered: '14155550162', failed: '14155550163' };
  addRule(world.app, states.sent, { report: 'lost' });
  addRule(world.app, states.undelivered, { report: 'undelivered', errorCode: 50 });
  addRule(world.app, states.failed, { submit: 'spam', report: 'lost' });
  const sent = (await send({ dst: Object.values(states).join('<') })).body.message_uuid;
  await world.app.advance(1000);
  const inbound = await sendText(world.app, recipient, theNumber, 'hello');
  // A carrier that is not there keeps a number's messages waiting, those of this number only.
  await world.must('POST', `PhoneNumber/${forSale}/`);
  addRule(world.app, '14155550164', { submit: 'disconnected', report: 'lost' });
  const queued = (await send({ src: forSale, dst: '14155550164' })).body.message_uuid[0];
  await world.app.app.inFlight.idle();
  const uuids = [world.messageUuid, ...sent, inbound, queued];
  const read = await Promise.all(uuids.map((uuid) => ask('GET', `Message/${uuid}/`)));
  for (const answer of read) assert.deepEqual(answerFaults('message.get', answer), []);
  world.app.app.simulator.rules.reset();
  return new Map(read.map(({ body }) => [body.message_state, body]));
}

/** Runs section 18 of wire-data-plane, one test per line. */
export function describeMessageChecklist(): void {
  describe('acceptance checklist', () => {
    describe('GET with body `""` or `{}` and JSON content type succeeds (node)', () => {
      for (const [what, options] of Object.entries(emptyBodies)) {
        test(what, async () => {
          for (const [operation, method, path] of calls()) {
            if (method !== 'GET') continue;
            assert.deepEqual(answerFaults(operation, await ask('GET', path, options)), [], path);
          }
        });
      }
    });

    test('`…/Media//` routes (go, .NET)', async () => {
      for (const slashes of ['', '/', '//']) {
        const { status, body } = await ask('GET', `${message()}Media${slashes}`);
        assert.deepEqual([status, body.objects.length], [200, 1]);
        assert.equal(await statusOf('GET', `Media${slashes}`), 200);
      }
    });

    test('`null` for `src` or `powerpack_uuid` counts as absent (ruby)', async () => {
      const byNumber = await send({ powerpack_uuid: null });
      const byPowerpack = await send({ src: null, powerpack_uuid: world.powerpackUuid });
      for (const answer of [byNumber, byPowerpack])
        assert.deepEqual(answerFaults('message.create', answer), []);
      assert.equal((await send({ src: null, powerpack_uuid: null })).status, 400);
      assert.equal((await send({ src: '', powerpack_uuid: '' })).status, 400);
    });

    describe('`log: ""` counts as default (.NET); boolean and string forms equal', () => {
      const spellings: [given: unknown, log: string][] = [
        [undefined, 'true'],
        [null, 'true'],
        ['', 'true'],
        [true, 'true'],
        ['true', 'true'],
        [false, 'false'],
        ['false', 'false'],
        ['content_only', 'content_only'],
        ['number_only', 'number_only'],
      ];
      for (const [given, log] of spellings) {
        test(`${JSON.stringify(given) ?? 'none'} means ${log}`, async () => {
          const { body } = await send({ log: given });
          assert.equal((await read(body.message_uuid[0])).log, log);
        });
      }
      test('anything else is refused', async () => {
        for (const log of ['some', 2, {}, ['true']]) {
          const { status, body } = await send({ log });
          assert.deepEqual(
            [status, body.error],
            [400, 'log must be one of true, false, content_only, number_only'],
          );
        }
      });
    });

    test('2xx bodies never contain `error` (php)', async () => {
      for (const [operation, method, path, options] of calls()) {
        const answer = await ask(method, path, options);
        assert.deepEqual(answerFaults(operation, answer), [], `${method} ${path}`);
        assert.ok(!answer.text.includes('"error"'), `${method} ${path}`);
      }
    });

    test('error bodies are non-empty JSON objects with a string `error` (go, ruby, .NET)', async () => {
      const successKeys = ['message', 'message_uuid', 'meta', 'media_id'];
      for (const answer of await refusals()) {
        assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
        assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
        assert.equal(typeof answer.body.error, 'string');
        assert.notEqual(answer.body.error, '');
        assert.match(answer.body.api_id, /^[0-9a-f-]{36}$/);
        for (const key of successKeys) assert.ok(!Object.hasOwn(answer.body, key), answer.text);
      }
    });

    test('`message_uuid` in the send response is an array even for one destination', async () => {
      const one = await send({});
      const two = await send({ dst: `${recipient}<14155550174` });
      assert.deepEqual([one.body.message_uuid.length, two.body.message_uuid.length], [1, 2]);
    });

    test('`error_code`, `log`, all amounts are strings; `units`, `size`, `status_code` integers; `is_domestic` boolean', async () => {
      const byState = await messagesInEveryState();
      assert.deepEqual([...byState].map(([state, { error_code }]) => [state, error_code]).sort(), [
        ['delivered', '000'],
        ['failed', '30'],
        ['queued', null],
        ['received', null],
        ['sent', null],
        ['undelivered', '50'],
      ]);
      for (const shown of byState.values()) {
        for (const name of ['total_rate', 'total_amount', 'carrier_fees', 'carrier_fees_rate', 'log']) {
          assert.equal(typeof shown[name], 'string', name);
        }
        assert.ok(Number.isInteger(shown.units));
        assert.equal(typeof shown.is_domestic, 'boolean');
      }
      const { objects } = (await ask('POST', 'Media/', file)).body;
      assert.ok(Number.isInteger(objects[0].size) && Number.isInteger(objects[0].status_code));
    });

    test('the 13 keys php indexes are always present in message objects', async () => {
      const keys =
        'from_number to_number message_direction message_state message_time message_type message_uuid resource_uri total_amount total_rate units destination_country_iso2 replaced_sender';
      for (const shown of (await messagesInEveryState()).values()) {
        for (const key of keys.split(' ')) assert.ok(shown[key] != null, `${shown.message_state} ${key}`);
      }
    });

    test('`meta` + `objects` always present in lists; errors of message list also carry `objects: []` (python)', async () => {
      for (const path of [
        'Message/',
        'Message/?message_state=read',
        `${message()}Media/`,
        'Media/?offset=7',
      ]) {
        const { status, body } = await ask('GET', path);
        assert.equal(status, 200, path);
        assert.ok(Array.isArray(body.objects) && typeof body.meta === 'object', path);
      }
      const refused = [
        await ask('GET', 'Message/?limit=-1'),
        await ask('GET', 'Message/?message_time=now'),
        await ask('GET', 'Message/', { as: { ...world.app.account, authToken: 'wrong' } }),
        await ask('GET', 'Message/', { as: null }),
      ];
      for (const { status, body } of refused) {
        assert.ok(status >= 400);
        assert.deepEqual(body.objects, []);
      }
      assert.ok(!Object.hasOwn((await ask('GET', `Message/${unknownUuid}/`)).body, 'objects'));
    });

    test('media objects have both `url` and `media_url`', async () => {
      const uploaded = (await ask('POST', 'Media/', file)).body.objects;
      const got = (await ask('GET', `Media/${world.mediaId}/`)).body;
      const listed = (await ask('GET', 'Media/')).body.objects;
      const carried = (await ask('GET', `${message()}Media/`)).body.objects;
      const medium = (await ask('GET', `${message()}Media/${world.mediaId}/`)).body;
      for (const { url, media_url } of [...uploaded, got, ...listed, ...carried, medium]) {
        assert.match(url, /^http:\/\//);
        assert.equal(media_url, url);
        const { status } = await fetch(url);
        assert.equal(status, 200, 'without credentials');
      }
    });

    test('send answers 202, get answers exactly 200, delete answers 204 or 200', async () => {
      for (const [, method, path, options] of calls()) {
        const wanted = { POST: 202, GET: 200, DELETE: 204 }[method];
        assert.equal(await statusOf(method, path, options), wanted, `${method} ${path}`);
      }
    });

    test('six signature headers on every callback; V3 list covers port/no-port and twice-encoded variants', async () => {
      await withCatcher(async (catcher) => {
        await ask('POST', `Application/${world.presentAppId}/`, json({ message_url: `${catcher.url}/in` }));
        await send({ text: 'hällo', url: `${catcher.url}/status` });
        await world.app.advance(1000);
        await sendText(world.app, recipient, theNumber, 'hällo ☃');
        await world.app.advance(1000);
        assert.equal(catcher.calls.length, 4);
        for (const call of catcher.calls) {
          const header = (name: string) => String(call.headers[`x-plivo-signature-${name}`] ?? '');
          for (const name of ['v2', 'ma-v2']) assert.match(header(name), /^[A-Za-z0-9+/]{43}=$/);
          for (const name of ['v2-nonce', 'v3-nonce']) assert.match(header(name), /^\d{20}$/);
          assert.ok(call.isSignedWith(world.app.account.authToken));
          // With a port two; a text that is not ASCII doubles that.
          const variants = call.parameters.Text === undefined ? 2 : 4;
          for (const name of ['v3', 'ma-v3']) {
            const signatures = header(name).split(',');
            for (const one of signatures) assert.match(one, /^[A-Za-z0-9+/]{43}=$/);
            assert.equal(new Set(signatures).size, variants, `${name} of ${call.url}`);
          }
        }
      });
    });

    test('inbound media start at `Media0`', async () => {
      await withCatcher(async (catcher) => {
        await ask('POST', `Application/${world.presentAppId}/`, json({ message_url: catcher.url }));
        const urls = ['https://files.example.com/a.png', 'https://files.example.com/b.png'];
        await ask(
          'POST',
          `Simulator/Handset/${recipient}/Message/`,
          json({ dst: theNumber, text: 'look', media_urls: urls }),
        );
        await world.app.advance(1000);
        const { Type, MediaCount, Media0, Media1, Media2, Text, Body } = catcher.calls[0]?.parameters ?? {};
        assert.deepEqual([Type, MediaCount, Text, Body], ['mms', '2', 'look', 'look']);
        assert.deepEqual([Media0, Media1, Media2], [...urls, undefined]);
      });
    });

    test('callback timeout 8 s; retries after 60, 120, 240 s', async () => {
      assert.equal(readConfig({}).webhooks.timeoutMs, 8000);
      await withCatcher(async (catcher) => {
        catcher.answer = { status: 500 };
        const start = world.app.time.now.getTime();
        const { body } = await send({ url: `${catcher.url}/deaf` });
        await world.app.advance(3600_000);
        const list = await ask('GET', `Webhook/?message_uuid=${body.message_uuid[0]}`);
        for (const { webhook_uuid, outcome } of list.body.objects) {
          assert.equal(outcome, 'failed');
          const { log } = (await ask('GET', `Webhook/${webhook_uuid}/`)).body;
          const seconds = log.map(({ attempted_on }: Loose) =>
            Math.round((Date.parse(attempted_on) - start) / 1000),
          );
          assert.deepEqual(seconds, [0, 60, 180, 420]);
        }
        assert.equal(catcher.calls.length, 4 * list.body.objects.length);
      });
    });
  });
}

/** Sends requests of the data plane that are refused for many reasons. */
function refusals(): Promise<RawAnswer[]> {
  const wrong = { as: { ...world.app.account, authToken: 'wrong' } };
  return Promise.all([
    ask('POST', 'Message/'),
    ask('POST', 'Message/', json('[1]')),
    ask('POST', 'Message/', json('{')),
    ask('POST', 'Message/', { ...wrong, ...json({}) }),
    send({ dst: '12' }),
    send({ src: forSale }),
    send({ src: undefined, powerpack_uuid: unknownUuid }),
    send({ src: theTollfree, dst: theTollfree }),
    ask('GET', `Message/${unknownUuid}/`),
    ask('GET', 'Message/x/'),
    ask('GET', 'Message/?limit=x'),
    ask('PUT', 'Message/'),
    ask('DELETE', message()),
    ask('GET', `Message/${unknownUuid}/Media/`),
    ask('GET', `${message()}Media/${unknownUuid}/`),
    ask('DELETE', `Message/${unknownUuid}/Media/`),
    ask('POST', 'Media/'),
    ask('POST', 'Media/', json({ file: 'x' })),
    ask('GET', `Media/${unknownUuid}/`),
  ]);
}

async function withCatcher(use: (catcher: WebhookCatcher) => Promise<void>): Promise<void> {
  const catcher = await startWebhookCatcher();
  try {
    await use(catcher);
  } finally {
    await catcher.close();
  }
}
