// The paths of certificate files, and how one is read and replaced.
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';

export interface CertificateFiles {
  /** The authority, which clients must trust. Public. */
  readonly caPath: string;
  /** The authority's private key. */
  readonly caKeyPath: string;
  /** The server's certificate. Public. */
  readonly certPath: string;
  /** The server's private key. */
  readonly keyPath: string;
}

/** Returns the paths of the four files in a directory of certificates; does not check that they exist. */
export const certificateFiles = (directory: string): CertificateFiles => ({
  caPath: join(directory, 'ca.pem'),
  caKeyPath: join(directory, 'ca.key'),
  certPath: join(directory, 'server.pem'),
  keyPath: join(directory, 'server.key'),
});

/** Mode of a file that everyone may read, and of one that only its owner may. */
export const publicMode = 0o644;
export const privateMode = 0o600;

/**
 * Returns the text of a file, or `undefined` when it does not exist.
 * @throws OperatorError when it exists and cannot be read.
 */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new OperatorError(`${path} cannot be read (${String(code)})`);
  }
}

/**
 * Writes a file as a whole: a reader, or a power cut, finds the old text or the new one and nothing between. `randomBytes`
 * names the draft, so that two runs at once do not write into the same one.
 */
export async function replaceFile(
  path: string,
  text: string,
  mode: number,
  randomBytes: RandomBytes,
): Promise<void> {
  const draftPath = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}`;
  try {
    const file = await open(draftPath, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draftPath, path);
  } catch (error) {
    await rm(draftPath, { force: true });
    throw error;
  }
  const directory = await open(dirname(path));
  await directory.sync().finally(() => directory.close());
}
