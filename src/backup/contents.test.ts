// The contents of a database: all tables of this server, and none of those that another program has beside them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import { migrationsFolder, readMigrations } from '../db/migrate.ts';
import { readContents } from './contents.ts';

test('are the tables that the migrations made, all of them, and no others', async (t) => {
  const db = await openTestDatabase();
  t.after(() => db.close());
  const made = await db.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = quote_ident(current_schema())::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`,
  );
  await db.query('create table spatial_ref_sys (srid integer primary key)');
  const migrations = await readMigrations(migrationsFolder);
  const contents = await readContents(db, migrations);
  assert.deepEqual(
    contents.tables.map(({ name }) => name),
    made.map(({ name }) => name),
  );
  assert.deepEqual(
    contents.migrations,
    migrations.map(({ name }) => name),
  );
});
