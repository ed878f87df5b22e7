// The lock that keeps a second process out of a data directory: two PGlites on one directory lose each other's rows.
//
// A lock is a file `lock.<number>` that names the process that holds it. Files are only ever created exclusively, with the next number, so
// of several processes that find a stale lock exactly one gets the next number; the others then find it alive. After creating its own, each
// checks all the others once more and gives way to a living one.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../base/errors.ts';
import { identifyThisProcess, isAlive, type ProcessIdentity } from './process-identity.ts';

interface DirectoryLock {
  release(): Promise<void>;
}

interface LockOptions {
  /** Called when the lock was taken away, so that the directory must not be used any more. */
  onLost: (error: Error) => void;
  /** Waits so many milliseconds; an argument for tests. */
  wait?: (delayMs: number) => Promise<unknown>;
}

/** A holder touches its lock this often, for processes that cannot see whether it lives (in another container). */
const touchEveryMs = 2_000;
/** How long an untouched lock of an invisible process is watched before it counts as stale. */
const watchMs = 10_000;
const watchEveryMs = 250;

const lockName = /^lock\.(\d+)$/;

interface Holder extends ProcessIdentity {
  /** Distinguishes this lock from a later one of the same name. */
  token: string;
}

interface FoundLock {
  path: string;
  number: number;
}

/**
 * Takes the lock of `directory` for this process; makes the directory, for its owner alone, when it is missing. Rejects, with
 * one sentence, when a living process holds the lock; a stale one is taken over. Where the system does not show whether the
 * holder lives, its lock is watched for ten seconds.
 */
export async function lockDirectory(directory: string, options: LockOptions): Promise<DirectoryLock> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const holder = { ...identifyThisProcess(), token: randomUUID() };
    const path = await acquire(directory, holder, options.wait ?? sleep);
    return hold(path, holder, directory, options.onLost);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new OperatorError(`The data directory ${directory} cannot be used: ${message}`, { cause: error });
  }
}

/** Makes the lock of `holder`, unless a living process has one; returns its path. */
async function acquire(
  directory: string,
  holder: Holder,
  wait: (delayMs: number) => Promise<unknown>,
): Promise<string> {
  const refuseIfHeld = async (lock: FoundLock) => {
    const living = await findLivingHolder(lock.path, holder, wait);
    if (living !== undefined) throw new OperatorError(inUse(directory, living, holder));
  };
  for (;;) {
    const before = await listLocks(directory);
    for (const lock of before) await refuseIfHeld(lock);
    const path = join(directory, `lock.${(before.at(-1)?.number ?? 0) + 1}`);
    if (!(await createExclusively(path, JSON.stringify(holder)))) continue;
    try {
      const others = (await listLocks(directory)).filter((lock) => lock.path !== path);
      for (const lock of others) await refuseIfHeld(lock);
      for (const lock of others) await rm(lock.path, { force: true });
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}

/** Returns the locks in `directory`, by number. */
async function listLocks(directory: string): Promise<FoundLock[]> {
  const names = await readdir(directory);
  return names
    .flatMap((name) => {
      const number = lockName.exec(name)?.[1];
      return number === undefined ? [] : [{ path: join(directory, name), number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
}

/** Makes a file that must not exist yet; returns false when it does. */
async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A full disk leaves an empty lock behind, which would look like another process's.
    await rm(path, { force: true });
    throw error;
  }
}

/** Returns the holder of the lock at `path` if it lives, or may live as far as can be seen; undefined when the lock is stale. */
async function findLivingHolder(
  path: string,
  self: ProcessIdentity,
  wait: (delayMs: number) => Promise<unknown>,
): Promise<Partial<Holder> | undefined> {
  const first = await readLock(path);
  for (let waitedMs = 0; waitedMs <= watchMs; waitedMs += watchEveryMs) {
    const seen = await readLock(path);
    if (seen === undefined || first === undefined) return undefined;
    const alive = seen.holder === undefined ? undefined : isAlive(seen.holder, self);
    if (alive === false) return undefined;
    if (alive === true || seen.touchedMs !== first.touchedMs) return seen.holder ?? {};
    await wait(watchEveryMs);
  }
  return undefined;
}

/** Reads a lock; undefined when it is gone. Its holder is unknown while it is being written, or after a power cut. */
async function readLock(
  path: string,
): Promise<{ holder: Holder | undefined; touchedMs: number } | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { holder: parseHolder(await readFile(path, 'utf8')), touchedMs: mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Half written: callers watch how it changes.
    return undefined;
  }
}

/** Starts touching the lock regularly, and checks that it is still ours. */
function hold(
  path: string,
  { token }: Holder,
  directory: string,
  onLost: (error: Error) => void,
): DirectoryLock {
  let released = false;
  const touch = async () => {
    const seen = await readLock(path);
    if (seen?.holder?.token !== token) throw new Error('its file is gone');
    const now = new Date();
    await utimes(path, now, now);
  };
  const timer = setInterval(() => {
    touch().catch((error: Error) => {
      clearInterval(timer);
      if (released) return;
      onLost(
        new Error(`The lock of the data directory ${directory} was lost: ${error.message}.`, {
          cause: error,
        }),
      );
    });
  }, touchEveryMs);
  timer.unref();
  return {
    async release() {
      released = true;
      clearInterval(timer);
      await rm(path, { force: true });
    },
  };
}

function inUse(directory: string, holder: Partial<Holder>, self: ProcessIdentity): string {
  const where = holder.host === undefined || holder.host === self.host ? '' : ` on ${holder.host}`;
  return `The data directory ${directory} is in use by process ${holder.pid ?? '(unknown)'}${where}. Stop that process, or use another directory.`;
}
