// Makes the embedded database's directory so that it either does not exist or is complete and on the disk.
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDatabase } from './pglite.ts';

/**
 * Makes sure that `directory` contains a database. A new one is made beside it, synced whole and then renamed, so that a crash
 * or a power cut at any moment leaves the finished directory or none; an unfinished one is deleted.
 * The caller holds the lock. `sync` writes a file's content, or a folder's names, to the disk.
 */
export async function ensureDatabase(
  directory: string,
  templatePath: string | undefined,
  sync: (path: string) => Promise<void> = syncPath,
): Promise<void> {
  if (await exists(join(directory, 'PG_VERSION'))) return;
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await createDatabase(unfinished, templatePath);
  await syncTree(unfinished, sync);
  await rename(unfinished, directory);
  await sync(dirname(directory));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Writes every file and folder below `folder`, and itself, to the disk; those of one folder together, which is fastest. */
async function syncTree(folder: string, sync: (path: string) => Promise<void>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? syncTree(path, sync) : sync(path);
    }),
  );
  await sync(folder);
}

/** Writes a file's content, or a folder's names, to the disk. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
