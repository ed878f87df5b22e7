// What counts as a host, and its bytes in a certificate.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CertificateError } from './certificate-error.ts';
import { readHost } from './host.ts';

const good: [text: string, kind: 'name' | 'address', hex: string][] = [
  ['api.plivo.com', 'name', Buffer.from('api.plivo.com').toString('hex')],
  ['API.Plivo.com', 'name', Buffer.from('api.plivo.com').toString('hex')],
  ['localhost', 'name', Buffer.from('localhost').toString('hex')],
  ['127.0.0.1', 'address', '7f000001'],
  ['::', 'address', '00'.repeat(16)],
  ['::1', 'address', `${'00'.repeat(15)}01`],
  ['2001:db8::a:b', 'address', '20010db80000000000000000000a000b'],
  ['2001:db8:1:2:3:4:5:6', 'address', '20010db8000100020003000400050006'],
  ['fe80::', 'address', `fe80${'00'.repeat(14)}`],
  ['::ffff:192.0.2.1', 'address', '00000000000000000000ffffc0000201'],
];

for (const [text, kind, hex] of good) {
  test(`${text} is a host`, () => {
    const host = readHost(text);
    assert.deepEqual([host.kind, host.bytes.toString('hex')], [kind, hex]);
  });
}

const bad = [
  '',
  '*.plivo.com',
  'api.plivo.com:443',
  'a b',
  '-a.com',
  'a..b',
  '.',
  'fe80::1%eth0',
  'é.com',
  'x'.repeat(64),
];

for (const text of bad) {
  test(`"${text}" is not a host`, () => assert.throws(() => readHost(text), CertificateError));
}
