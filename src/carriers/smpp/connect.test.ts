// Connections over TLS to servers of this machine: who is trusted, and what is said of the others.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { sampleSmppConfig } from '../../../test/support/smpp-samples.ts';
import { systemRandomBytes as randomBytes } from '../../base/id.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import { makeCertificates } from '../../tls/make-certificates.ts';
import { makeConnect } from './connect.ts';

const directory = mkdtempSync(join(tmpdir(), 'rucksack-connect-'));
after(() => rmSync(directory, { recursive: true }));

const make = (name: string) =>
  makeCertificates({ directory: join(directory, name), now: systemTimers.now(), randomBytes });
const own = await make('own');
const others = await make('others');

/** Listens on a free port, and returns the address; everything is ended with the test. */
async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const tlsServer = () =>
  createTlsServer({ key: readFileSync(own.keyPath), cert: readFileSync(own.certPath) }, (socket) => {
    socket.on('error', () => {});
  });

const connectWith = (tls: object, address: string, timers = new VirtualClock(systemTimers)) =>
  makeConnect(sampleSmppConfig({ hosts: [address], tls }), timers)(address);

test('a certificate of the authority that is named is trusted', async (t) => {
  const address = await listen(t, tlsServer());
  const socket = await connectWith({ ca_file: own.caPath }, address);
  socket.destroy();
});

test('one of another authority, and for another name, is refused with the reason', async (t) => {
  const address = await listen(t, tlsServer());
  await assert.rejects(connectWith({ ca_file: others.caPath }, address), {
    message: new RegExp(`^${address} cannot be reached: (unable to verify|self.signed)`),
  });
  await assert.rejects(connectWith({ ca_file: own.caPath, server_name: 'smsc.example' }, address), {
    message: /^127\.0\.0\.1:\d+ cannot be reached: Hostname\/IP does not match certificate's altnames/,
  });
});

test('a server that speaks no TLS is told from one that takes no connection', async (t) => {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const server = createServer();
  const address = await listen(t, server);
  const taken = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      // Its first octets are the beginning of TLS: the connection stands on both sides.
      socket.once('data', () => resolve());
      socket.on('error', () => {});
    });
  });
  const connected = connectWith({}, address, clock);
  const refused = assert.rejects(connected, {
    message: `${address} cannot be reached: it takes connections, but there was no TLS within 10 s`,
  });
  await taken;
  await clock.advance(10_000, async () => {});
  await refused;
});
