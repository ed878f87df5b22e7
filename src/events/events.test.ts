// The stream of changes over HTTP: which requests, messages and webhooks cause events, for which accounts, and how streams end.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  basicAuth,
  openTestPlace,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../test/support/app.ts';
import type { Db } from '../db/db.ts';
import { DatabaseUnavailable } from '../db/unavailable.ts';

interface StreamedEvent {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of an event is what these tests are about
  readonly data: any;
}

interface OpenStream {
  readonly response: Response;
  /** Returns the next event; `undefined` at the end. */
  next(): Promise<StreamedEvent | undefined>;
  close(): Promise<void>;
}

let world: TestApp;
let subaccount: TestAccount;
let stranger: TestAccount;
const open: OpenStream[] = [];

before(async () => {
  world = await startTestApp();
  stranger = await world.makeAccount('Stranger');
  const { body } = await world.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
  subaccount = { authId: body.auth_id, authToken: body.auth_token };
});
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.close();
});
after(() => world.stop());

async function watch(as = world.account, headers = {}, method = 'GET', from = world): Promise<OpenStream> {
  const ending = new AbortController();
  const response = await fetch(`${from.url}/v1/Account/${as.authId}/Event/`, {
    method,
    headers: { authorization: basicAuth(as), ...headers },
    signal: ending.signal,
  });
  const events = readEvents(response);
  const stream = {
    response,
    next: async () => (await events.next()).value ?? undefined,
    close: async () => ending.abort(),
  };
  open.push(stream);
  return stream;
}

/** Yields the events of a response, as WHATWG HTML reads them, with lines that end with LF. */
async function* readEvents({ body }: Response): AsyncGenerator<StreamedEvent, undefined> {
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/) as [string, string]));
      const event = fields.get('event');
      if (event !== undefined)
        yield { event, id: fields.get('id'), data: JSON.parse(fields.get('data') ?? '') };
    }
  }
  return undefined;
}

/** Reads changes until each of these topics was in one. */
async function changesUntil(stream: OpenStream, ...topics: readonly string[]): Promise<void> {
  const missing = new Set(topics);
  while (missing.size > 0) {
    const { event, data } = (await stream.next()) ?? assert.fail('the stream has ended');
    assert.equal(event, 'change');
    for (const topic of data.topics) missing.delete(topic);
  }
}

test('a stream begins with hello', async () => {
  const { response, next } = await watch();
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.deepEqual(await next(), { event: 'hello', id: 'hello', data: {} });
});

test('successful requests cause events with the topics that they change; reading, errors and dry runs do not', async () => {
  const stream = await watch();
  await stream.next();
  const { body } = await world.call('POST', 'Powerpack/', { name: 'told' });
  assert.deepEqual((await stream.next())?.data, { topics: ['numbers', 'powerpacks'] });
  await world.call('GET', 'Powerpack/');
  await world.call('POST', 'Powerpack/', { name: 'told' });
  await world.call('POST', `Powerpack/${body.uuid}/Explain/`, { dst: '14155550123' });
  await world.call('POST', 'Application/', { app_name: 'told-too' });
  assert.deepEqual((await stream.next())?.data, { topics: ['applications', 'numbers', 'powerpacks'] });
});

describe('messages', () => {
  let powerpack: string;
  before(async () => {
    const { body } = await world.call('POST', 'Powerpack/', { name: 'senders' });
    powerpack = body.uuid;
    const pool = body.number_pool.split('/').at(-2);
    await world.call('POST', `NumberPool/${pool}/Number/14155550123/`, { rent: true });
  });

  test('cause events when they are accepted, sent, reported and called back', async () => {
    const stream = await watch();
    await stream.next();
    await world.call('POST', 'Message/', {
      powerpack_uuid: powerpack,
      dst: '14155550199',
      text: 'Hello',
      url: 'http://127.0.0.1:1/status',
    });
    await changesUntil(stream, 'messages', 'webhooks');
    await world.advance(1000);
    await changesUntil(stream, 'messages', 'webhooks');
  });

  test('cause events when they are received', async () => {
    const stream = await watch();
    await stream.next();
    await world.call('POST', 'Simulator/Handset/12125550199/Message/', {
      dst: '14155550123',
      text: 'Hello',
    });
    await changesUntil(stream, 'messages');
  });
});

test('a subaccount gets events of itself only, its main account of both, and strangers of neither', async () => {
  const streams = [await watch(), await watch(subaccount), await watch(stranger)];
  for (const stream of streams) await stream.next();
  await world.call('POST', 'Application/', { app_name: 'of-main' });
  await world.call('POST', 'Powerpack/', { name: 'of part' }, { as: subaccount });
  await world.call('POST', 'Media/', undefined, { as: stranger, rawBody: 'refused' });
  await world.call('POST', 'Subaccount/', { name: 'Theirs', enabled: true }, { as: stranger });
  const [main, part, theirs] = streams;
  await changesUntil(main ?? assert.fail(), 'applications', 'powerpacks');
  assert.deepEqual((await part?.next())?.data, { topics: ['numbers', 'powerpacks'] });
  assert.deepEqual((await theirs?.next())?.data, { topics: ['subaccounts', 'numbers'] });
});

test('a client that had a stream before gets a reset', async () => {
  const again = await watch(world.account, { 'last-event-id': 'hello' });
  assert.equal((await again.next())?.event, 'hello');
  assert.deepEqual(await again.next(), { event: 'reset', id: undefined, data: {} });
  await world.call('POST', 'Application/', { app_name: 'afterwards' });
  await changesUntil(again, 'applications');
});

test('twenty streams may have the same credentials; ended ones do not count', async () => {
  const streams: OpenStream[] = [];
  for (let count = 0; count < 20; count++) streams.push(await watch(stranger));
  const { status, headers, body } = await world.call('GET', 'Event/', undefined, { as: stranger });
  assert.deepEqual([status, body.error], [429, 'too many streams of events']);
  assert.equal(headers.get('retry-after'), '5');
  for (const stream of streams) await stream.close();
  // The server notices closed connections after a while.
  while ((await watch(stranger)).response.status === 429) await new Promise(setImmediate);
});

test('the head of a stream has no stream', async () => {
  const { response } = await watch(world.account, {}, 'HEAD');
  assert.equal(response.status, 200);
  assert.equal(await response.text(), '');
});

test('a stream needs credentials, of the account itself', async () => {
  const stream = `${world.url}/v1/Account/${world.account.authId}/Event/`;
  assert.equal((await fetch(stream)).status, 401);
  const { status } = await world.call('GET', `/v1/Account/${world.account.authId}/Event/`, undefined, {
    as: stranger,
  });
  assert.equal(status, 404);
});

describe('credentials that end', () => {
  /** Reads until the stream ends, and ignores its events. */
  async function ended(stream: OpenStream): Promise<void> {
    while ((await stream.next()) !== undefined);
  }

  async function makePart(): Promise<TestAccount> {
    const { body } = await world.call('POST', 'Subaccount/', { name: 'Ending', enabled: true });
    return { authId: body.auth_id, authToken: body.auth_token };
  }

  const statusOf = async (as: TestAccount) =>
    (await world.call('GET', 'Event/', undefined, { as, headers: { connection: 'close' } })).status;

  test('a rotated token without grace ends its stream at once', async () => {
    const account = await world.makeAccount();
    const stream = await watch(account);
    await stream.next();
    await world.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
    await ended(stream);
    assert.equal(await statusOf(account), 401);
  });

  test('a rotated token keeps its stream for as long as its grace', async () => {
    const old = await world.makeAccount();
    const stream = await watch(old);
    await stream.next();
    const { body } = await world.call('POST', 'Token/', { grace_seconds: 60 }, { as: old });
    await changesUntil(stream, 'account');
    await world.call('POST', 'Application/', { app_name: 'in-grace' }, { as: old });
    await changesUntil(stream, 'applications');
    await world.advance(60_000);
    // Any change of an account causes a check; without one a heartbeat does.
    await world.call('POST', '', { name: 'Anew' }, { as: { ...old, authToken: body.auth_token } });
    await ended(stream);
  });

  for (const [what, method, input] of [
    ['disabled', 'POST', { name: 'Ending', enabled: false }],
    ['deleted', 'DELETE', undefined],
  ] as const) {
    test(`a ${what} subaccount’s streams end, and not its main account’s`, async () => {
      const part = await makePart();
      const [ofPart, ofMain] = [await watch(part), await watch()];
      await ofMain.next();
      await world.call(method, `Subaccount/${part.authId}/`, input);
      await ended(ofPart);
      assert.equal(await statusOf(part), 401);
      await changesUntil(ofMain, 'subaccounts');
      await world.call('POST', 'Application/', { app_name: `after-${what}` });
      await changesUntil(ofMain, 'applications');
    });
  }

  test('the stream of a main account that watches its subaccount ends with its own token', async () => {
    const main = await world.makeAccount();
    const { body } = await world.call(
      'POST',
      'Subaccount/',
      { name: 'Watched', enabled: true },
      { as: main },
    );
    const stream = await watch({ authId: body.auth_id, authToken: '' }, { authorization: basicAuth(main) });
    assert.equal((await stream.next())?.event, 'hello');
    await world.call('POST', 'Token/', { grace_seconds: 0 }, { as: main });
    await ended(stream);
  });

  test('an unavailable database ends no stream', async () => {
    const place = await openTestPlace();
    let goesAway = false;
    let isAway = false;
    let wasAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      wasAsked = resolve;
    });
    const db: Db = {
      ...place.db,
      async query(...query) {
        if (isAway) {
          wasAsked();
          throw new DatabaseUnavailable('away');
        }
        return place.db.query(...query);
      },
      async transaction(...work) {
        const done = await place.db.transaction(...work);
        isAway = goesAway;
        return done;
      },
    };
    const server = await startTestApp({}, { ...place, db });
    try {
      const stream = await watch(server.account, {}, 'GET', server);
      await stream.next();
      goesAway = true;
      await server.call('POST', '', { name: 'Last words' });
      await asked;
      goesAway = false;
      isAway = false;
      await server.call('POST', 'Application/', { app_name: 'back' });
      await changesUntil(stream, 'account', 'applications');
      await server.call('POST', 'Token/', { grace_seconds: 0 });
      await ended(stream);
    } finally {
      await server.stop();
      await place.db.close();
    }
  });
});

test('a stop ends streams at once, and they count as requests then', async () => {
  const stopping = await startTestApp({ RUCKSACK_STOP_SECONDS: '300' });
  const stream = await watch(stopping.account, {}, 'GET', stopping);
  await stream.next();
  const counted = async () =>
    /_count\{method="GET",route="[^"]*Event"/.test(await (await fetch(`${stopping.url}/metrics`)).text());
  assert.equal(await counted(), false);
  const second = await watch(stopping.account, {}, 'GET', stopping);
  await second.close();
  while (!(await counted())) await new Promise(setImmediate);
  await stopping.stop();
  assert.equal(await stream.next(), undefined);
});
