// The line that says that a server is ready, for test suites and other programs that start one.
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { ServerAccess } from './env-file.ts';

/** Returns the line: JSON, in the names of the API. */
export function readyLine({ url, authId, authToken }: ServerAccess): string {
  return `${JSON.stringify({ url, auth_id: authId, auth_token: authToken })}\n`;
}

/** Writes the line to a file that only its owner can read, and that never is there in part. */
export async function writeReadyFile(path: string, access: ServerAccess): Promise<void> {
  await writeFile(`${path}.new`, readyLine(access), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Returns what a server has written when it was ready. */
export async function readReadyFile(path: string): Promise<ServerAccess> {
  const { url, auth_id: authId, auth_token: authToken } = JSON.parse(await readFile(path, 'utf8'));
  return { url, authId, authToken };
}
