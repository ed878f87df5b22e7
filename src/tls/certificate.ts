// X.509 certificates (RFC 5280) of the two kinds that we need: an authority and a server below it, both ECDSA P-256.
import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  utf8String,
  yes,
} from './der.ts';
import { readHost } from './host.ts';

/** Who a certificate is for and how long it holds. */
export interface Subject {
  /** Shown to people; at most 64 characters. */
  readonly commonName: string;
  readonly publicKey: KeyObject;
  /** 1 to 20 random bytes. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DNS names and IP addresses. */
  readonly hosts: readonly string[];
}

/** Who signs. */
export interface Issuer {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/**
 * A certificate authority that signs itself, as DER. It may vouch for its hosts and for nothing else: the name constraints
 * are critical, as RFC 5280 section 4.2.1.10 demands, so that a stolen key cannot speak for the rest of the internet.
 */
export function issueAuthority(subject: Subject, privateKey: KeyObject): Buffer {
  return issue(subject, { ...subject, privateKey }, [
    extension('2.5.29.19', 'critical', sequence(yes(), integer(Buffer.of(0)))),
    // keyCertSign and cRLSign
    extension('2.5.29.15', 'critical', bitString(Buffer.of(0b00000110), 1)),
    nameConstraints(subject.hosts),
    subjectKeyIdentifier(subject.publicKey),
  ]);
}

/** A certificate for a TLS server that answers for the subject's hosts, as DER. */
export function issueServer(subject: Subject, issuer: Issuer): Buffer {
  return issue(subject, issuer, [
    extension('2.5.29.19', 'critical', sequence()),
    // digitalSignature
    extension('2.5.29.15', 'critical', bitString(Buffer.of(0b10000000), 7)),
    // serverAuth
    extension('2.5.29.37', 'plain', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))),
    subjectAlternativeName(subject.hosts),
    subjectKeyIdentifier(subject.publicKey),
    extension('2.5.29.35', 'plain', sequence(implicit(0, keyIdentifier(issuer.publicKey)))),
  ]);
}

/**
 * The extension that limits an authority to some hosts. It is the same, byte for byte, for the same hosts, which is how
 * an authority is recognised as one for them. A kind of host of which there is none is excluded as a whole, because a
 * kind that is not mentioned would be unlimited.
 */
export function nameConstraints(hosts: readonly string[]): Buffer {
  const all = [...hosts].sort().map(readHost);
  const permitted = all.map(({ kind, bytes }) => {
    if (kind === 'name') return subtree(dnsNameTag, bytes);
    return subtree(ipAddressTag, Buffer.concat([bytes, Buffer.alloc(bytes.length, 0xff)]));
  });
  const excluded: Buffer[] = [];
  if (!all.some(({ kind }) => kind === 'name')) excluded.push(subtree(dnsNameTag, Buffer.alloc(0)));
  if (!all.some(({ kind }) => kind === 'address')) {
    excluded.push(subtree(ipAddressTag, Buffer.alloc(8)), subtree(ipAddressTag, Buffer.alloc(32)));
  }
  const subtrees = [explicit(0, ...permitted)];
  if (excluded.length > 0) subtrees.push(explicit(1, ...excluded));
  return extension('2.5.29.30', 'critical', sequence(...subtrees));
}

const dnsNameTag = 2;
const ipAddressTag = 7;

const subtree = (tag: number, base: Uint8Array): Buffer => sequence(implicit(tag, base));

function issue(subject: Subject, issuer: Issuer, extensions: readonly Buffer[]): Buffer {
  const version3 = explicit(0, integer(Buffer.of(2)));
  const contents = sequence(
    version3,
    integer(positive(subject.serial)),
    ecdsaWithSha256,
    name(issuer.commonName),
    sequence(time(subject.notBefore), time(subject.notAfter)),
    name(subject.commonName),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  return sequence(contents, ecdsaWithSha256, bitString(sign('sha256', contents, issuer.privateKey)));
}

/** A serial number is positive and in its shortest form, so its first byte is kept between 0x40 and 0x7f. */
function positive(serial: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(serial);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
}

const name = (commonName: string): Buffer =>
  sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))));

function extension(identifier: string, weight: 'critical' | 'plain', value: Buffer): Buffer {
  const critical = weight === 'critical' ? [yes()] : [];
  return sequence(objectIdentifier(identifier), ...critical, octetString(value));
}

function subjectAlternativeName(hosts: readonly string[]): Buffer {
  const names = hosts.map(readHost).map(({ kind, bytes }) => {
    return implicit(kind === 'name' ? dnsNameTag : ipAddressTag, bytes);
  });
  return extension('2.5.29.17', 'plain', sequence(...names));
}

const subjectKeyIdentifier = (key: KeyObject): Buffer =>
  extension('2.5.29.14', 'plain', octetString(keyIdentifier(key)));

const pointBytes = 65;

/** The first 160 bits of the SHA-256 of the key's point, which ends its encoding (RFC 7093 section 2, method 1). */
function keyIdentifier(key: KeyObject): Buffer {
  const point = key.export({ type: 'spki', format: 'der' }).subarray(-pointBytes);
  return createHash('sha256').update(point).digest().subarray(0, 20);
}
