// Reads the certificates that `makeCertificates` made, and refuses those that no client would accept.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { OperatorError } from '../base/errors.ts';
import { certificateFiles, readIfPresent } from './certificate-files.ts';
import { vendorHosts } from './vendor-hosts.ts';

/** The certificates and key of a TLS listener, in PEM, and the authority that a client must trust. */
interface ServerCertificates {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly expiresAt: Date;
  /** Hosts of the vendor that the certificate lacks because it is older than their support. */
  readonly missingHosts: readonly string[];
}

const renew = 'run `rucksack certs` to make it anew';

/**
 * Reads the certificates in a directory; `undefined` when it has none.
 * @throws OperatorError when some are missing, cannot be read, do not belong together or are not valid now.
 */
export async function readCertificates(
  directory: string,
  now: Date,
): Promise<ServerCertificates | undefined> {
  const { caPath, certPath, keyPath } = certificateFiles(directory);
  const [ca, cert, key] = await Promise.all([caPath, certPath, keyPath].map(readIfPresent));
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  if (ca === undefined) throw new OperatorError(`${caPath} is missing; ${renew}`);
  if (cert === undefined) throw new OperatorError(`${certPath} is missing; ${renew}`);
  if (key === undefined) throw new OperatorError(`${keyPath} is missing; ${renew}`);

  const authority = parse(caPath, () => new X509Certificate(ca));
  const server = parse(certPath, () => new X509Certificate(cert));
  const privateKey = parse(keyPath, () => createPrivateKey(key));
  if (!server.checkPrivateKey(privateKey)) {
    throw new OperatorError(`${keyPath} does not belong to ${certPath}; ${renew}`);
  }
  if (!server.checkIssued(authority) || !server.verify(authority.publicKey)) {
    throw new OperatorError(`${certPath} was not signed by ${caPath}; ${renew}`);
  }
  const missingHosts = vendorHosts.filter((host) => server.checkHost(host) === undefined);
  return { cert, key, ca, expiresAt: checkDates(certPath, server, now), missingHosts };
}

function parse<Parsed>(path: string, read: () => Parsed): Parsed {
  try {
    return read();
  } catch {
    throw new OperatorError(`${path} is damaged; ${renew}`);
  }
}

/** Returns the end of a certificate that is valid now. Its authority never ends earlier. */
function checkDates(path: string, certificate: X509Certificate, now: Date): Date {
  const notBefore = new Date(certificate.validFrom);
  const expiresAt = new Date(certificate.validTo);
  if (now < notBefore) {
    throw new OperatorError(`${path} holds only from ${notBefore.toISOString()}: is the clock right?`);
  }
  if (now >= expiresAt) {
    throw new OperatorError(`${path} expired at ${expiresAt.toISOString()}; ${renew}`);
  }
  return expiresAt;
}
