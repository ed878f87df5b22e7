// The bytes of certificates, by RFC 5280: every version must recognise an authority that is in use.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { isLimitedTo, issueAuthority, issueServer } from './certificate.ts';

const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const serverKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuer = { commonName: 'Rucksack CA é', ...authorityKeys };

const subject = {
  commonName: 'Rucksack server',
  publicKey: serverKeys.publicKey,
  serial: Buffer.from('80ff', 'hex'),
  notBefore: new Date('2049-12-31T23:59:59.999Z'),
  notAfter: new Date('2050-01-01T00:00:00Z'),
  hosts: ['localhost'],
};
const server = await issueServer(subject, issuer);
const authority = await issueAuthority(
  { ...subject, commonName: issuer.commonName, publicKey: issuer.publicKey },
  issuer.privateKey,
);

/** Returns the first 160 bits of the SHA-256 of the point, which ends a key's encoding (RFC 7093 section 2, method 1). */
const identifierOf = ({ publicKey }: typeof serverKeys): string => {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  return createHash('sha256').update(point).digest('hex').slice(0, 40);
};

const parts: [what: string, certificate: Buffer, hex: string][] = [
  ['authority that signs no other authority', authority, '30120603551d130101ff040830060101ff020100'],
  ['authority that signs certificates and lists', authority, '300e0603551d0f0101ff040403020106'],
  ['authority by its key', authority, `301d0603551d0e04160414${identifierOf(authorityKeys)}`],
  ['authority by its name, in UTF-8', authority, '06035504030c0e5275636b7361636b20434120c3a9'],
  ['server that is no authority', server, '300c0603551d130101ff04023000'],
  ['server that signs what it says', server, '300e0603551d0f0101ff040403020780'],
  ['server of TLS', server, '30130603551d25040c300a06082b06010505070301'],
  ['server by its key', server, `301d0603551d0e04160414${identifierOf(serverKeys)}`],
  ['server by the key of its authority', server, `301f0603551d23041830168014${identifierOf(authorityKeys)}`],
  ['server by the name of its authority', server, '06035504030c0e5275636b7361636b20434120c3a9'],
  [
    'version 3, a serial number that stays positive, ECDSA',
    server,
    'a00302010202030080ff300a06082a8648ce3d040302',
  ],
  ['moment before 2050', server, '170d3439313233313233353935395a'],
  ['moment from 2050', server, '180f32303530303130313030303030305a'],
];

for (const [what, certificate, hex] of parts) {
  test(`certificate: ${what}`, () => assert.ok(certificate.toString('hex').includes(hex)));
}

test('the authority has signed both', () => {
  assert.ok(new X509Certificate(authority).verify(authorityKeys.publicKey));
  assert.ok(new X509Certificate(server).verify(authorityKeys.publicKey));
});

const dnsName = (name: string) =>
  `82${Buffer.of(name.length).toString('hex')}${Buffer.from(name).toString('hex')}`;

const hosts: [host: string, hex: string][] = [
  ['api.plivo.com', dnsName('api.plivo.com')],
  ['API.Plivo.com', dnsName('api.plivo.com')],
  ['localhost', dnsName('localhost')],
  ['127.0.0.1', '87047f000001'],
  ['::', `8710${'00'.repeat(16)}`],
  ['::1', `8710${'00'.repeat(15)}01`],
  ['2001:db8::a:b', '871020010db80000000000000000000a000b'],
  ['2001:db8:1:2:3:4:5:6', '871020010db8000100020003000400050006'],
  ['fe80::', `8710fe80${'00'.repeat(14)}`],
  ['::ffff:192.0.2.1', '871000000000000000000000ffffc0000201'],
];

for (const [host, hex] of hosts) {
  test(`a certificate for ${host}`, async () => {
    const certificate = await issueServer({ ...subject, hosts: [host] }, issuer);
    assert.ok(certificate.toString('hex').includes(hex));
  });
}

const limits: [hosts: readonly string[], hex: string][] = [
  [
    ['api.plivo.com', 'localhost', '127.0.0.1', '::1'],
    `305c0603551d1e0101ff04523050a04e300a87087f000001ffffffff30228720${'00'.repeat(15)}01${'ff'.repeat(16)}` +
      '300f820d6170692e706c69766f2e636f6d300b82096c6f63616c686f7374',
  ],
  [
    ['localhost'],
    `304d0603551d1e0101ff04433041a00d300b82096c6f63616c686f7374a130300a8708${'00'.repeat(8)}30228720${'00'.repeat(32)}`,
  ],
  [['127.0.0.1'], '30200603551d1e0101ff04163014a00c300a87087f000001ffffffffa10430028200'],
];

for (const [limit, hex] of limits) {
  test(`an authority limited to ${limit.join(', ')} is recognised by its bytes`, () => {
    const bytes = Buffer.from(hex, 'hex');
    assert.ok(isLimitedTo(bytes, limit));
    assert.ok(isLimitedTo(bytes, [...limit].reverse()));
    assert.ok(!isLimitedTo(bytes, [...limit, 'example.com']));
    assert.ok(!isLimitedTo(bytes, limit.slice(1)));
  });
}
