// Doubts about an SMPP account that is no mistake.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleSmppConfig } from '../../../test/support/smpp-samples.ts';
import { accountWarnings } from './account-warnings.ts';

const open = (host: string) =>
  `the connection to ${host} is not encrypted: its password and all texts can be read on the way`;

const cases: [what: string, given: Readonly<Record<string, unknown>>, warnings: string[]][] = [
  ['this machine', { hosts: ['127.0.0.1:2775', 'localhost:2775', '[::1]:2775'] }, []],
  [
    'private networks',
    { hosts: ['10.1.2.3:2775', '172.31.0.1:2775', '192.168.0.9:1', '[fd00::1]:2775'] },
    [],
  ],
  ['a name without a dot', { hosts: ['smsc:2775'] }, []],
  [
    'names that the public DNS does not have',
    {
      hosts: [
        'smsc.default.svc.cluster.local:2775',
        'smsc.default.svc:2775',
        'smsc.internal:2775',
        'SMSC.Local.:2775',
        'smsc.lan:2775',
        'smsc.home.arpa:2775',
        'smsc.test:2775',
        'smsc.localhost:2775',
      ],
    },
    [],
  ],
  [
    'names that only look so',
    { hosts: ['smsc.mylocal:2775', 'internal.example:2775', 'smsc.arpa:2775'] },
    [open('smsc.mylocal:2775'), open('internal.example:2775'), open('smsc.arpa:2775')],
  ],
  ['a name', { hosts: ['smsc.example:2775'] }, [open('smsc.example:2775')]],
  [
    'addresses of others',
    { hosts: ['172.32.0.1:1', '[2001:db8::1]:2'] },
    [open('172.32.0.1:1'), open('[2001:db8::1]:2')],
  ],
  ['a name with TLS', { hosts: ['smsc.example:3550'], tls: {} }, []],
  ['a password of eight characters', { hosts: ['127.0.0.1:1'], password: '12345678' }, []],
  [
    'a longer password',
    { hosts: ['127.0.0.1:1'], password: '123456789' },
    ['its password has more than the 8 characters that SMPP allows'],
  ],
];

describe('of an account with', () => {
  for (const [what, given, warnings] of cases) {
    test(what, () => assert.deepEqual(accountWarnings(sampleSmppConfig(given)), warnings));
  }
});
