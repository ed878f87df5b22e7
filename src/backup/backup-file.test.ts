// The file of a backup: it is whole and says so, or it is refused; what is interrupted leaves none.
import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeTemporaryDirectory } from '../../test/support/process.ts';
import { type BackupHeader, checkBackupFile, readBatches, writeBackupFile } from './backup-file.ts';
import type { Batch } from './read-rows.ts';

const header: BackupHeader = {
  version: '0.2.0',
  made_at: '2026-03-14T09:26:53.000Z',
  engine: 'embedded',
  secret_key_fingerprint: '0123456789abcdef',
  files: [],
  migrations: ['0001_accounts'],
  tables: [
    { name: 'accounts', columns: [{ name: 'name', type: 'text' }], partitions: [] },
    { name: 'media', columns: [{ name: 'id', type: 'uuid' }], partitions: [] },
  ],
};

const names = Array.from({ length: 2500 }, (_, index) => JSON.stringify([`account ${index} “\n”`]));

async function* rows(): AsyncGenerator<Batch> {
  yield { table: 'accounts', lines: names.slice(0, 8) };
  yield { table: 'accounts', lines: names.slice(8) };
  yield { table: 'media', lines: [] };
}

let folder: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let path: string;
before(async () => {
  folder = await makeTemporaryDirectory();
  path = join(folder.path, 'whole.backup');
  await writeBackupFile(path, header, rows());
});
after(() => folder.remove());

test('a whole file gives back its rows, and is its owner’s alone', async () => {
  const lines: string[] = [];
  for await (const batch of readBatches(path)) {
    if (batch.table === 'accounts') lines.push(...batch.lines);
  }
  assert.deepEqual(lines, names);
  const { header: read, tables } = await checkBackupFile(path);
  assert.deepEqual(read, header);
  assert.deepEqual([tables.accounts?.rows, tables.media?.rows], [2500, 0]);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('a file that exists is not written over', async () => {
  await assert.rejects(writeBackupFile(path, header, rows()), /exists; name another file/);
});

test('a file that is cut, changed or another one is refused', async () => {
  const whole = await readFile(path);
  const text = gunzipSync(whole).toString('utf8');
  const changed = new Map<Buffer, RegExp>([
    [whole.subarray(0, whole.length - 100), /is not whole/],
    [gzipSync(text.slice(0, text.lastIndexOf('{"tables"'))), /ends before the backup does/],
    [gzipSync(text.replace('account 7 ', 'account 8 ')), /is damaged: the rows of accounts are not those/],
    [gzipSync(text.replace(/^\["account 7 .*\n/m, '')), /is damaged: the rows of accounts are not those/],
    [gzipSync(text.replace('"rucksack_backup":1', '"rucksack_backup":2')), /was made by Rucksack 0\.2\.0/],
    [gzipSync('{"name":"another"}\n'), /is not a backup of Rucksack/],
    [gzipSync('another\n'), /is damaged, or not a backup/],
    [Buffer.from('another'), /is not whole, or not a backup/],
    [Buffer.alloc(0), /is not (whole|a backup)/],
  ]);
  for (const [bytes, complaint] of changed) {
    const other = join(folder.path, 'other.backup');
    await writeFile(other, bytes);
    await assert.rejects(checkBackupFile(other), complaint);
  }
});

test('a write that fails on the way leaves no file', async () => {
  async function* failing(): AsyncGenerator<Batch> {
    yield { table: 'accounts', lines: names };
    throw new Error('the connection is lost');
  }
  const other = join(folder.path, 'half.backup');
  await assert.rejects(writeBackupFile(other, header, failing()), /the connection is lost/);
  await assert.rejects(writeBackupFile(join(folder.path, 'none', 'a.backup'), header, rows()), /ENOENT/);
  assert.deepEqual((await readdir(folder.path)).sort(), ['other.backup', 'whole.backup']);
});
