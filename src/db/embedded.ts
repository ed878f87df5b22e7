// The embedded database: PostgreSQL as WebAssembly in a thread of this process, with a lock on its files.

import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { OperatorError } from '../base/errors.ts';
import { columnTypes } from './column-types.ts';
import { copyFiles } from './embedded/copy-files.ts';
import type { CopyOrder } from './embedded/messages.ts';
import { EmbeddedStream } from './embedded/stream.ts';
import { EmbeddedThread } from './embedded/thread.ts';
import { lockDirectory } from './lock.ts';

/** How long a query may wait for the only connection. */
const connectionTimeoutMs = 30_000;

/** The database's own folder in a data directory. */
export const databaseFolder = 'database';

interface EmbeddedOptions {
  /** The folder of all files of this server; without one the database lives in memory, for tests. */
  dataDir: string | undefined;
  /** A `.tar.gz` of a prepared database for the first start, which takes seconds without one. */
  templatePath: string | undefined;
  /** Called when the database can no longer be used. The process should end, to be restarted. */
  onFatal: (error: Error) => void;
}

export interface EmbeddedDatabase {
  /** A pool of the one connection that PGlite has. */
  pool: pg.Pool;
  /** Returns how many times the disk was told to sync since the start; 0 in memory. */
  countSyncs(): Promise<number>;
  /** Returns the whole database as a `.tar.gz`. */
  dump(): Promise<Uint8Array>;
  /**
   * Copies the database as it is at one moment, so that it can be opened in `dataDir`. Queries wait while the files that have changed since
   * the copy began are copied again. A copy that was left there goes; one that a process has open stays, and the call rejects. Undefined in
   * memory.
   */
  copyTo: ((dataDir: string) => Promise<void>) | undefined;
  /** Waits for transactions in progress, stops the thread and releases the lock. */
  close(): Promise<void>;
}

/** Opens the embedded database in `dataDir`, making it when there is none. Rejects with one clear sentence. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, templatePath, onFatal } = options;
  if (dataDir === undefined) {
    return connect(await EmbeddedThread.start({ directory: undefined, templatePath }, onFatal));
  }
  const lock = await lockDirectory(dataDir, { onLost: onFatal });
  try {
    const directory = join(dataDir, databaseFolder);
    const thread = await EmbeddedThread.start({ directory, templatePath }, onFatal);
    const database = connect(thread);
    return {
      ...database,
      copyTo: async (target) => {
        const copyLock = await lockDirectory(target, { onLost: () => undefined });
        try {
          await database.pool.query('checkpoint');
          await copyDatabase(thread, directory, join(target, databaseFolder));
        } finally {
          await copyLock.release();
        }
      },
      close: () => database.close().finally(lock.release),
    };
  } catch (error) {
    await lock.release();
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`The database in ${dataDir} cannot be opened: ${reason}`, { cause: error });
  }
}

/** Copies the files beside the thread's work, then has the thread copy those that have changed meanwhile. */
async function copyDatabase(thread: EmbeddedThread, from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  try {
    await mkdir(to, { mode: 0o700 });
    // The time as the file system counts it.
    const { mtimeMs: sinceMs } = await stat(to);
    await copyFiles(from, to);
    const order: CopyOrder = { to, sinceMs };
    const failure = await thread.ask('completeCopy', new TextEncoder().encode(JSON.stringify(order)));
    if (failure !== undefined) throw new Error(failure);
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw new OperatorError(`The database cannot be copied: ${(error as Error).message}`, { cause: error });
  }
}

function connect(thread: EmbeddedThread): EmbeddedDatabase {
  const pool = new pg.Pool({
    stream: () => new EmbeddedStream(thread),
    // Not used; given so that the driver does not take them from the environment.
    ...{ user: 'postgres', database: 'postgres', password: '', host: 'embedded', ssl: false },
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectionTimeoutMs,
    pipeline: true,
    types: columnTypes(),
  });
  // A lost connection means a lost thread, which calls `onFatal`.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    countSyncs: () => thread.ask('countSyncs'),
    dump: () => thread.ask('dump'),
    copyTo: undefined,
    async close() {
      await pool.end();
      await thread.close();
    },
  };
}
