// The key that encrypts auth tokens at rest: from the configuration, or from a file that only its owner can read.
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encrypter } from '../base/encrypt.ts';
import { OperatorError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { ConfigError } from '../base/setting-kinds.ts';
import type { Reader } from '../db/db.ts';
import { listEncryptedTokens } from './store.ts';

const keyBytes = 32;

/**
 * Returns the key of 32 bytes. Without a configured one the data directory's `secret.key` is read, or made: written completely
 * before it gets its name, so that of two processes that start together one makes it and both read the same. Without a data directory it is
 * made, and forgotten at the end.
 * @throws ConfigError when the file contains no key.
 */
export async function loadSecretKey(
  configured: string | undefined,
  dataDir: string | undefined,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  if (configured !== undefined) return Buffer.from(configured, 'hex');
  if (dataDir === undefined) return randomBytes(keyBytes);
  const path = join(dataDir, 'secret.key');
  const text = (await readIfPresent(path)) ?? (await makeKeyFile(dataDir, path, randomBytes));
  if (!/^[0-9a-f]{64}$/.test(text.trim())) throw new ConfigError(`${path} must hold 64 hexadecimal digits`);
  return Buffer.from(text.trim(), 'hex');
}

/**
 * Checks that every token can be decrypted with the key. A changed or lost key is reported at start, and not when a subaccount
 * is read or a webhook is signed.
 * @throws OperatorError that names the accounts and the remedy.
 */
export async function checkSecretKey(db: Reader, encrypter: Encrypter): Promise<void> {
  const unreadable = [...(await listEncryptedTokens(db))].filter(
    ([, encrypted]) => !encrypter.canDecrypt(encrypted),
  );
  const [first] = unreadable;
  if (first === undefined) return;
  const others = unreadable.length > 1 ? ` and ${unreadable.length - 1} more` : '';
  throw new OperatorError(
    `the auth token of ${first[0]}${others} was encrypted with another secret key; put that key back (secret.key in the data directory, or RUCKSACK_SECRET_KEY), or rotate the token: rucksack account rotate-token ${first[0]}`,
  );
}

async function makeKeyFile(dataDir: string, path: string, randomBytes: RandomBytes): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draftPath = `${path}.${Buffer.from(randomBytes(6)).toString('hex')}`;
  const file = await open(draftPath, 'wx', 0o600);
  try {
    await file.writeFile(`${Buffer.from(randomBytes(keyBytes)).toString('hex')}\n`);
    await file.sync();
    await file.close();
    await link(draftPath, path);
    await syncDirectory(dataDir);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draftPath, { force: true });
  }
  return readFile(path, 'utf8');
}

/** Writes the directory to the disk. Otherwise a power cut may leave the database, which is synced, without its key. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
