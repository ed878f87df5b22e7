// Certificates and keys of a carrier's connections, read anew for each connection, so that renewed ones count.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { SmppConfig } from './config.ts';
import { connectionFailure } from './connection-failure.ts';

type Tls = NonNullable<SmppConfig['tls']>;
type FileKey = 'ca_file' | 'cert_file' | 'key_file';

/** Several times what the authorities of an operating system need. */
const maxOctets = 1024 * 1024;

const certificate = /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m;

/**
 * Returns what the files of an entry say. Relative paths begin where the process was started.
 * @throws Error a sentence that names the key and the file, for one that cannot be read or used.
 */
export function readTlsFiles(tls: Tls): SecureContext {
  const ca = readPem(tls, 'ca_file');
  // OpenSSL takes a text without a certificate for an empty list, and then says of each peer that it cannot be verified.
  if (ca !== undefined && !certificate.test(ca)) {
    throw new Error(`tls.ca_file: ${pathOf(tls, 'ca_file')} holds no certificate in PEM`);
  }
  const cert = readPem(tls, 'cert_file');
  const key = readPem(tls, 'key_file');
  try {
    return createSecureContext({ ca, cert, key, minVersion: tls.min_version });
  } catch (error) {
    throw new Error(`the files of tls cannot be used: ${connectionFailure(error as Error)}`);
  }
}

function readPem(tls: Tls, key: FileKey): string | undefined {
  const path = pathOf(tls, key);
  if (path === undefined) return undefined;
  try {
    // A pipe or a device may have no end.
    const stat = statSync(path);
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    if (stat.size > maxOctets) throw new Error(`${path} is larger than 1 MiB`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`tls.${key}: ${(error as Error).message}`);
  }
}

function pathOf(tls: Tls, key: FileKey): string | undefined {
  const path = tls[key];
  return path === undefined ? undefined : resolve(path);
}
