// The certificates work in real handshakes for their hosts, and for no others.
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { OperatorError } from '../base/errors.ts';
import { systemRandomBytes as randomBytes } from '../base/id.ts';
import { issueServer } from './certificate.ts';
import { defaultHosts, type MadeCertificates, makeCertificates } from './make-certificates.ts';
import { vendorHosts } from './vendor-hosts.ts';

const dayMs = 24 * 60 * 60 * 1000;
const now = new Date();
const afterDays = (days: number) => new Date(now.getTime() + days * dayMs);

async function emptyDirectory(t: TestContext): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'rucksack-tls-'));
  t.after(() => rm(parent, { recursive: true }));
  return join(parent, 'certs');
}

/** Does a handshake with a server at 127.0.0.1, called by that name; returns `ok` or the client's error. */
async function shakeHands(cert: string, key: string, ca: string, servername?: string): Promise<string> {
  const server = createServer({ cert, key }, (socket) => socket.end());
  server.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, ca, ...(servername && { servername }) });
  try {
    await once(client, 'secureConnect');
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.destroy();
    server.close();
  }
}

const readAll = (paths: readonly string[]) => Promise.all(paths.map((path) => readFile(path, 'utf8')));

test('a client that trusts ca.pem accepts the server under its names, and under no other', async (t) => {
  const made = await makeCertificates({ directory: await emptyDirectory(t), now, randomBytes });
  const [cert = '', key = '', ca = ''] = await readAll([made.certPath, made.keyPath, made.caPath]);

  for (const host of vendorHosts) assert.equal(await shakeHands(cert, key, ca, host), 'ok', host);
  assert.equal(await shakeHands(cert, key, ca, 'localhost'), 'ok');
  assert.equal(await shakeHands(cert, key, ca), 'ok', 'by address');
  assert.match(await shakeHands(cert, key, ca, 'www.plivo.com'), /does not match certificate's altnames/);
  assert.match(await shakeHands(cert, key, ca, 'example.com'), /does not match certificate's altnames/);
  assert.equal(new X509Certificate(cert).checkIP('::1'), '::1');
  assert.equal(new X509Certificate(cert).checkIP('127.0.0.2'), undefined);
});

test('a client that does not trust ca.pem refuses the server', async (t) => {
  const directory = await emptyDirectory(t);
  const made = await makeCertificates({ directory, now, randomBytes });
  const [cert = '', key = ''] = await readAll([made.certPath, made.keyPath]);
  const other = await makeCertificates({ directory: `${directory}-other`, now, randomBytes });
  const [otherCa = ''] = await readAll([other.caPath]);

  assert.match(
    await shakeHands(cert, key, otherCa, 'api.plivo.com'),
    /unable to verify the first certificate/,
  );
});

/** Makes the certificate that a thief of the authority's key would make. */
async function forge(made: MadeCertificates, host: string): Promise<string> {
  const [ca = '', caKey = '', cert = ''] = await readAll([made.caPath, made.caKeyPath, made.certPath]);
  const authority = new X509Certificate(ca);
  const subject = {
    commonName: 'forged',
    publicKey: new X509Certificate(cert).publicKey,
    serial: randomBytes(16),
    notBefore: afterDays(-1),
    notAfter: afterDays(1),
    hosts: [host],
  };
  const issuer = {
    commonName: authority.subject.replace('CN=', ''),
    publicKey: authority.publicKey,
    privateKey: createPrivateKey(caKey),
  };
  return new X509Certificate(await issueServer(subject, issuer)).toString();
}

const local = '127.0.0.1';
const forgeries: [what: string, hosts: readonly string[], forged: string, outcome: RegExp][] = [
  ['for a host of its own', defaultHosts, 'api.plivo.com', /^ok$/],
  ['for the vendor in old SDKs', defaultHosts, 'voice-use1.plivo.com', /^ok$/],
  ['for another host of the vendor', defaultHosts, 'www.plivo.com', /permitted subtree violation/],
  ['for another name', defaultHosts, 'example.com', /permitted subtree violation/],
  ['for another address', defaultHosts, '10.0.0.1', /permitted subtree violation/],
  ['for an address, when it has only names', ['localhost'], local, /excluded subtree violation/],
  ['for a name, when it has only addresses', [local], 'localhost', /excluded subtree violation/],
];

for (const [what, hosts, forged, outcome] of forgeries) {
  test(`a stolen authority key, used ${what}: ${outcome.source}`, async (t) => {
    const made = await makeCertificates({ directory: await emptyDirectory(t), hosts, now, randomBytes });
    const [key = '', ca = ''] = await readAll([made.keyPath, made.caPath]);
    const servername = /^[\d.]+$/.test(forged) ? undefined : forged;
    assert.match(await shakeHands(await forge(made, forged), key, ca, servername), outcome);
  });
}

test('keys and directory are for their owner only, and no draft is left behind', async (t) => {
  const directory = await emptyDirectory(t);
  const made = await makeCertificates({ directory, now, randomBytes });
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  assert.equal(await mode(directory), '700');
  assert.equal(await mode(made.caKeyPath), '600');
  assert.equal(await mode(made.keyPath), '600');
  assert.deepEqual((await readdir(directory)).sort(), ['ca.key', 'ca.pem', 'server.key', 'server.pem']);
});

test('renewal keeps the authority, and clients that trusted it trust the new certificate', async (t) => {
  const directory = await emptyDirectory(t);
  const first = await makeCertificates({ directory, now: afterDays(-700), randomBytes });
  const [oldCert, oldCa = ''] = await readAll([first.certPath, first.caPath]);
  const second = await makeCertificates({ directory, now, randomBytes });
  const [cert = '', key = '', ca] = await readAll([second.certPath, second.keyPath, second.caPath]);

  assert.equal(first.authorityIsNew, true);
  assert.equal(second.authorityIsNew, false);
  assert.equal(ca, oldCa);
  assert.notEqual(cert, oldCert);
  assert.equal(second.expiresAt.getTime() - first.expiresAt.getTime(), 700 * dayMs);
  assert.equal(await shakeHands(cert, key, oldCa, 'api.plivo.com'), 'ok');
});

/** The hosts of certificates from before the voice hosts were added. */
const hostsOfOld = ['api.plivo.com', 'localhost', '127.0.0.1', '::1'];
const voiceHosts = ['voice.plivo.com', 'voice-usw1.plivo.com', 'voice-use1.plivo.com'];

test('an authority from before the voice hosts is kept, and its certificate is for the hosts that it may sign for', async (t) => {
  const directory = await emptyDirectory(t);
  const first = await makeCertificates({ directory, hosts: hostsOfOld, now: afterDays(-700), randomBytes });
  const [oldCa = ''] = await readAll([first.caPath]);
  const second = await makeCertificates({ directory, now, randomBytes });
  const [cert = '', key = '', ca] = await readAll([second.certPath, second.keyPath, second.caPath]);

  assert.deepEqual([second.authorityIsNew, second.missingHosts], [false, voiceHosts]);
  assert.equal(ca, oldCa);
  assert.equal(await shakeHands(cert, key, oldCa, 'api.plivo.com'), 'ok');
  const refusal = /does not match certificate's altnames/;
  assert.match(await shakeHands(cert, key, oldCa, 'voice.plivo.com'), refusal);
});

test('an old authority with a host of its own is renewed with that host', async (t) => {
  const wanted = { directory: await emptyDirectory(t), now, randomBytes };
  await makeCertificates({ ...wanted, hosts: [...hostsOfOld, 'rucksack'] });
  const renewed = await makeCertificates({ ...wanted, hosts: [...defaultHosts, 'rucksack'] });
  assert.deepEqual([renewed.authorityIsNew, renewed.missingHosts], [false, voiceHosts]);
  await assert.rejects(makeCertificates(wanted), /was made for other hosts than/);
});

test('a new authority that replaces an old one is for the voice hosts too', async (t) => {
  const wanted = { directory: await emptyDirectory(t), now, randomBytes };
  await makeCertificates({ ...wanted, hosts: hostsOfOld });
  const made = await makeCertificates({ ...wanted, newAuthority: true });
  const [cert = '', key = '', ca = ''] = await readAll([made.certPath, made.keyPath, made.caPath]);
  assert.deepEqual([made.authorityIsNew, made.missingHosts], [true, []]);
  for (const host of voiceHosts) assert.equal(await shakeHands(cert, key, ca, host), 'ok', host);
});

test("dates are those in the files: at most 825 days, and never past the authority's", async (t) => {
  const directory = await emptyDirectory(t);
  const first = await makeCertificates({ directory, now, randomBytes });
  const [cert = '', ca = ''] = await readAll([first.certPath, first.caPath]);
  const { validFrom, validTo } = new X509Certificate(cert);
  assert.equal(new Date(validTo).getTime(), first.expiresAt.getTime());
  assert.equal(new Date(new X509Certificate(ca).validTo).getTime(), first.authorityExpiresAt.getTime());
  assert.ok(new Date(validTo).getTime() - new Date(validFrom).getTime() < 825 * dayMs);

  const last = await makeCertificates({ directory, now: afterDays(3600), randomBytes });
  assert.equal(last.expiresAt.getTime(), first.authorityExpiresAt.getTime());
});

test('a new authority is made when asked for', async (t) => {
  const directory = await emptyDirectory(t);
  const first = await makeCertificates({ directory, now, randomBytes });
  const [oldCa = ''] = await readAll([first.caPath]);
  const second = await makeCertificates({ directory, now, randomBytes, newAuthority: true });
  const [cert = '', key = '', ca = ''] = await readAll([second.certPath, second.keyPath, second.caPath]);

  assert.equal(second.authorityIsNew, true);
  assert.notEqual(ca, oldCa);
  assert.equal(await shakeHands(cert, key, ca, 'api.plivo.com'), 'ok');
  assert.match(await shakeHands(cert, key, oldCa, 'api.plivo.com'), /unable to verify the first certificate/);
});

const refusals: [what: string, change: (directory: string) => Promise<unknown>, sentence: RegExp][] = [
  ['the authority without its key', (d) => rm(join(d, 'ca.key')), /ca\.key is missing; make a new authority/],
  ['the key without its authority', (d) => rm(join(d, 'ca.pem')), /ca\.pem is missing; make a new authority/],
  [
    'a damaged authority',
    (d) => writeFile(join(d, 'ca.pem'), 'x'),
    /ca\.key is damaged; make a new authority/,
  ],
  [
    'the key of another authority',
    async (d) => writeFile(join(d, 'ca.key'), await readFile(join(d, 'server.key'))),
    /ca\.key does not belong to .*ca\.pem; make a new authority/,
  ],
];

for (const [what, change, sentence] of refusals) {
  test(`${what} is not used and not replaced, until a new one is asked for`, async (t) => {
    const directory = await emptyDirectory(t);
    await makeCertificates({ directory, now, randomBytes });
    await change(directory);
    const before = await readdir(directory);
    await assert.rejects(makeCertificates({ directory, now, randomBytes }), {
      name: 'OperatorError',
      message: sentence,
    });
    assert.deepEqual(await readdir(directory), before);
    assert.ok((await makeCertificates({ directory, now, randomBytes, newAuthority: true })).authorityIsNew);
  });
}

test('an authority that has expired, or is for other hosts, is not used', async (t) => {
  const directory = await emptyDirectory(t);
  await makeCertificates({ directory, now, randomBytes });
  await assert.rejects(
    makeCertificates({ directory, now: afterDays(3651), randomBytes }),
    /ca\.pem expired at .*; make a new authority/,
  );
  await assert.rejects(
    makeCertificates({ directory, now, randomBytes, hosts: [...defaultHosts, 'rucksack'] }),
    /was made for other hosts than api\.plivo\.com, .*rucksack; make a new authority/,
  );
  const reordered = [...defaultHosts].reverse();
  assert.equal(
    (await makeCertificates({ directory, now, randomBytes, hosts: reordered })).authorityIsNew,
    false,
  );
});

test('an invalid host is refused before anything is written', async (t) => {
  const directory = await emptyDirectory(t);
  const wanted = { directory, hosts: ['*.plivo.com'], now, randomBytes };
  await assert.rejects(makeCertificates(wanted), OperatorError);
  assert.deepEqual(await readdir(directory), []);
});
