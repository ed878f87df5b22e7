// Every kind of address that is not public, in the spellings in which it can be written, and those beside their borders.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../base/config.ts';
import { makeAddressGuard } from './address-guard.ts';

const guard = makeAddressGuard([]);

const refused: [address: string, reason: string][] = [
  ['0.0.0.0', 'an unspecified address'],
  ['0.1.2.3', 'an unspecified address'],
  ['10.0.0.0', 'in a private network'],
  ['10.255.255.255', 'in a private network'],
  ['100.64.0.1', 'in a network shared behind a carrier'],
  ['100.100.100.200', 'in a network shared behind a carrier'],
  ['100.127.255.255', 'in a network shared behind a carrier'],
  ['127.0.0.1', 'a loopback address'],
  ['127.255.255.255', 'a loopback address'],
  ['168.63.129.16', 'a metadata service'],
  ['169.254.169.254', 'a metadata service'],
  ['169.254.0.1', 'a link-local address'],
  ['172.16.0.0', 'in a private network'],
  ['172.31.255.255', 'in a private network'],
  ['192.0.0.192', 'in a reserved network'],
  ['192.0.2.1', 'in a network for documentation'],
  ['192.88.99.1', 'in a network for tunnels'],
  ['192.168.0.1', 'in a private network'],
  ['192.31.196.1', 'in a reserved network'],
  ['192.52.193.1', 'in a reserved network'],
  ['192.175.48.1', 'in a reserved network'],
  ['198.18.0.1', 'in a network for measurements'],
  ['198.19.255.255', 'in a network for measurements'],
  ['198.51.100.1', 'in a network for documentation'],
  ['203.0.113.1', 'in a network for documentation'],
  ['224.0.0.1', 'a multicast address'],
  ['239.255.255.255', 'a multicast address'],
  ['240.0.0.1', 'in a reserved network'],
  ['255.255.255.254', 'in a reserved network'],
  ['255.255.255.255', 'in a reserved network'],
  ['::', 'an unspecified address'],
  ['::1', 'a loopback address'],
  ['0:0:0:0:0:0:0:1', 'a loopback address'],
  ['::127.0.0.1', 'in a reserved network'],
  ['::1.1.1.1', 'in a reserved network'],
  ['::101:101', 'in a reserved network'],
  ['::ffff:127.0.0.1', 'a loopback address'],
  ['::ffff:7f00:1', 'a loopback address'],
  ['0:0:0:0:0:FFFF:0A00:0001', 'in a private network'],
  ['::ffff:0:0', 'an unspecified address'],
  ['::ffff:0:127.0.0.1', 'in a reserved network'],
  ['::ffff:192.0.2.1', 'in a network for documentation'],
  ['::ffff:10.0.0.1%eth0', 'in a private network'],
  ['::2', 'in a reserved network'],
  ['64:ff9b::10.0.0.1', 'in a private network'],
  ['64:ff9b::a9fe:a9fe', 'a metadata service'],
  ['64:ff9b::', 'an unspecified address'],
  ['64:ff9b:1::1', 'in a reserved network'],
  ['64:ff9b:1::808:808', 'in a reserved network'],
  ['64:ff9b::1:808:808', 'in a reserved network'],
  ['100::1', 'in a reserved network'],
  ['2001::1', 'in a network for tunnels'],
  ['2001:2::1', 'in a reserved network'],
  ['2001:3::1', 'in a reserved network'],
  ['2001:4:112::1', 'in a reserved network'],
  ['2001:10::1', 'in a reserved network'],
  ['2001:20::1', 'in a reserved network'],
  ['2001:30::1', 'in a reserved network'],
  ['2001:1ff:ffff::1', 'in a reserved network'],
  ['2001:db8::1', 'in a network for documentation'],
  ['2002:7f00:1::', 'in a network for tunnels'],
  ['2620:4f:8000::1', 'in a reserved network'],
  ['3fff::1', 'in a network for documentation'],
  ['4000::1', 'in a reserved network'],
  ['5f00::1', 'in a reserved network'],
  ['fc00::1', 'in a private network'],
  ['fd00:ec2::254', 'in a private network'],
  ['fd20:ce::254', 'in a private network'],
  ['fe80::1', 'a link-local address'],
  ['fe80::1%eth0', 'a link-local address'],
  ['febf::1', 'a link-local address'],
  ['fec0::1', 'in a private network'],
  ['ff02::1', 'a multicast address'],
];

for (const [address, reason] of refused) {
  test(`${address} is ${reason}`, () => assert.equal(guard(address), reason));
}

const open = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '168.63.129.15',
  '168.63.129.17',
  '192.31.195.255',
  '192.31.197.0',
  '192.52.194.0',
  '192.88.98.255',
  '192.167.255.255',
  '192.175.49.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '::ffff:1.1.1.1',
  '64:ff9b::808:808',
  '2001:200::1',
  '2001:db7::1',
  '2003::1',
  '2606:4700:4700::1111',
  '2620:4f:8001::1',
  '3fff:1000::1',
  '2a00:1450:4001:80b::200e',
];

for (const address of open) {
  test(`${address} may be called`, () => assert.equal(guard(address), undefined));
}

test('a text that is no address is never let through', () => {
  for (const text of ['', 'example.com', '10.0.0.1:80', '256.1.1.1', '1::2::3']) {
    assert.throws(() => guard(text), /ipaddr: /, text);
  }
});

/** Ways to hide an address; the guard sees what the URL parser makes of them. */
const disguises: [url: string, reason: string][] = [
  ['http://2130706433/', 'a loopback address'],
  ['http://0x7f000001/', 'a loopback address'],
  ['http://0177.0.0.1/', 'a loopback address'],
  ['http://127.1/', 'a loopback address'],
  ['http://127.0.0.1./', 'a loopback address'],
  ['http://１２７.0.0.1/', 'a loopback address'],
  ['http://127%2e0.0.1/', 'a loopback address'],
  ['http://user:secret@10.1/', 'in a private network'],
  ['http://169.254.43518/', 'a metadata service'],
  ['http://[::ffff:169.254.169.254]/', 'a metadata service'],
  ['http://[0:0::0:1]/', 'a loopback address'],
  ['http://0/', 'an unspecified address'],
];

for (const [url, reason] of disguises) {
  test(`${url} leads to ${reason}`, () =>
    assert.equal(guard(new URL(url).hostname.replace(/^\[|\]$/g, '')), reason));
}

test('allowed addresses may be called, and no others', () => {
  const allowing = makeAddressGuard(['10.1.0.0/16', '192.168.7.7', 'fd00::/8', '::1']);
  for (const address of [
    '10.1.2.3',
    '192.168.7.7',
    'fd12::1',
    '::1',
    '::ffff:10.1.2.3',
    '64:ff9b::c0a8:707',
  ]) {
    assert.equal(allowing(address), undefined, address);
  }
  for (const address of ['10.2.0.1', '192.168.7.8', 'fc00::1', '127.0.0.1', '::ffff:10.2.0.1']) {
    assert.notEqual(allowing(address), undefined, address);
  }
});

const defaults: [environment: Record<string, string>, allowed: readonly string[]][] = [
  [{}, ['127.0.0.0/8', '::1']],
  [{ RUCKSACK_HOST: '::1' }, ['127.0.0.0/8', '::1']],
  [{ RUCKSACK_HOST: 'localhost' }, ['127.0.0.0/8', '::1']],
  [{ RUCKSACK_HOST: '0.0.0.0' }, []],
  [{ RUCKSACK_PUBLIC_URL: 'https://sms.example.net' }, []],
  [{ RUCKSACK_TRUSTED_PROXIES: '127.0.0.1' }, []],
  [{ RUCKSACK_PUBLIC_URL: 'https://sms.example.net', RUCKSACK_WEBHOOK_NETWORKS: '::1' }, ['::1']],
  [{ RUCKSACK_HOST: '127.example.net' }, []],
  [{ RUCKSACK_WEBHOOK_NETWORKS: '10.0.0.0/8' }, ['10.0.0.0/8']],
];

for (const [environment, allowed] of defaults) {
  test(`with ${JSON.stringify(environment)}, ${allowed.join(' and ') || 'nothing'} is allowed`, () =>
    assert.deepEqual(readConfig(environment).webhooks.allowedNetworks, allowed));
}
