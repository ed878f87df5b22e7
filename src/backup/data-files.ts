// The small files of a data directory that belong into a backup: the secret key and the certificates.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../base/errors.ts';

/** A file as a backup keeps it. */
export interface DataFile {
  /** Below the data directory. */
  readonly path: string;
  readonly mode: number;
  readonly base64: string;
}

const keyFile = 'secret.key';
const certificates = 'certs';

/** Returns the key of a data directory as hexadecimal digits; undefined where there is none. */
export async function readKey(dataDir: string): Promise<string | undefined> {
  return (await readIfPresent(join(dataDir, keyFile)))?.toString('utf8').trim();
}

/** Returns what tells a key from another one, and nothing else of it. */
export function fingerprintOf(key: string): string {
  return createHash('sha256').update(`rucksack ${key.toLowerCase()}`).digest('hex').slice(0, 16);
}

/** Returns the files of a data directory; the key only where it is asked for. */
export async function readDataFiles(dataDir: string, withKey: boolean): Promise<DataFile[]> {
  const names = await readdir(join(dataDir, certificates)).catch(() => []);
  const paths = [...(withKey ? [keyFile] : []), ...names.map((name) => join(certificates, name))];
  return Promise.all(
    paths.map(async (path) => {
      const full = join(dataDir, path);
      const [content, { mode }] = await Promise.all([readFile(full), stat(full)]);
      return { path, mode: mode & 0o777, base64: content.toString('base64') };
    }),
  );
}

/**
 * Writes the files of a backup into a data directory. One that is there already is left alone.
 * @throws OperatorError for a path that leads out of it.
 */
export async function writeDataFiles(dataDir: string, files: readonly DataFile[]): Promise<void> {
  for (const { path, mode, base64 } of files) {
    if (path !== keyFile && !/^certs\/[\w.-]+$/.test(path)) {
      throw new OperatorError(`the backup has a file that belongs to no data directory: ${path}`);
    }
    const full = join(dataDir, path);
    await mkdir(dirname(full), { recursive: true, mode: 0o700 });
    await writeFile(full, Buffer.from(base64, 'base64'), { flag: 'wx', mode, flush: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
