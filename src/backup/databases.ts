// The databases that a backup, a restoration or a move reads and writes, opened so that no server works on them at the same time.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../base/errors.ts';
import { syncPath } from '../db/embedded/first-start.ts';
import { databaseFolder } from '../db/embedded.ts';
import { lockDirectory } from '../db/lock.ts';
import { type LongDatabase, type LongTransaction, openLongDatabase } from '../db/long-transaction.ts';
import { type Migration, migrationsFolder, readMigrations } from '../db/migrate.ts';
import { endLeases } from './end-leases.ts';
import { type Loading, loadRows } from './load-rows.ts';
import type { TableDigest } from './row-digest.ts';

/** Where a database is: on a server, or in a data directory. */
export interface DatabaseLocation {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
}

/** Runs `work` on the database at a location, which exists. */
export async function withDatabase<Result>(
  location: DatabaseLocation,
  work: (database: LongDatabase) => Promise<Result>,
): Promise<Result> {
  if (location.databaseUrl === undefined && !(await hasDatabase(location.dataDir))) {
    throw new OperatorError(`there is no database in ${location.dataDir}`);
  }
  return withOpened(location, work);
}

async function withOpened<Result>(
  location: DatabaseLocation,
  work: (database: LongDatabase) => Promise<Result>,
): Promise<Result> {
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const database = await openLongDatabase({ ...location, onFatal: fail });
  try {
    return await Promise.race([work(database), failed]);
  } finally {
    await database.close();
  }
}

const hasDatabase = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, databaseFolder)).then(
    () => true,
    () => false,
  );

/** The contents of a new database. */
type Load = Pick<Loading, 'contents' | 'batches'> & {
  /** The migrations that it has at the end; by default all of this version. */
  readonly migrations?: readonly Migration[];
  /** Changes the loaded rows, in the transaction of the load. */
  readonly afterwards?: (tx: LongTransaction) => Promise<void>;
};

/** Makes a database at a location that has none, loaded and checked, or leaves nothing. Returns the digests of its rows as they came. */
export async function makeDatabase(
  location: DatabaseLocation,
  load: Load,
): Promise<Record<string, TableDigest>> {
  return location.databaseUrl === undefined
    ? makeEmbedded(location.dataDir, load)
    : withOpened(location, (database) => fill(database, load));
}

/** Makes the database in a folder of its own, and gives it its name once it is whole. */
async function makeEmbedded(dataDir: string, load: Load): Promise<Record<string, TableDigest>> {
  const lock = await lockDirectory(dataDir, { onLost: () => undefined });
  const unfinished = join(dataDir, 'restore.unfinished');
  try {
    if (await hasDatabase(dataDir)) throw new OperatorError(`there is a database in ${dataDir} already`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    const tables = await withOpened({ databaseUrl: undefined, dataDir: unfinished }, (database) =>
      fill(database, load),
    );
    await rename(join(unfinished, databaseFolder), join(dataDir, databaseFolder));
    await syncPath(dataDir);
    return tables;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await lock.release();
  }
}

async function fill(
  database: LongDatabase,
  { afterwards, ...load }: Load,
): Promise<Record<string, TableDigest>> {
  const migrations = load.migrations ?? (await readMigrations(migrationsFolder));
  return database.transaction('read write', async (tx) => {
    // A server writes checkpoints by itself; the embedded database's log would grow with all that is written.
    const checkpoint = database.engine === 'embedded' ? () => tx.run('checkpoint') : undefined;
    const tables = await loadRows(tx, { ...load, migrations, checkpoint });
    await endLeases(tx, migrations);
    await afterwards?.(tx);
    return tables;
  });
}
