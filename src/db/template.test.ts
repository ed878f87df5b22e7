// The prepared database: used only with the migrations that it was made from.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { test } from 'node:test';
import { migrationsFolder, readMigrations } from './migrate.ts';
import { builtTemplate, ensureBuiltTemplate } from './template.ts';

test('a fresh template is kept, and one of other migrations is not used', async () => {
  const migrations = await readMigrations(migrationsFolder);
  const path = await ensureBuiltTemplate(migrations);
  assert.equal(await builtTemplate(migrations), path);
  const { mtimeMs } = await stat(path);
  await ensureBuiltTemplate(migrations);
  assert.equal((await stat(path)).mtimeMs, mtimeMs);
  assert.equal(await builtTemplate([...migrations, { name: '9999_more', sql: 'select 1' }]), undefined);
  const [first, ...others] = migrations;
  assert.equal(
    await builtTemplate([{ name: first?.name ?? '', sql: `${first?.sql}\n` }, ...others]),
    undefined,
  );
});
