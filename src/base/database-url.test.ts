// URLs with one host and with several.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DatabaseHosts, readDatabaseUrl } from './database-url.ts';

const read: [url: string, hosts: DatabaseHosts][] = [
  ['postgres://u:p@db/app', { urls: ['postgres://u:p@db/app'], mustWrite: false }],
  ['postgresql:///app?host=/run/pg', { urls: ['postgresql:///app?host=/run/pg'], mustWrite: false }],
  [
    'postgres://u:p@a:5432,b:5433,[::1]:5434/app?sslmode=verify-full',
    {
      urls: [
        'postgres://u:p@a:5432/app?sslmode=verify-full',
        'postgres://u:p@b:5433/app?sslmode=verify-full',
        'postgres://u:p@[::1]:5434/app?sslmode=verify-full',
      ],
      mustWrite: true,
    },
  ],
  [
    'postgres://a,b/app?target_session_attrs=any',
    { urls: ['postgres://a/app', 'postgres://b/app'], mustWrite: false },
  ],
  [
    'postgres://a/app?sslmode=require&target_session_attrs=primary',
    { urls: ['postgres://a/app?sslmode=require'], mustWrite: true },
  ],
  ['postgres://u:p%2Cq@a/app', { urls: ['postgres://u:p%2Cq@a/app'], mustWrite: false }],
  ['postgres://u:p,q@a/app', { urls: ['postgres://u:p,q@a/app'], mustWrite: false }],
];

for (const [url, hosts] of read) {
  test(`${url} is read`, () => assert.deepEqual(readDatabaseUrl(url), hosts));
}

const refused = [
  'mysql://u:p@db/app',
  'postgres://a:x,b/app',
  'postgres://a,b/app?target_session_attrs=standby',
  'db.example.net',
];

for (const url of refused) {
  test(`${url} is refused`, () => assert.equal(readDatabaseUrl(url), undefined));
}
