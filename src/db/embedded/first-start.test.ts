// The first start of an embedded database: everything is on the disk before the database exists under its name.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { testTemplate } from '../../../test/support/database.ts';
import { ensureDatabase } from './first-start.ts';

let dataDir: string;
let directory: string;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rucksack-first-start-'));
  directory = join(dataDir, 'database');
});

after(() => rm(dataDir, { recursive: true }));

test('every file and folder is synced before the rename, and the rename after it', async () => {
  const synced: { path: string; renamed: boolean }[] = [];
  await ensureDatabase(directory, await testTemplate(), async (path) => {
    synced.push({ path, renamed: existsSync(directory) });
  });
  assert.deepEqual(synced.pop(), { path: dataDir, renamed: true });
  assert.ok(synced.every(({ renamed }) => !renamed));
  const paths = synced.map(({ path }) => relative(`${directory}.unfinished`, path));
  assert.deepEqual(paths.sort(), ['', ...(await readdir(directory, { recursive: true }))].sort());
});

test('an existing database is left alone', async () => {
  await ensureDatabase(directory, 'no-such-template', () => assert.fail('nothing to sync'));
});
