// Certificates that are accepted at start, and the error for all others.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { systemRandomBytes as randomBytes } from '../base/id.ts';
import { makeCertificates } from './make-certificates.ts';
import { readCertificates } from './read-certificates.ts';

const now = new Date('2027-03-01T12:00:00Z');
/** Read before the first test: the polyfill of the library that makes certificates shows whether it was loaded. */
const makerIsLoaded = 'getMetadata' in Reflect;

test('reading certificates does not load the library that makes them', () =>
  assert.equal(makerIsLoaded, false));

async function directoryOf(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rucksack-tls-'));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}

test('certificates are read as they were made', async (t) => {
  const directory = await directoryOf(t);
  const made = await makeCertificates({ directory, now, randomBytes });
  const read = await readCertificates(directory, now);
  assert.deepEqual(read, {
    ca: await readFile(made.caPath, 'utf8'),
    cert: await readFile(made.certPath, 'utf8'),
    key: await readFile(made.keyPath, 'utf8'),
    expiresAt: made.expiresAt,
    missingHosts: [],
  });
});

test('a certificate from before the voice hosts is accepted, and its missing hosts are reported', async (t) => {
  const directory = await directoryOf(t);
  await makeCertificates({ directory, hosts: ['api.plivo.com', '127.0.0.1'], now, randomBytes });
  const read = await readCertificates(directory, now);
  assert.deepEqual(read?.missingHosts, ['voice.plivo.com', 'voice-usw1.plivo.com', 'voice-use1.plivo.com']);
});

test('missing certificates are not an error', async (t) => {
  const directory = await directoryOf(t);
  assert.equal(await readCertificates(directory, now), undefined);
  assert.equal(await readCertificates(join(directory, 'missing'), now), undefined);
});

test('the server needs no key of the authority', async (t) => {
  const directory = await directoryOf(t);
  const made = await makeCertificates({ directory, now, randomBytes });
  await rm(made.caKeyPath);
  assert.ok(await readCertificates(directory, now));
});

const faults: [what: string, change: (directory: string) => Promise<unknown>, sentence: RegExp][] = [
  ['no authority', (d) => rm(join(d, 'ca.pem')), /ca\.pem is missing; run/],
  ['no certificate', (d) => rm(join(d, 'server.pem')), /server\.pem is missing; run/],
  ['no key', (d) => rm(join(d, 'server.key')), /server\.key is missing; run/],
  ['a damaged authority', (d) => writeFile(join(d, 'ca.pem'), ''), /ca\.pem is damaged; run/],
  ['a damaged certificate', (d) => writeFile(join(d, 'server.pem'), 'x'), /server\.pem is damaged; run/],
  ['a damaged key', (d) => writeFile(join(d, 'server.key'), 'x'), /server\.key is damaged; run/],
  [
    'a key that cannot be read',
    (d) => rm(join(d, 'server.key')).then(() => mkdir(join(d, 'server.key'))),
    /server\.key cannot be read \(EISDIR\)/,
  ],
  [
    'the key of something else',
    async (d) => writeFile(join(d, 'server.key'), await readFile(join(d, 'ca.key'))),
    /server\.key does not belong to .*server\.pem; run/,
  ],
  [
    'another authority',
    async (d) => {
      const other = await makeCertificates({ directory: join(d, 'other'), now, randomBytes });
      await writeFile(join(d, 'ca.pem'), await readFile(other.caPath));
    },
    /server\.pem was not signed by .*ca\.pem; run/,
  ],
];

for (const [what, change, sentence] of faults) {
  test(`${what} is reported in one sentence`, async (t) => {
    const directory = await directoryOf(t);
    await makeCertificates({ directory, now, randomBytes });
    await change(directory);
    await assert.rejects(readCertificates(directory, now), { name: 'OperatorError', message: sentence });
  });
}

test('a certificate is refused from the second in which it ends, and before it begins', async (t) => {
  const directory = await directoryOf(t);
  const { expiresAt } = await makeCertificates({ directory, now, randomBytes });
  assert.ok(await readCertificates(directory, new Date(expiresAt.getTime() - 1)));
  await assert.rejects(readCertificates(directory, expiresAt), /server\.pem expired at 2029-.*; run/);
  await assert.rejects(
    readCertificates(directory, new Date('2027-01-01T00:00:00Z')),
    /holds only from 2027-02-28T/,
  );
});
