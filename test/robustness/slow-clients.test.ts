// Slow and half-open clients are cut off within the limits, whatever they do; patient ones that keep to them are served.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { makeAuthenticator } from '../../src/accounts/authenticate.ts';
import { makeRequestLimit } from '../../src/accounts/limit-requests.ts';
import type { ClientLimits } from '../../src/api/connections.ts';
import { makeMetrics } from '../../src/api/metrics.ts';
import { routes } from '../../src/api/routes.ts';
import { createServer, type Server } from '../../src/api/server.ts';
import { Activity } from '../../src/base/activity.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readConfig } from '../../src/base/config.ts';
import { systemRandomBytes } from '../../src/base/id.ts';
import { makeLogger } from '../../src/base/logger.ts';
import { makeSealer } from '../../src/base/seal.ts';
import { systemTimers } from '../../src/base/timers.ts';
import type { Db } from '../../src/db/db.ts';
import { ChangeFeeds } from '../../src/queue/change-feeds.ts';
import { Signals } from '../../src/queue/signals.ts';
import { openTestDatabase } from '../support/database.ts';
import { readAnswers } from './exchange.ts';

const limits: ClientLimits = { headMs: 300, requestMs: 600, keepAliveMs: 400, idleMs: 900, checkEveryMs: 20 };
/** By when every client must be gone: far beyond the limits, for machines that are busy. */
const guardMs = 10_000;
/** A client that sends a little so often is never idle. */
const dripEveryMs = 25;

/** More than the buffers between two sockets hold. */
const largeBytes = 64 * 1024 * 1024;

let db: Db;
let server: Server;
let port: number;
before(async () => {
  db = await openTestDatabase();
  const page = (path: string, body: Buffer) => ({
    path,
    answer: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body }),
  });
  const signals = new Signals();
  server = createServer({
    db,
    clock: systemClock,
    randomBytes: systemRandomBytes,
    sealer: makeSealer(new Uint8Array(32), systemRandomBytes),
    settings: readConfig({}).settings,
    authenticator: makeAuthenticator(db, systemClock, 20),
    limitRequests: makeRequestLimit(0),
    metrics: makeMetrics(async () => ({ messages: 0, webhooks: 0 })),
    logger: makeLogger('silent'),
    publicUrl: () => 'http://localhost',
    simulator: undefined,
    virtualClock: undefined,
    activity: new Activity(),
    signals,
    changeFeeds: new ChangeFeeds(signals, systemTimers, 'this-process'),
    routes,
    pages: [page('/small', Buffer.from('small')), page('/large', Buffer.alloc(largeBytes, 'x'))],
    trustedProxies: [],
    limits,
  });
  ({ port } = await server.listen('127.0.0.1', 0));
});
after(async () => {
  await server.close(0);
  await db.close();
});

const request = (line: string, headers = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const small = request('GET /small');
const post = (headers: string) => request('POST /v1/Account/MA/Powerpack/', headers);

/** Sends the bytes of `text` one by one, for ever again, until the connection is gone. */
function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text.charAt(at++ % text.length)), dripEveryMs);
  socket.on('close', () => clearInterval(timer));
}

const behaviours: readonly [what: string, behave: (socket: Socket) => void, statuses: readonly number[]][] = [
  ['is silent', () => undefined, [408]],
  ['sends half a head', (socket) => socket.write('GET /small HTTP/1.1\r\nHost: lo'), [408]],
  ['sends its head byte by byte', (socket) => drip(socket, 'GET /small HTTP/1.1\r\nX-Any: abcdefgh'), [408]],
  ['sends empty lines for ever', (socket) => drip(socket, '\r\n'), [408]],
  ['sends half a body', (socket) => socket.write(`${post('Content-Length: 20\r\n')}{"name":`), [408]],
  [
    'sends its body byte by byte',
    (socket) => {
      socket.write(post('Content-Length: 100000\r\n'));
      drip(socket, 'x');
    },
    [408],
  ],
  [
    'sends chunks for ever',
    (socket) => {
      socket.write(post('Transfer-Encoding: chunked\r\n'));
      drip(socket, '1\r\nx\r\n');
    },
    [408],
  ],
  [
    'announces a body and sends none',
    (socket) => socket.write(post('Expect: 100-continue\r\nContent-Length: 5\r\n')),
    [408],
  ],
  ['stays after its answer', (socket) => socket.write(small), [200]],
  ['sends half a request behind a whole one', (socket) => socket.write(`${small}GET /sm`), [200, 408]],
  ['goes on sending after it was refused', (socket) => drip(socket, 'rubbish '), [400]],
];

for (const [what, behave, statuses] of behaviours) {
  // These clients never close their half of the connection by themselves.
  test(`a client that ${what} is cut off`, async () => {
    const { socket, gone } = await openConnection({ allowHalfOpen: true });
    const received = readAll(socket);
    behave(socket);
    await gone;
    assert.deepEqual(
      readAnswers(await received).answers.map(({ status }) => status),
      statuses,
    );
    socket.destroy();
  });
}

test('a client that never reads its answer is cut off', async () => {
  const { socket, gone } = await openConnection({});
  socket.pause();
  socket.write(request('GET /large'));
  await gone;
  socket.destroy();
});

test('a client that hangs up in the middle leaves nothing behind', async () => {
  for (const bytes of [
    '',
    'GET /sm',
    small,
    `${post('Content-Length: 20\r\n')}{"name":`,
    request('GET /large'),
  ]) {
    const ended = await openConnection({});
    ended.socket.end(bytes);
    ended.socket.resume();
    const reset = await openConnection({});
    reset.socket.write(bytes, () => reset.socket.resetAndDestroy());
    await Promise.all([ended.gone, reset.gone]);
  }
});

test('a client that is silent instead of beginning TLS is cut off', async () => {
  const { port: tlsPort } = await server.listenTls('127.0.0.1', 0, { cert: '', key: '' });
  const socket = connect(tlsPort, '127.0.0.1');
  await closed(socket.on('error', () => undefined).resume());
});

describe('clients that keep to the limits', () => {
  test('are served while others are slow', async () => {
    const slow: Connection[] = [];
    while (slow.length < 50) slow.push(await openConnection({}));
    for (const { socket } of slow) drip(socket.resume(), 'GET /');
    const { socket, gone } = await openConnection({});
    const received = readAll(socket);
    socket.write(request('GET /small', 'Connection: close\r\n'));
    await gone;
    assert.equal(readAnswers(await received).answers[0]?.status, 200);
    for (const { socket } of slow) socket.destroy();
    await Promise.all(slow.map(({ gone }) => gone));
  });

  test('may send in pieces and read in pieces', async () => {
    const { socket, gone } = await openConnection({});
    for (const piece of ['GET /large HTTP/1.1\r\n', 'Host: localhost\r\n', 'Connection: close\r\n\r\n']) {
      await new Promise((sent) => socket.write(piece, sent));
    }
    let bytes = 0;
    for await (const chunk of socket) bytes += chunk.length;
    assert.ok(bytes > largeBytes);
    await gone;
  });
});

test('no connection is left', async () => {
  const count = await new Promise((resolve) => server.http.getConnections((_error, open) => resolve(open)));
  assert.equal(count, 0);
});

interface Connection {
  readonly socket: Socket;
  /** When the server has nothing left of it; rejects when that takes too long. */
  readonly gone: Promise<void>;
}

async function openConnection(options: { allowHalfOpen?: boolean }): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', ...options });
  socket.on('error', () => undefined);
  const [accepted] = (await once(server.http, 'connection')) as [Socket];
  return { socket, gone: closed(accepted) };
}

/** Waits until a socket is closed, however that came about. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const guard = setTimeout(() => reject(new Error(`still open after ${guardMs} ms`)), guardMs);
    socket.once('close', () => {
      clearTimeout(guard);
      resolve();
    });
  });
}

/** All that a socket receives until the other side ends or breaks the connection. */
async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.on('end', resolve).on('error', resolve));
  return Buffer.concat(chunks);
}
