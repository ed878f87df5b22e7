// Copies the files of an embedded database while it is in use: most of them beside its work, the rest while its thread does nothing else.
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs';
import { copyFile, mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** File systems that can share blocks between files do so, which takes no time. */
const mode = constants.COPYFILE_FICLONE;

/** A file that was written so shortly before its copy may be written again without a new time of change. */
const clockStepMs = 1000;

/** Copies what is in `from` to the folder `to`. What is written meanwhile is copied again by `copyChangedFiles`. */
export async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (entry.isDirectory()) await copyFiles(source, target);
      else {
        const { atime, mtime } = await stat(source);
        await copyFile(source, target, mode);
        await utimes(target, atime, mtime);
      }
    } catch (error) {
      // PostgreSQL deletes files of its own as it goes.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(source)) throw error;
    }
  }
}

/**
 * Makes `to` the same as `from`, reading only files that have changed since `sinceMs`, and those whose size or time differs. Blocks its
 * thread, which is the one that writes `from`: so all files are of one moment.
 */
export function copyChangedFiles(from: string, to: string, sinceMs: number): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const entries = readdirSync(from, { withFileTypes: true });
  const present = new Set(entries.map(({ name }) => name));
  for (const name of readdirSync(to)) {
    if (!present.has(name)) rmSync(join(to, name), { recursive: true });
  }
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyChangedFiles(source, target, sinceMs);
    else if (isChanged(statSync(source), statSync(target, { throwIfNoEntry: false }), sinceMs)) {
      copyFileSync(source, target, mode);
      const { atime, mtime } = statSync(source);
      utimesSync(target, atime, mtime);
    }
  }
}

const isChanged = (source: Stats, copy: Stats | undefined, sinceMs: number): boolean =>
  copy === undefined ||
  copy.size !== source.size ||
  Math.floor(copy.mtimeMs) !== Math.floor(source.mtimeMs) ||
  source.mtimeMs >= sinceMs - clockStepMs;
