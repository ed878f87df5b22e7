// X.509 certificates (RFC 5280) of the two kinds that we need: an authority and a server below it, both ECDSA P-256.
// The polyfill comes first, and stays first: @peculiar/x509 refuses to load without it.
import 'reflect-metadata';
import { type KeyObject, webcrypto } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { readHost } from './host.ts';

/** The subject of a certificate, and its validity. */
interface Subject {
  /** Shown to people; at most 64 characters. */
  readonly commonName: string;
  readonly publicKey: KeyObject;
  /** 1 to 19 random bytes. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DNS names and IP addresses. */
  readonly hosts: readonly string[];
}

/** The authority that signs. */
export interface Issuer {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/**
 * Makes a self-signed certificate authority, as DER. It is limited to its hosts: the name constraints are critical, as RFC 5280
 * section 4.2.1.10 demands, so that a stolen key is useless for all other hosts.
 * @throws OperatorError when a host is invalid.
 */
export async function issueAuthority(subject: Subject, privateKey: KeyObject): Promise<Buffer> {
  return issue(subject, { ...subject, privateKey }, [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    nameConstraints(subject.hosts),
  ]);
}

/**
 * Makes the certificate of a TLS server for the subject's hosts, as DER.
 * @throws OperatorError when a host is invalid.
 */
export async function issueServer(subject: Subject, issuer: Issuer): Promise<Buffer> {
  return issue(subject, issuer, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(subject.hosts.map(readHost)),
    new AuthorityKeyIdentifierExtension(await keyIdentifier(issuer.publicKey)),
  ]);
}

/**
 * Returns whether an authority, as DER, was made for exactly these hosts, in any order.
 * @throws OperatorError when a host is invalid.
 */
export const isLimitedTo = (authority: Buffer, hosts: readonly string[]): boolean =>
  authority.includes(Buffer.from(nameConstraints(hosts).rawData));

/**
 * Makes the extension that limits an authority to some hosts. It is the same, byte for byte, for the same hosts, which is how
 * an authority for them is recognised. A kind of host of which there is none is excluded as a whole, because a kind that is not
 * mentioned would be unlimited.
 */
function nameConstraints(hosts: readonly string[]): Extension {
  const permitted = [...hosts].sort().map(readHost);
  const names = permitted.map(({ type, value }) =>
    type === 'dns' ? { dNSName: value } : { iPAddress: `${value}/${value.includes(':') ? 128 : 32}` },
  );
  const excluded: Partial<GeneralName>[] = [];
  if (!permitted.some(({ type }) => type === 'dns')) excluded.push({ dNSName: '' });
  if (!permitted.some(({ type }) => type === 'ip')) {
    excluded.push({ iPAddress: '0.0.0.0/0' }, { iPAddress: '::/0' });
  }
  const constraints = new NameConstraints({ permittedSubtrees: subtrees(names) });
  if (excluded.length > 0) constraints.excludedSubtrees = subtrees(excluded);
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(constraints));
}

const subtrees = (names: readonly Partial<GeneralName>[]): GeneralSubtrees =>
  new GeneralSubtrees(names.map((name) => new GeneralSubtree({ base: new GeneralName(name) })));

async function issue(subject: Subject, issuer: Issuer, extensions: readonly Extension[]): Promise<Buffer> {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.from(subject.serial).toString('hex'),
    issuer: distinguishedName(issuer.commonName),
    subject: distinguishedName(subject.commonName),
    notBefore: subject.notBefore,
    notAfter: subject.notAfter,
    publicKey: encoded(subject.publicKey),
    extensions: [...extensions, new SubjectKeyIdentifierExtension(await keyIdentifier(subject.publicKey))],
    signingKey: await importSigningKey(issuer.privateKey),
  });
  return Buffer.from(certificate.rawData);
}

/** Returns the name in UTF-8, also for plain letters, so that an authority's name is the same bytes everywhere. */
const distinguishedName = (commonName: string): Name => new Name([{ CN: [{ utf8String: commonName }] }]);

const encoded = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** Returns the first 160 bits of the SHA-256 of the key, in hexadecimal (RFC 7093 section 2, method 1). */
async function keyIdentifier(key: KeyObject): Promise<string> {
  const digest = await new PublicKey(encoded(key)).getKeyIdentifier('SHA-256');
  return Buffer.from(digest, 0, 20).toString('hex');
}

function importSigningKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}
