// Streams below the framework: slow readers are disconnected, silence is allowed, and a stop ends open streams.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import type { EventSink } from '../http/event-stream.ts';
import { OpenStreams } from './open-streams.ts';

const idleMs = 50;

let streams: OpenStreams;
let server: http.Server;
let response: http.ServerResponse;
let sink: Promise<EventSink>;
let closed: Promise<void>;
beforeEach(async () => {
  streams = new OpenStreams();
  const opened = new EventEmitter();
  sink = once(opened, 'open').then(([given]) => given as EventSink);
  closed = once(opened, 'close').then(() => {});
  server = http.createServer((_request, answer) => {
    response = answer;
    const stream = (given: EventSink) => {
      opened.emit('open', given);
      return () => void opened.emit('close');
    };
    streams.write(answer, { status: 200, headers: {}, stream });
  });
  server.timeout = idleMs;
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return socket;
}

test('a client that does not read is disconnected', async () => {
  const socket = ask();
  socket.pause();
  const { write } = await sink;
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  // As often as it takes to fill the buffers of the system.
  while (!isClosed) {
    write('x'.repeat(1024 * 1024));
    await new Promise(setImmediate);
  }
  write('to nobody');
  socket.destroy();
});

test('a silent stream outlives the limit on silent connections', async () => {
  const socket = ask();
  const { write, end } = await sink;
  // Idle for as long, and begun later than the stream: when it is closed, the stream would be, too.
  const plain = connect((server.address() as AddressInfo).port, '127.0.0.1');
  plain.resume();
  await once(plain, 'close');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  write('still here');
  end();
  await once(socket, 'close');
  assert.match(received, /still here/);
});

test('a client that does not read the end is disconnected', async () => {
  const socket = ask();
  socket.pause();
  const { end } = await sink;
  // More than the system buffers, past the sink, which would disconnect it for that.
  response.write('x'.repeat(64 * 1024 * 1024));
  end();
  await closed;
  socket.destroy();
});

test('a stop ends open streams, and those that begin afterwards', async () => {
  const socket = ask().resume();
  await sink;
  streams.endAll();
  await Promise.all([closed, once(socket, 'close')]);
  await once(ask().resume(), 'close');
});
