// The file of a backup: gzip of one line of JSON after another. First what it is, then each table's name and rows, at last the digests.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { OperatorError } from '../base/errors.ts';
import { linesOf } from '../base/lines.ts';
import type { Contents } from './contents.ts';
import type { DataFile } from './data-files.ts';
import type { Batch } from './read-rows.ts';
import { Digests, findDifference, type TableDigest } from './row-digest.ts';

/** Raised when older programs could misread a file. */
const format = 1;

/** The first line: everything but the rows. */
export interface BackupHeader extends Contents {
  /** Of the program that made it. */
  readonly version: string;
  /** In ISO 8601. */
  readonly made_at: string;
  readonly engine: string;
  /** Tells its key from another one (`fingerprintOf`). */
  readonly secret_key_fingerprint: string;
  readonly files: readonly DataFile[];
}

/** The contents of a file that was found whole. */
export interface CheckedBackup {
  readonly header: BackupHeader;
  readonly tables: Readonly<Record<string, TableDigest>>;
}

/**
 * Writes a file, readable by its owner only. It has its name once it is whole and on the disk; before that, and after a kill, `.unfinished`
 * stands behind the name.
 * @throws OperatorError where there is a file of that name.
 */
export async function writeBackupFile(
  path: string,
  header: BackupHeader,
  batches: AsyncIterable<Batch>,
): Promise<Record<string, TableDigest>> {
  if (await exists(path)) throw new OperatorError(`${path} exists; name another file`);
  const unfinished = `${path}.unfinished`;
  const digests = new Digests();
  await rm(unfinished, { force: true });
  try {
    const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
    // A piece is megabytes: no more than one waits.
    const lines = Readable.from(backupLines(header, batches, digests), { highWaterMark: 1 });
    await pipeline(lines, createGzip({ level: 3 }), file);
    await rename(unfinished, path);
    return digests.results;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function* backupLines(
  header: BackupHeader,
  batches: AsyncIterable<Batch>,
  digests: Digests,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ rucksack_backup: format, ...header })}\n`;
  let table: string | undefined;
  for await (const batch of batches) {
    digests.add(batch);
    if (batch.table !== table) yield `${JSON.stringify({ table: batch.table })}\n`;
    table = batch.table;
    if (batch.lines.length > 0) yield `${batch.lines.join('\n')}\n`;
  }
  yield `${JSON.stringify({ tables: digests.results })}\n`;
}

/**
 * Reads a whole file, and compares its rows with its digests. Returns its header and its digests.
 * @throws OperatorError when it is not a backup, not whole, or damaged.
 */
export async function checkBackupFile(path: string): Promise<CheckedBackup> {
  const header = await readHeader(path);
  const digests = new Digests();
  const reading = readBatches(path);
  for (;;) {
    const { value, done } = await reading.next();
    if (!done) {
      digests.add(value);
      continue;
    }
    if (value === undefined) throw new OperatorError(`${path} ends before the backup does`);
    const difference = findDifference(value, digests.results);
    if (difference === undefined) return { header, tables: value };
    throw new OperatorError(`${path} is damaged: the rows of ${difference} are not those that were written`);
  }
}

async function readHeader(path: string): Promise<BackupHeader> {
  for await (const line of readLines(path)) {
    const { rucksack_backup: found, ...header } = parseLine<BackupHeader & { rucksack_backup?: number }>(
      path,
      line,
    );
    if (found === format) return header;
    if (found === undefined) break;
    throw new OperatorError(`${path} was made by Rucksack ${header.version}, which this version cannot read`);
  }
  throw new OperatorError(`${path} is not a backup of Rucksack`);
}

/** Lines that are stored with one statement. */
const maxLines = 1000;
const maxCharacters = 4 * 1024 * 1024;

/** Returns the rows of a file in pieces, and at the end the digests that it ends with; undefined where it ends without them. */
export async function* readBatches(
  path: string,
): AsyncGenerator<Batch, Record<string, TableDigest> | undefined> {
  let table: string | undefined;
  let lines: string[] = [];
  let characters = 0;
  for await (const line of readLines(path)) {
    const isRow = line.startsWith('[');
    if (table !== undefined && (!isRow || lines.length === maxLines || characters > maxCharacters)) {
      yield { table, lines };
      lines = [];
      characters = 0;
    }
    if (isRow) {
      lines.push(line);
      characters += line.length;
      continue;
    }
    const mark = parseLine<{ table?: string; tables?: Record<string, TableDigest> }>(path, line);
    if (mark.tables !== undefined && !('version' in mark)) return mark.tables;
    table = mark.table;
  }
  return undefined;
}

function parseLine<Line>(path: string, line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    throw new OperatorError(`${path} is damaged, or not a backup of Rucksack`);
  }
}

async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  try {
    yield* linesOf(file.pipe(text).setEncoding('utf8') as AsyncIterable<string>);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !code.startsWith('Z_')) throw error;
    throw new OperatorError(`${path} is not whole, or not a backup of Rucksack`, { cause: error });
  } finally {
    file.destroy();
  }
}
