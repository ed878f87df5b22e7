// Makes the certificates of the drop-in mode: an authority that clients trust and a server certificate for the vendor's hosts.
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { OperatorError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Issuer } from './certificate.ts';
import {
  type CertificateFiles,
  certificateFiles,
  privateMode,
  publicMode,
  readIfPresent,
  replaceFile,
} from './certificate-files.ts';
import { vendorHosts, withoutVoiceHosts } from './vendor-hosts.ts';

/** The hosts that the vendor's SDKs call, and the names of a server on this machine. */
export const defaultHosts: readonly string[] = [...vendorHosts, 'localhost', '127.0.0.1', '::1'];

interface Wanted {
  /** Made with mode 0700 when it is missing. */
  readonly directory: string;
  /** DNS names and IP addresses that the server answers for. */
  readonly hosts?: readonly string[];
  /** Replaces an existing authority. Clients that trusted the old one must get the new one. */
  readonly newAuthority?: boolean;
  readonly now: Date;
  /** For serial numbers and names; keys are drawn by OpenSSL itself. */
  readonly randomBytes: RandomBytes;
}

export interface MadeCertificates extends CertificateFiles {
  /** True when clients must get `caPath` (again). */
  readonly authorityIsNew: boolean;
  readonly authorityExpiresAt: Date;
  /** End of the server's certificate. */
  readonly expiresAt: Date;
  /** Hosts that were wanted and that an older authority, which was kept, may not sign for. */
  readonly missingHosts: readonly string[];
}

const dayMs = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
/** Apple's systems refuse a server certificate that is valid for more than 825 days. */
const serverDays = 800;
/** Certificates are valid from a day before now, for clients whose clock is behind. */
const backdatedDays = 1;

/**
 * Writes `ca.pem`, `ca.key`, `server.pem` and `server.key` into a directory. An existing authority is kept, so that clients
 * need to trust it only once; the server's certificate and key are new each time. An authority from before the voice hosts were
 * added is kept too; the certificate is then for the hosts that it may sign for.
 *
 * **`ca.key` is a secret.** With it one can pretend to be `api.plivo.com` to every client that trusts `ca.pem`. It is kept,
 * readable by its owner only, because renewal needs it; it may be deleted, and then the next renewal needs a new authority. The
 * authority is limited to `hosts` by name constraints, so it is useless for all other hosts.
 *
 * Each file is replaced as a whole. A crash between two of them can leave a certificate beside the wrong key;
 * `readCertificates` notices, and another run repairs it.
 * @throws OperatorError when the existing authority cannot be used, or a host is invalid.
 */
export async function makeCertificates(wanted: Wanted): Promise<MadeCertificates> {
  const { directory, hosts = defaultHosts, newAuthority = false, now } = wanted;
  const files = certificateFiles(directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });

  const existing = newAuthority ? undefined : await readAuthority(files, hosts, now);
  const authority = existing ?? (await makeAuthority(files, hosts, wanted));
  const expiresAt = await makeServer(files, authority, wanted);
  return {
    ...files,
    authorityIsNew: existing === undefined,
    authorityExpiresAt: authority.expiresAt,
    expiresAt,
    missingHosts: hosts.filter((host) => !authority.hosts.includes(host)),
  };
}

interface Authority extends Issuer {
  readonly expiresAt: Date;
  /** The hosts that it may sign for. */
  readonly hosts: readonly string[];
}

/** Returns the authority in the directory, or `undefined` when there is none. */
async function readAuthority(
  files: CertificateFiles,
  hosts: readonly string[],
  now: Date,
): Promise<Authority | undefined> {
  const [certText, keyText] = await Promise.all([
    readIfPresent(files.caPath),
    readIfPresent(files.caKeyPath),
  ]);
  if (certText === undefined && keyText === undefined) return undefined;
  const otherwise = 'make a new authority with --new-authority';
  if (certText === undefined) throw new OperatorError(`${files.caPath} is missing; ${otherwise}`);
  if (keyText === undefined) throw new OperatorError(`${files.caKeyPath} is missing; ${otherwise}`);

  const { certificate, privateKey } = parseAuthority(files, certText, keyText);
  const expiresAt = new Date(certificate.validTo);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new OperatorError(`${files.caKeyPath} does not belong to ${files.caPath}; ${otherwise}`);
  }
  if (expiresAt <= now) {
    throw new OperatorError(`${files.caPath} expired at ${expiresAt.toISOString()}; ${otherwise}`);
  }
  const commonName = /^CN=(.*)$/m.exec(certificate.subject)?.[1];
  const { isLimitedTo } = await loadCertificates();
  const ownHosts = [hosts, withoutVoiceHosts(hosts)].find((each) => isLimitedTo(certificate.raw, each));
  if (commonName === undefined || ownHosts === undefined) {
    throw new OperatorError(
      `${files.caPath} was made for other hosts than ${hosts.join(', ')}; ${otherwise}`,
    );
  }
  return { commonName, publicKey: certificate.publicKey, privateKey, expiresAt, hosts: ownHosts };
}

function parseAuthority(files: CertificateFiles, certText: string, keyText: string) {
  try {
    return { certificate: new X509Certificate(certText), privateKey: createPrivateKey(keyText) };
  } catch {
    throw new OperatorError(
      `${files.caPath} or ${files.caKeyPath} is damaged; make a new authority with --new-authority`,
    );
  }
}

async function makeAuthority(
  files: CertificateFiles,
  hosts: readonly string[],
  { now, randomBytes }: Wanted,
): Promise<Authority> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // A name of its own, because clients that trust two authorities of one name confuse them.
  const commonName = `Rucksack CA ${Buffer.from(randomBytes(4)).toString('hex')}`;
  const expiresAt = addDays(now, authorityDays);
  const { issueAuthority } = await loadCertificates();
  const der = await issueAuthority(
    {
      commonName,
      publicKey,
      serial: randomBytes(16),
      notBefore: addDays(now, -backdatedDays),
      notAfter: expiresAt,
      hosts,
    },
    privateKey,
  );
  await replaceFile(files.caKeyPath, keyPem(privateKey), privateMode, randomBytes);
  await replaceFile(files.caPath, certificatePem(der), publicMode, randomBytes);
  return { commonName, publicKey, privateKey, expiresAt, hosts };
}

/** Makes a certificate for the hosts of its authority, and returns its end, which is never later than the authority's. */
async function makeServer(
  files: CertificateFiles,
  authority: Authority,
  { now, randomBytes }: Wanted,
): Promise<Date> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const expiresAt = new Date(Math.min(addDays(now, serverDays).getTime(), authority.expiresAt.getTime()));
  const { issueServer } = await loadCertificates();
  const der = await issueServer(
    {
      commonName: 'Rucksack server',
      publicKey,
      serial: randomBytes(16),
      notBefore: addDays(now, -backdatedDays),
      notAfter: expiresAt,
      hosts: authority.hosts,
    },
    authority,
  );
  await replaceFile(files.keyPath, keyPem(privateKey), privateMode, randomBytes);
  await replaceFile(files.certPath, certificatePem(der), publicMode, randomBytes);
  return expiresAt;
}

/** Loads the library only when needed: it takes a fifth of a second, and a server that starts makes no certificates. */
const loadCertificates = () => import('./certificate.ts');

/** Returns the date so many days later, in whole seconds, as certificates count. */
const addDays = (moment: Date, days: number): Date =>
  new Date(Math.floor((moment.getTime() + days * dayMs) / 1000) * 1000);

const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const certificatePem = (der: Buffer): string => new X509Certificate(der).toString();
