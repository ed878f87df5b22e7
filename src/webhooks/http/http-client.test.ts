// The client against hosts that are slow, unresponsive or broken, send huge answers, or are not where they should be.
import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { startWebhookCatcher, type WebhookCatcher } from '../../../test/support/webhook-catcher.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import { type HttpClient, type HttpResult, makeHttpClient, maxBodyBytes } from './http-client.ts';
import { makeRequest, readTarget } from './http-request.ts';

const timeoutMs = 8000;
const clock = new VirtualClock(systemTimers);
clock.freeze();
let catcher: WebhookCatcher;
let client: HttpClient;

before(async () => {
  catcher = await startWebhookCatcher();
  client = makeTestClient();
});

after(async () => {
  await client.close();
  await catcher.close();
});

function makeTestClient(allowedNetworks = ['127.0.0.0/8'], names: Record<string, LookupAddress[]> = {}) {
  return makeHttpClient({
    timeoutMs,
    callsPerHost: 10,
    allowedNetworks,
    userAgent: 'Rucksack/test',
    timers: clock,
    lookup: (name, _options, found) => {
      const addresses = names[name];
      const missing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      queueMicrotask(() => (addresses === undefined ? found(missing) : found(null, addresses)));
    },
  });
}

function send(url: string, by = client): Promise<HttpResult> {
  const target = readTarget(url);
  assert.ok(target !== undefined);
  return by.send(makeRequest({ method: 'POST', form: 'Text=hello' }, target, {}));
}

/** Returns the answer of a call, without its headers. */
async function answerOf(sending: Promise<HttpResult>): Promise<object> {
  const result = await sending;
  assert.ok('answer' in result);
  const { headers, ...answer } = result.answer;
  assert.ok(Object.entries(headers).every(([name, value]) => name === name.toLowerCase() && value !== ''));
  return answer;
}

async function wasSent(sending: Promise<HttpResult>): Promise<boolean> {
  const result = await sending;
  return 'answer' in result || result.wasSent;
}

async function errorOf(sending: Promise<HttpResult>): Promise<string | undefined> {
  const result = await sending;
  return 'error' in result ? result.error : undefined;
}

/** Runs a server below HTTP, which does with each connection what the test says. */
async function serveRaw(
  run: (socket: Socket) => void,
  use: (url: string, server: Server) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => run(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}

test('an answer comes with status, type and body, and the call says who calls', async () => {
  catcher.answer = { status: 201, headers: { 'content-type': 'text/xml' }, body: '<Response/> ☃' };
  const answer = await answerOf(send(`${catcher.url}/cb?x=1`));
  assert.deepEqual(answer, { status: 201, contentType: 'text/xml', body: '<Response/> ☃', isCut: false });
  const call = catcher.calls.at(-1);
  assert.equal(call?.headers['user-agent'], 'Rucksack/test');
  assert.equal(call?.url, `${catcher.url}/cb?x=1`);
  assert.deepEqual(call?.parameters, { Text: 'hello' });
});

for (const status of [204, 304, 400, 500]) {
  test(`an answer ${status} without a body is an answer`, async () => {
    catcher.answer = { status };
    const answer = await answerOf(send(catcher.url));
    assert.deepEqual(answer, { status, contentType: '', body: '', isCut: false });
  });
}

test('a redirect is not followed', async () => {
  catcher.answer = { status: 302, headers: { location: `${catcher.url}/elsewhere` } };
  const before = catcher.calls.length;
  const result = await send(catcher.url);
  assert.ok('answer' in result);
  assert.equal(result.answer.status, 302);
  assert.equal(catcher.calls.length, before + 1);
});

test('headers of an answer have small letters, and those that come twice are joined', async () => {
  await serveRaw(
    (socket) =>
      socket.end('HTTP/1.1 429 No\r\nRETRY-AFTER: 7\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n'),
    async (url) => {
      const result = await send(url);
      assert.ok('answer' in result);
      assert.deepEqual(result.answer.headers, { 'retry-after': '7', 'x-a': '1, 2', 'content-length': '0' });
    },
  );
});

test('a huge answer is cut', async () => {
  catcher.answer = { status: 200, body: 'x'.repeat(maxBodyBytes + 1) };
  const result = await send(catcher.url);
  assert.ok('answer' in result);
  assert.equal(result.answer.body.length, maxBodyBytes);
  assert.ok(result.answer.isCut);
});

test('an answer of just the largest size is whole', async () => {
  catcher.answer = { status: 200, body: 'x'.repeat(maxBodyBytes) };
  const result = await send(catcher.url);
  assert.ok('answer' in result);
  assert.deepEqual([result.answer.body.length, result.answer.isCut], [maxBodyBytes, false]);
});

test('an answer that never ends is cut and its connection ended', async () => {
  await serveRaw(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(16_384)));
      };
      socket.on('drain', more);
      more();
    },
    async (url, server) => {
      const closed = new Promise<void>((resolve) => {
        server.on('connection', (socket) => socket.on('close', () => resolve()));
      });
      const result = await send(url);
      assert.ok('answer' in result && result.answer.isCut);
      await closed;
    },
  );
});

test('a host that does not answer fails after the time limit', async () => {
  const unresponsive = await startWebhookCatcher();
  unresponsive.answer = 'held';
  const sending = send(unresponsive.url);
  await unresponsive.next();
  await clock.advance(timeoutMs - 1, async () => {});
  const early = await Promise.race([sending, new Promise((resolve) => setImmediate(resolve, 'waiting'))]);
  assert.equal(early, 'waiting');
  await clock.advance(1, async () => {});
  assert.deepEqual(await sending, {
    durationMs: timeoutMs,
    error: 'no answer within 8 s',
    isTimeout: true,
    isCutOff: false,
    wasSent: true,
  });
  await unresponsive.close();
});

test('so does a host that begins an answer and does not end it', async () => {
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  await serveRaw(
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', begun),
    async (url) => {
      const sending = send(url);
      await beginning;
      await clock.advance(timeoutMs, async () => {});
      assert.equal(await errorOf(sending), 'no answer within 8 s');
    },
  );
});

const broken: [what: string, answer: string, error: string][] = [
  [
    'a broken-off answer',
    'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
    'connection closed before the answer was complete',
  ],
  ['no answer at all', '', 'connection closed before the answer was complete'],
  ['rubbish', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'the answer is not HTTP'],
  [
    'huge headers',
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    'headers of the answer are too large',
  ],
];

for (const [what, answer, error] of broken) {
  test(`${what}: ${error}`, () =>
    serveRaw(
      (socket) => socket.end(answer),
      async (url) => assert.equal(await errorOf(send(url)), error),
    ));
}

test('a reset connection is an error that says that the host may have the request', async () => {
  catcher.answer = 'reset';
  assert.equal(await errorOf(send(catcher.url)), 'connection closed before the answer was complete');
  assert.ok(await wasSent(send(catcher.url)));
});

test('a port without a server refuses, and nothing was sent', async () => {
  let freed = '';
  await serveRaw(
    () => {},
    async (url) => {
      freed = url;
    },
  );
  assert.equal(await errorOf(send(freed)), 'connection refused');
  assert.ok(!(await wasSent(send(freed))));
  assert.ok(!(await wasSent(send('http://10.0.0.1/'))));
});

test('https to a plain HTTP port is an error', async () => {
  const error = await errorOf(send(catcher.url.replace('http:', 'https:')));
  assert.match(error ?? '', /^connection failed \(ERR_SSL_|^connection closed before/);
});

test('without leave no address of ours is called, however it is written', async () => {
  const strict = makeTestClient([]);
  const { port } = new URL(catcher.url);
  const before = catcher.calls.length;
  for (const host of ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]']) {
    const error = await errorOf(send(`http://${host}:${port}/`, strict));
    assert.match(error ?? '', /^address \S+ is a loopback address$/, host);
  }
  assert.equal(catcher.calls.length, before);
  await strict.close();
});

test('a name is checked by its addresses at the moment of connecting', async () => {
  const { port } = new URL(catcher.url);
  const names: Record<string, LookupAddress[]> = {
    'rebinding.test': [{ address: '127.0.0.2', family: 4 }],
    'inside.test': [
      { address: '10.0.0.1', family: 4 },
      { address: 'fd00::1', family: 6 },
    ],
    'both.test': [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
    'empty.test': [],
  };
  const named = makeTestClient(['127.0.0.1'], names);
  assert.equal(
    await errorOf(send(`http://rebinding.test:${port}/`, named)),
    'address 127.0.0.2 is a loopback address',
  );
  names['rebinding.test'] = [{ address: '127.0.0.1', family: 4 }];
  catcher.answer = { status: 200 };
  assert.equal(await errorOf(send(`http://rebinding.test:${port}/`, named)), undefined);
  assert.equal(await errorOf(send('http://inside.test/', named)), 'address 10.0.0.1 is in a private network');
  assert.equal(await errorOf(send(`http://both.test:${port}/`, named)), undefined);
  assert.equal(await errorOf(send('http://empty.test/', named)), 'host name not found');
  assert.equal(await errorOf(send('http://nobody.test/', named)), 'host name not found');
  await named.close();
});
