// URLs with one host and with several.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DatabaseHosts, readDatabaseUrl, readReplicaUrl } from './database-url.ts';

const read: [url: string, hosts: DatabaseHosts][] = [
  ['postgres://u:p@db/app', { urls: ['postgres://u:p@db/app'], wanted: 'any' }],
  ['postgresql:///app?host=/run/pg', { urls: ['postgresql:///app?host=/run/pg'], wanted: 'any' }],
  [
    'postgres://u:p@a:5432,b:5433,[::1]:5434/app?sslmode=verify-full',
    {
      urls: [
        'postgres://u:p@a:5432/app?sslmode=verify-full',
        'postgres://u:p@b:5433/app?sslmode=verify-full',
        'postgres://u:p@[::1]:5434/app?sslmode=verify-full',
      ],
      wanted: 'writable',
    },
  ],
  [
    'postgres://a,b/app?target_session_attrs=any',
    { urls: ['postgres://a/app', 'postgres://b/app'], wanted: 'any' },
  ],
  [
    'postgres://a/app?sslmode=require&target_session_attrs=primary',
    { urls: ['postgres://a/app?sslmode=require'], wanted: 'writable' },
  ],
  ['postgres://u:p%2Cq@a/app', { urls: ['postgres://u:p%2Cq@a/app'], wanted: 'any' }],
  ['postgres://u:p,q@a/app', { urls: ['postgres://u:p,q@a/app'], wanted: 'any' }],
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

test('a replica is a standby, of one host or of several', () => {
  const standby = { urls: ['postgres://a/app'], wanted: 'standby' };
  assert.deepEqual(readReplicaUrl('postgres://a/app'), standby);
  assert.deepEqual(readReplicaUrl('postgres://a/app?target_session_attrs=standby'), standby);
  assert.equal(readReplicaUrl('postgres://a,b/app')?.urls.length, 2);
  assert.equal(readReplicaUrl('postgres://a/app?target_session_attrs=primary'), undefined);
});
