// Which texts are hosts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatorError } from '../base/errors.ts';
import { readHost } from './host.ts';

const good: [text: string, type: 'dns' | 'ip', value: string][] = [
  ['api.plivo.com', 'dns', 'api.plivo.com'],
  ['API.Plivo.com', 'dns', 'api.plivo.com'],
  ['localhost', 'dns', 'localhost'],
  ['127.0.0.1', 'ip', '127.0.0.1'],
  ['::', 'ip', '::'],
  ['::1', 'ip', '::1'],
  ['2001:db8::a:b', 'ip', '2001:db8::a:b'],
  ['2001:DB8:1:2:3:4:5:6', 'ip', '2001:db8:1:2:3:4:5:6'],
  ['fe80::', 'ip', 'fe80::'],
  ['::ffff:192.0.2.1', 'ip', '::ffff:c000:201'],
];

for (const [text, type, value] of good) {
  test(`${text} is a host`, () => assert.deepEqual(readHost(text), { type, value }));
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
  test(`"${text}" is not a host`, () => assert.throws(() => readHost(text), OperatorError));
}
