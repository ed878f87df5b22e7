// CONNECT leads to our own TLS listener, with real handshakes, and nowhere else.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer, get, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, request as requestHttps } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { after, type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { systemRandomBytes as randomBytes } from '../base/id.ts';
import { type ConnectOptions, serveConnect } from './connect-proxy.ts';
import { makeCertificates } from './make-certificates.ts';
import { vendorHosts } from './vendor-hosts.ts';

const directory = await mkdtemp(join(tmpdir(), 'rucksack-connect-'));
after(() => rm(directory, { recursive: true }));
const { caPath, certPath, keyPath } = await makeCertificates({ directory, now: new Date(), randomBytes });
const read = (path: string) => readFile(path, 'utf8');
const [ca, cert, key] = await Promise.all([read(caPath), read(certPath), read(keyPath)]);

/** Starts a plain and a TLS server that report each request, and the proxy between them. */
async function startServers(t: TestContext, options: Partial<ConnectOptions> = {}) {
  const answer =
    (door: string): RequestListener =>
    ({ url, socket }, response) =>
      response.end(JSON.stringify({ door, url, address: socket.remoteAddress }));
  const plain = createHttpServer(answer('plain'));
  const tls = createHttpsServer({ cert, key }, answer('tls'));
  const proxy = serveConnect(plain, {
    hosts: vendorHosts,
    tlsServer: () => tls,
    newId: () => 'id-1',
    ...options,
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  t.after(() => {
    proxy.closeTunnels();
    plain.close();
    plain.closeAllConnections();
  });
  return { plain, tls, proxy, port: (plain.address() as AddressInfo).port };
}

/** Sends the head of a CONNECT with any target, and returns the socket. */
function ask(port: number, target: string, allowHalfOpen = false): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  return socket;
}

/** Opens a tunnel and returns the client's end of it, once the proxy has accepted. */
async function openTunnel(port: number, host = 'api.plivo.com'): Promise<Socket> {
  const socket = ask(port, `${host}:443`);
  const [head] = await once(socket, 'data');
  assert.equal(String(head), 'HTTP/1.1 200 Connection established\r\n\r\n');
  return socket;
}

/** Sends a request through a tunnel, as an HTTP client with proxy support does. */
async function getThrough(tunnel: Duplex, path: string, host = 'api.plivo.com'): Promise<unknown> {
  const createConnection = () => connectTls({ socket: tunnel, ca, servername: host });
  const request = requestHttps({ host, path, createConnection }).end();
  const [response] = await once(request, 'response');
  return json(response);
}

const viaTls = (url: string) => ({ door: 'tls', url, address: '127.0.0.1' });

test('a request through the tunnel reaches the TLS listener with the address of its client', async (t) => {
  const { port, proxy } = await startServers(t);
  const tunnel = await openTunnel(port);
  assert.equal(proxy.openTunnels(), 1);
  assert.deepEqual(
    await getThrough(tunnel, '/v1/Account/MA/Powerpack/'),
    viaTls('/v1/Account/MA/Powerpack/'),
  );
});

for (const host of vendorHosts) {
  test(`a tunnel to ${host} ends at the TLS listener, whose certificate is valid for that host`, async (t) => {
    const { port } = await startServers(t);
    assert.deepEqual(await getThrough(await openTunnel(port, host), '/', host), viaTls('/'));
  });
}

test('a handshake that arrives together with the CONNECT is not lost', async (t) => {
  const { port } = await startServers(t);
  const socket = connect({ port, host: '127.0.0.1' });
  let waiting: Buffer | undefined = Buffer.from('CONNECT API.plivo.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
  let agreed = false;
  const hasty = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      socket.write(waiting === undefined ? chunk : Buffer.concat([waiting, chunk]), done);
      waiting = undefined;
    },
  });
  socket.on('data', (chunk: Buffer) => {
    const end = agreed ? 0 : chunk.indexOf('\r\n\r\n') + 4;
    agreed = true;
    if (end < chunk.length) hasty.push(chunk.subarray(end));
  });
  t.after(() => socket.destroy());
  assert.deepEqual(await getThrough(hasty, '/'), viaTls('/'));
});

test('curl needs nothing but the proxy and the authority', async (t) => {
  const curl = promisify(execFile);
  const isHere = await curl('curl', ['--version']).then(
    () => true,
    () => false,
  );
  if (!isHere) return t.skip('curl is not installed');
  const { port } = await startServers(t);
  const proxy = `http://127.0.0.1:${port}`;
  const options = ['--silent', '--show-error', '--noproxy', '', '--proxy', proxy, '--cacert', caPath];
  for (const host of vendorHosts) {
    const { stdout } = await curl('curl', [...options, `https://${host}/v1/`]);
    assert.deepEqual(JSON.parse(stdout), viaTls('/v1/'));
  }
  await assert.rejects(curl('curl', [...options, 'https://example.com/']), /response 403/);
});

const elsewhere = [
  'api.plivo.com:80',
  'api.plivo.com:22',
  'api.plivo.com:4430',
  'api.plivo.com:0443',
  'api.plivo.com',
  'api.plivo.com.:443',
  'api.plivo.com@example.com:443',
  'example.com:443',
  'api.plivo.com.example.com:443',
  'xapi.plivo.com:443',
  'plivo.com:443',
  'www.plivo.com:443',
  'voice.plivo.com:80',
  'voice-usw2.plivo.com:443',
  'localhost:443',
  '127.0.0.1:443',
  '[::1]:443',
  '169.254.169.254:80',
  ':443',
  '443',
  '*',
  '/',
  'https://api.plivo.com:443',
];

for (const target of elsewhere) {
  test(`CONNECT ${target} is refused`, async (t) => {
    const { port, proxy } = await startServers(t);
    const answer = await text(ask(port, target));
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.1 403 Forbidden\r\n/);
    assert.match(head, new RegExp(`\r\nContent-Length: ${body.length}\r\nConnection: close$`));
    assert.deepEqual(JSON.parse(body), {
      api_id: 'id-1',
      error:
        'this proxy only leads to api.plivo.com:443, voice.plivo.com:443, voice-usw1.plivo.com:443, and voice-use1.plivo.com:443',
    });
    assert.equal(proxy.openTunnels(), 0);
  });
}

test('no other server is ever connected to: not by CONNECT, not by an absolute URL', async (t) => {
  let calls = 0;
  const neighbour = createTcpServer(() => calls++).listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
  t.after(() => neighbour.close());
  const { port } = await startServers(t);
  const { port: other } = neighbour.address() as AddressInfo;

  assert.match(await text(ask(port, `127.0.0.1:${other}`)), /^HTTP\/1\.1 403 /);
  assert.match(await text(ask(port, `localhost:${other}`)), /^HTTP\/1\.1 403 /);
  const url = `http://127.0.0.1:${other}/`;
  const [response] = await once(
    get({ port, host: '127.0.0.1', path: url, headers: { Host: url } }),
    'response',
  );
  assert.deepEqual(await json(response), { door: 'plain', url, address: '127.0.0.1' });
  assert.equal(calls, 0);
});

test('without a TLS listener the answer says how to get one', async (t) => {
  const { port } = await startServers(t, { tlsServer: () => undefined });
  assert.match(
    await text(ask(port, 'api.plivo.com:443')),
    /^HTTP\/1\.1 503 .*TLS is off: run `rucksack certs`/s,
  );
});

test('the number of tunnels is limited, and a tunnel that ends frees its slot', async (t) => {
  const { port, plain, proxy } = await startServers(t, { maxTunnels: 1 });
  const connected = once(plain, 'connection');
  const first = await openTunnel(port);
  const [firstSocket] = await connected;
  assert.match(await text(ask(port, 'api.plivo.com:443')), /^HTTP\/1\.1 503 .*too many tunnels are open/s);
  const closed = once(firstSocket, 'close');
  first.destroy();
  await closed;
  assert.equal(proxy.openTunnels(), 0);
  assert.deepEqual(await getThrough(await openTunnel(port), '/'), viaTls('/'));
});

test('an idle tunnel is closed', async (t) => {
  const { port } = await startServers(t, { idleMs: 50 });
  const silent = await openTunnel(port);
  const [hadError] = await once(silent.on('error', () => {}).resume(), 'close');
  assert.equal(typeof hadError, 'boolean');
});

test('a tunnel that is idle after the handshake is closed', async (t) => {
  // Long enough for the handshake of a busy machine.
  const { port } = await startServers(t, { idleMs: 1000 });
  const shaken = connectTls({ socket: await openTunnel(port), ca, servername: 'api.plivo.com' });
  await once(shaken, 'secureConnect');
  await once(shaken.on('error', () => {}).resume(), 'close');
});

test('a client that closes only its half is closed, whatever the answer was', async (t) => {
  const { port, plain } = await startServers(t);
  const half = async (socket: Promise<Socket> | Socket) => {
    const [accepted] = await once(plain, 'connection');
    const closed = once(accepted, 'close');
    (await socket).on('error', () => {}).end();
    await closed;
  };
  await half(openTunnel(port));
  await half(ask(port, 'example.com:443'));
});

test('a refused client that does not hang up is closed', async (t) => {
  const { port, plain } = await startServers(t, { hangUpMs: 20 });
  const connected = once(plain, 'connection');
  const stubborn = ask(port, 'example.com:443', true).on('error', () => {});
  const [accepted] = await connected;
  await once(accepted, 'close');
  stubborn.destroy();
});

test('closing the tunnels lets a stopping server end at once', async (t) => {
  const { port, plain, proxy } = await startServers(t, { idleMs: 600_000 });
  const silent = (await openTunnel(port)).on('error', () => {});
  const shaken = connectTls({ socket: await openTunnel(port), ca, servername: 'api.plivo.com' });
  await once(
    shaken.on('error', () => {}),
    'secureConnect',
  );
  assert.equal(proxy.openTunnels(), 2);

  const closed = Promise.all([
    once(plain, 'close'),
    once(silent.resume(), 'close'),
    once(shaken.resume(), 'close'),
  ]);
  plain.close();
  proxy.closeTunnels();
  await closed;
  assert.equal(proxy.openTunnels(), 0);
});

test('a stopping TLS listener finishes the request of a tunnel, and then ends the tunnel', async (t) => {
  const { port, plain, tls, proxy } = await startServers(t);
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  tls.removeAllListeners('request');
  const connected = once(plain, 'connection');
  const asked = once(tls, 'request');
  const answered = getThrough(await openTunnel(port), '/slow');
  const [accepted] = await connected;
  const [request, response] = await asked;

  const closed = Promise.all([once(plain, 'close'), once(accepted, 'close')]);
  plain.close();
  tls.close();
  response.end(JSON.stringify(request.url));
  assert.equal(await answered, '/slow');
  await closed;
  assert.equal(proxy.openTunnels(), 0);
});

test('a stopping TLS listener ends a tunnel that waits for its next request', async (t) => {
  const { port, plain, tls, proxy } = await startServers(t);
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  const connected = once(plain, 'connection');
  const client = connectTls({ socket: await openTunnel(port), ca, servername: 'api.plivo.com' });
  client.write('GET / HTTP/1.1\r\nHost: api.plivo.com\r\n\r\n');
  const [accepted] = await connected;
  await once(client, 'data');

  const closed = Promise.all([once(plain, 'close'), once(accepted, 'close')]);
  plain.close();
  tls.close();
  await closed;
  assert.equal(proxy.openTunnels(), 0);
});
