// Slow and half-open clients are cut off within the limits, whatever they do; patient ones that keep to them are served.
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { makeAuthenticator } from '../../src/accounts/authenticate.ts';
import { makeRequestLimit } from '../../src/accounts/limit-requests.ts';
import type { ClientLimits } from '../../src/api/connections.ts';
import { Idempotency } from '../../src/api/idempotency/idempotency.ts';
import { makeMetrics } from '../../src/api/metrics.ts';
import { OwnTransactions } from '../../src/api/own-transactions.ts';
import type { Page } from '../../src/api/pages.ts';
import { routes } from '../../src/api/routes.ts';
import { createServer, type Server } from '../../src/api/server.ts';
import { RequestLog } from '../../src/audit/requests/request-log.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readConfig } from '../../src/base/config.ts';
import { makeEncrypter } from '../../src/base/encrypt.ts';
import { systemRandomBytes } from '../../src/base/id.ts';
import { InFlightTracker } from '../../src/base/in-flight.ts';
import { makeLogger } from '../../src/base/logger.ts';
import { systemTimers } from '../../src/base/timers.ts';
import type { Db } from '../../src/db/db.ts';
import { AccountResets } from '../../src/events/account-resets.ts';
import { AccountWatchers } from '../../src/events/account-watchers.ts';
import { Notifier } from '../../src/events/notifier.ts';
import { MessageAcceptor } from '../../src/messages/accept/message-acceptor.ts';
import { CallbackQueue } from '../../src/webhooks/callback-queue.ts';
import { acceptParts } from '../support/accepting.ts';
import { openTestDatabase } from '../support/database.ts';
import { readAnswers } from './exchange.ts';

/** For clients that have to be cut off, and soon: they are, however long the machine stands still. */
const hastyLimits: ClientLimits = {
  headMs: 300,
  requestMs: 600,
  keepAliveMs: 400,
  idleMs: 900,
  checkEveryMs: 20,
};
/** For clients that have to be served: a machine that stands still for a second or two must not make them late. */
const patientLimits: ClientLimits = {
  headMs: 3_000,
  requestMs: 6_000,
  keepAliveMs: 4_000,
  idleMs: 6_000,
  checkEveryMs: 20,
};
/** By when every client must be gone: far beyond the limits, for machines that are busy. */
const guardMs = 10_000;
/** A client that sends a little so often is never idle. */
const dripEveryMs = 25;

/** More than the buffers between two sockets hold. */
const largeBytes = 64 * 1024 * 1024;

let db: Db;
let hasty: Door;
let patient: Door;
before(async () => {
  db = await openTestDatabase();
  const pages = [page('/small', Buffer.from('small')), page('/large', Buffer.alloc(largeBytes, 'x'))];
  hasty = await openDoor(hastyLimits, pages);
  patient = await openDoor(patientLimits, pages);
});
after(async () => {
  for (const { server } of [hasty, patient]) await server.close(0);
  await db.close();
});

const page = (path: string, body: Buffer): Page => ({
  path,
  answer: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body }),
});

interface Door {
  readonly server: Server;
  readonly port: number;
}

/** Starts a server with limits of its own. */
async function openDoor(limits: ClientLimits, pages: readonly Page[]): Promise<Door> {
  const { settings } = readConfig({});
  const notifier = new Notifier();
  const callbacks = new CallbackQueue(notifier);
  const encrypter = makeEncrypter(new Uint8Array(32), systemRandomBytes);
  const ownTransactions = new OwnTransactions(db);
  const metrics = makeMetrics(async () => ({ messages: 0, webhooks: 0 }), systemTimers);
  const logger = makeLogger('silent');
  const requestLog = new RequestLog({
    db,
    timers: systemTimers,
    days: 0,
    countUnlogged: metrics.countUnlogged,
    logger,
  });
  const server = createServer({
    db,
    clock: systemClock,
    randomBytes: systemRandomBytes,
    authenticator: makeAuthenticator(db, systemClock, 20),
    requestLimit: makeRequestLimit(0),
    metrics,
    logger,
    requestLog,
    idempotency: new Idempotency({ db, ownTransactions, encrypter, timers: systemTimers, waitMs: 10_000 }),
    ownTransactions,
    replica: undefined,
    notifier,
    callbacks,
    endpointParts: {
      encrypter,
      randomBytes: systemRandomBytes,
      settings,
      acceptor: new MessageAcceptor({ ...acceptParts({ settings }), db, realTimers: systemTimers }),
      publicUrl: () => 'http://localhost',
      operating: { operatorId: () => undefined, hasSimulator: true },
      simulator: undefined,
      virtualClock: undefined,
      inFlight: new InFlightTracker(),
      resets: new AccountResets(),
      isTestKitOn: false,
      dataDir: '/nonexistent',
      copyTo: undefined,
      notifier,
      callbacks,
      requestLog,
      watchers: new AccountWatchers(notifier, systemTimers),
      realTimers: systemTimers,
    },
    routes,
    pages,
    webhookPages: [],
    trustedProxies: [],
    limits,
  });
  // Each connection that is being opened listens.
  server.http.setMaxListeners(0);
  const { port } = await server.listen('127.0.0.1', 0);
  return { server, port };
}

const request = (line: string, headers = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const small = request('GET /small');
const post = (headers: string) => request('POST /v1/Account/MA/Powerpack/', headers);

/** Sends the bytes of `text` one by one, for ever again, until the connection is gone. */
function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text.charAt(at++ % text.length)), dripEveryMs);
  socket.on('close', () => clearInterval(timer));
}

type Behaviour = readonly [what: string, behave: (socket: Socket) => void, statuses: readonly number[]];

/** Of clients that are never served. */
const hopeless: readonly Behaviour[] = [
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
];

/** Of clients that are served before they are cut off. */
const lingering: readonly Behaviour[] = [
  ['stays after its answer', (socket) => socket.write(small), [200]],
  ['sends half a request behind a whole one', (socket) => socket.write(`${small}GET /sm`), [200, 408]],
  ['goes on sending after it was refused', (socket) => drip(socket, 'rubbish '), [400]],
];

// All at once: most of the time goes by in waiting for a limit.
describe('slow clients', { concurrency: true }, () => {
  for (const [what, behave, statuses] of hopeless) {
    test(`a client that ${what} is cut off`, () => isCutOff(hasty, behave, statuses));
  }
  for (const [what, behave, statuses] of lingering) {
    test(`a client that ${what} is cut off`, () => isCutOff(patient, behave, statuses));
  }

  test('a client that never reads its answer is cut off', async () => {
    const { socket, gone } = await openConnection(hasty);
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
      const ended = await openConnection(hasty);
      ended.socket.end(bytes);
      ended.socket.resume();
      const reset = await openConnection(hasty);
      reset.socket.write(bytes, () => reset.socket.resetAndDestroy());
      await Promise.all([ended.gone, reset.gone]);
    }
  });

  test('a client that is silent instead of beginning TLS is cut off', async () => {
    const { port } = await hasty.server.listenTls('127.0.0.1', 0, { cert: '', key: '' });
    const socket = connect(port, '127.0.0.1');
    await closed(socket.on('error', () => undefined).resume());
  });

  test('clients that keep to the limits are served while others are slow', async () => {
    const slow: Connection[] = [];
    while (slow.length < 50) slow.push(await openConnection(patient));
    for (const { socket } of slow) drip(socket.resume(), 'GET /');
    const { socket, gone } = await openConnection(patient);
    const received = readAll(socket);
    socket.write(request('GET /small', 'Connection: close\r\n'));
    await gone;
    assert.equal(readAnswers(await received).answers[0]?.status, 200);
    for (const { socket } of slow) socket.destroy();
    await Promise.all(slow.map(({ gone }) => gone));
  });

  test('clients that keep to the limits may send in pieces and read in pieces', async () => {
    const { socket, gone } = await openConnection(patient);
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
  for (const { server } of [hasty, patient]) {
    const count = await new Promise((resolve) => server.http.getConnections((_error, open) => resolve(open)));
    assert.equal(count, 0);
  }
});

/** Checks that a client that behaves so, and never closes its half of the connection, gets these answers and is disconnected. */
async function isCutOff(door: Door, behave: Behaviour[1], statuses: readonly number[]): Promise<void> {
  const { socket, gone } = await openConnection(door, { allowHalfOpen: true });
  const received = readAll(socket);
  behave(socket);
  await gone;
  assert.deepEqual(
    readAnswers(await received).answers.map(({ status }) => status),
    statuses,
  );
  socket.destroy();
}

interface Connection {
  readonly socket: Socket;
  /** When the server has nothing left of it; rejects when that takes too long. */
  readonly gone: Promise<void>;
}

async function openConnection(
  { server, port }: Door,
  options: { allowHalfOpen?: boolean } = {},
): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', ...options });
  socket.on('error', () => undefined);
  const accepted = await new Promise<Socket>((resolve) => {
    // Others open theirs at the same time.
    const take = (candidate: Socket) => {
      if (candidate.remotePort !== socket.localPort) return;
      server.http.removeListener('connection', take);
      resolve(candidate);
    };
    server.http.on('connection', take);
  });
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

/** Reads all that a socket receives until the other side ends or breaks the connection. */
async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.on('end', resolve).on('error', resolve));
  return Buffer.concat(chunks);
}
