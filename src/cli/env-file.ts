// The file `env` in the data directory: the address and the credentials of a server on this machine, for the shell to source.
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../base/errors.ts';
import type { Credentials } from '../http/basic-auth.ts';

/** A server as its clients know it. */
export interface ServerAccess extends Credentials {
  readonly url: string;
}

/** Returns the path of the file. */
export const envFilePath = (dataDir: string): string => join(dataDir, 'env');

/** Writes the file anew, readable by its owner only. */
export async function writeEnvFile(dataDir: string, access: ServerAccess): Promise<void> {
  const path = envFilePath(dataDir);
  await writeFile(`${path}.new`, `${exportLines(access).join('\n')}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Returns an address and credentials as lines for a shell. */
export function exportLines(access: ServerAccess): string[] {
  return [`export RUCKSACK_URL=${access.url}`, ...credentialLines(access)];
}

/** Returns credentials as lines for a shell. */
export function credentialLines({ authId, authToken }: Credentials): string[] {
  return [`export PLIVO_AUTH_ID=${authId}`, `export PLIVO_AUTH_TOKEN=${authToken}`];
}

/**
 * Returns what the last start wrote, or `undefined` where there was none.
 * @throws OperatorError when the file belongs to another user.
 */
export async function readEnvFile(dataDir: string): Promise<ServerAccess | undefined> {
  const path = envFilePath(dataDir);
  const owner = await stat(path).catch(() => undefined);
  if (owner === undefined) return undefined;
  if (process.getuid !== undefined && owner.uid !== process.getuid()) {
    throw new OperatorError(`${path} belongs to another user, and so do the credentials in it`);
  }
  const text = await readFile(path, 'utf8');
  const read = (name: string) => new RegExp(`^export ${name}=(.+)$`, 'm').exec(text)?.[1] ?? '';
  return {
    url: read('RUCKSACK_URL'),
    authId: read('PLIVO_AUTH_ID'),
    authToken: read('PLIVO_AUTH_TOKEN'),
  };
}
