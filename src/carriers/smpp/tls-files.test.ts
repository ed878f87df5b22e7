// Files of a carrier's TLS that cannot be used: a sentence that names the key and the file, and never a wait without end.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemRandomBytes as randomBytes } from '../../base/id.ts';
import { makeCertificates } from '../../tls/make-certificates.ts';
import { readTlsFiles } from './tls-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'rucksack-tls-files-'));
after(() => rmSync(directory, { recursive: true }));

const make = (name: string) =>
  makeCertificates({ directory: join(directory, name), now: new Date('2026-12-01T10:00:00Z'), randomBytes });
const own = await make('own');
const others = await make('others');
const large = join(directory, 'large.pem');
writeFileSync(large, '');
truncateSync(large, 1024 * 1024 + 1);

const read = (files: Record<string, string>) => () =>
  readTlsFiles({ min_version: 'TLSv1.2', verify: true, ...files });

const faults: [what: string, files: Record<string, string>, sentence: RegExp][] = [
  ['no file', { ca_file: join(directory, 'none') }, /^Error: tls\.ca_file: ENOENT/],
  ['a device without an end', { ca_file: '/dev/zero' }, /^Error: tls\.ca_file: \/dev\/zero is not a file$/],
  ['a folder', { key_file: directory }, /^Error: tls\.key_file: .* is not a file$/],
  ['a large file', { ca_file: large }, /^Error: tls\.ca_file: .*large\.pem is larger than 1 MiB$/],
  [
    'a key for an authority',
    { ca_file: own.keyPath },
    /^Error: tls\.ca_file: .* holds no certificate in PEM$/,
  ],
  [
    "another certificate's key",
    { cert_file: own.certPath, key_file: others.keyPath },
    /^Error: the files of tls cannot be used: TLS: key values mismatch$/,
  ],
];
for (const [what, files, sentence] of faults) {
  test(`${what} is refused`, () => assert.throws(read(files), (error) => sentence.test(String(error))));
}

test('a certificate, its key and its authority are read', () => {
  assert.ok(read({ ca_file: own.caPath, cert_file: own.certPath, key_file: own.keyPath })());
});
