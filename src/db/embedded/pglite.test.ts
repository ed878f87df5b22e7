// Opening PGlite: a file system that does not sync is noticed.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { testTemplate } from '../../../test/support/database.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { createDatabase, openDurably } from './pglite.ts';

/** Behaves as a new version of PGlite would that had lost our hook. */
class UnsyncedFileSystem extends DurableFileSystem {
  override init = NodeFS.prototype.init;
}

test('a database whose commits do not reach the disk is not opened', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'rucksack-pglite-'));
  try {
    await createDatabase(directory, await testTemplate());
    await assert.rejects(
      openDurably(new UnsyncedFileSystem(directory)),
      /does not sync its commits to the disk/,
    );
    const database = await openDurably(new DurableFileSystem(directory));
    await database.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});
