// Opens PGlite with the settings that this server needs: in memory, or durably in a directory.
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { DurableFileSystem } from './durable-file-system.ts';

const memoryParameters = [
  ...PGlite.defaultStartParams,
  // A generic plan made while a table was empty would scan the whole table for ever after.
  ...['-c', 'plan_cache_mode=force_custom_plan'],
  // The standard 128 MB are in memory from the start, used or not. What is not in them is in the memory of the operating system.
  ...['-c', 'shared_buffers=32MB'],
];

const durableParameters = [
  ...memoryParameters.filter((parameter) => parameter !== '-F'),
  // The default, fdatasync, is a stub in PGlite; fsync reaches our file system.
  ...['-c', 'wal_sync_method=fsync'],
  // Filling new log segments with zeros costs pauses of tens of milliseconds.
  ...['-c', 'wal_init_zero=off'],
  // Log segments kept for reuse; checkpoints are written by maintenance.ts.
  ...['-c', 'max_wal_size=256MB'],
];

/** How many lines of PostgreSQL's own log are kept to explain a failed start. */
const keptLogLines = 20;

/** Opens a database in memory, from the archive at `templatePath` (tenths of a second) or from nothing (seconds). */
export function openInMemory(templatePath: string | undefined): Promise<PGlite> {
  return createNew({ startParams: memoryParameters }, templatePath);
}

/**
 * Makes a new database in the empty `directory`, from the archive at `templatePath` or from nothing, and closes it.
 * Nothing is synced here.
 */
export async function createDatabase(directory: string, templatePath: string | undefined): Promise<void> {
  const options = { startParams: memoryParameters, fs: new DurableFileSystem(directory) };
  const database = await createNew(options, templatePath);
  await database.close();
}

/** Opens the database in the directory of `fileSystem` durably; throws when its commits do not reach the disk. */
export async function openDurably(fileSystem: DurableFileSystem): Promise<PGlite> {
  const database = await create({ fs: fileSystem, startParams: durableParameters });
  const before = fileSystem.syncCount;
  // The sync hook is an internal of PGlite and may change: commit something and see that it syncs.
  await database.query(`select pg_logical_emit_message(true, 'rucksack', 'is this synced?')`);
  if (fileSystem.syncCount === before) {
    throw new Error('the embedded database does not sync its commits to the disk');
  }
  return database;
}

async function createNew(options: PGliteOptions, templatePath: string | undefined): Promise<PGlite> {
  if (templatePath !== undefined) {
    // Unpacked here, because PGlite takes twice as long for it.
    const archive = new Blob([gunzipSync(await readFile(templatePath))], { type: 'application/x-tar' });
    return create({ ...options, loadDataDir: archive });
  }
  const database = await create(options);
  // PGlite works in a single database. Others could never be vacuumed, and the age of their transaction numbers would one day
  // stop all writing.
  for (const other of ['template0', 'template1']) {
    await database.exec(`alter database ${other} is_template false`);
    await database.exec(`drop database ${other}`);
  }
  return database;
}

/** Opens PGlite; the error of a failure has PostgreSQL's own words. */
async function create(options: PGliteOptions): Promise<PGlite> {
  const log: string[] = [];
  const onStderr = (line: string) => {
    log.push(line);
    if (log.length > keptLogLines) log.shift();
    return false;
  };
  try {
    return await PGlite.create({ ...options, onStderr });
  } catch (error) {
    throw new Error(lastComplaint(log) ?? String(error), { cause: error });
  }
}

/** Returns the text after the last `FATAL:` or `PANIC:` of a log, with its detail. */
function lastComplaint(log: readonly string[]): string | undefined {
  const start = log.findLastIndex((line) => /(?:FATAL|PANIC):/.test(line));
  if (start === -1) return undefined;
  return log
    .slice(start)
    .map((line) => line.replace(/^.*?(?:FATAL|PANIC|DETAIL|HINT):\s*/, ''))
    .join(' ');
}
