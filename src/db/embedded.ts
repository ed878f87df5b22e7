// The embedded database: PostgreSQL as WebAssembly in a thread of this process, its files under our lock.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import { EmbeddedStream } from './embedded-stream.ts';
import { EmbeddedThread } from './embedded-thread.ts';
import { lockDirectory } from './lock.ts';

/** How long a query may wait for the only connection. */
const connectionTimeoutMs = 30_000;

export interface EmbeddedOptions {
  /** The folder of everything that this server keeps; without one the database lives in memory, for tests. */
  dataDir: string | undefined;
  /** A `.tar.gz` of a prepared database for the first start; without one that takes seconds. */
  templatePath: string | undefined;
  /** Told when the database can no longer be used. The process should end: it is built to be restarted. */
  onFatal: (error: Error) => void;
}

export interface EmbeddedDatabase {
  /** A pool of the one connection that PGlite has. */
  pool: pg.Pool;
  /** How many times the disk was told to sync since the start; 0 in memory. */
  countSyncs(): Promise<number>;
  /** The whole database as a `.tar.gz`. */
  dump(): Promise<Uint8Array>;
  /** Waits for transactions in progress, stops the thread and gives the lock back. */
  close(): Promise<void>;
}

/** Opens the embedded database in `dataDir`, making it when there is none. Rejects with one clear sentence. */
export async function openEmbedded({
  dataDir,
  templatePath,
  onFatal,
}: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (dataDir === undefined)
    return connect(await EmbeddedThread.start({ directory: undefined, templatePath }, onFatal));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(dataDir, { onLost: onFatal });
  try {
    const thread = await EmbeddedThread.start(
      { directory: join(dataDir, 'database'), templatePath },
      onFatal,
    );
    const database = connect(thread);
    return {
      ...database,
      async close() {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw new Error(
      `The database in ${dataDir} cannot be opened: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
}

function connect(thread: EmbeddedThread): EmbeddedDatabase {
  const pool = new pg.Pool({
    stream: () => new EmbeddedStream(thread),
    // Nobody reads these; given, so that the driver does not take them from the environment.
    ...{ user: 'postgres', database: 'postgres', password: '', host: 'embedded', ssl: false },
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectionTimeoutMs,
    types: columnTypes(),
  });
  // A lost connection means a lost thread, of which `onFatal` is told.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    async countSyncs() {
      const answer = await thread.ask({ kind: 'countSyncs' });
      return answer.kind === 'syncs' ? answer.count : 0;
    },
    async dump() {
      const answer = await thread.ask({ kind: 'dump' });
      return answer.kind === 'bytes' ? answer.bytes : new Uint8Array();
    },
    async close() {
      await pool.end();
      await thread.close();
    },
  };
}
