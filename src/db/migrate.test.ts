// Migrations: in order, once each, whole or not at all, and never on data of a newer version.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import pg from 'pg';
import { openTestPool, serverUrl, type TestPool } from '../../test/support/database.ts';
import { type Migration, migrate, migrationsFolder, readMigrations } from './migrate.ts';

let own: readonly Migration[];
let database: TestPool;

beforeEach(async () => {
  own = await readMigrations(migrationsFolder);
  database = await openTestPool();
});

afterEach(() => database.close());

const steps: Migration[] = [
  { name: '9001_first', sql: `create table steps (name text); insert into steps values ('first');` },
  { name: '9002_second', sql: `insert into steps values ('second'); -- a comment; with a semicolon` },
];

async function stepsTaken(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('select name from steps');
  return rows.map(({ name }) => name);
}

test('files of several statements are applied in order, each once', async () => {
  await migrate(database.pool, [...own, ...steps]);
  await migrate(database.pool, [...own, ...steps]);
  assert.deepEqual(await stepsTaken(), ['first', 'second']);
});

test('a migration that fails leaves nothing of itself, and the next start tries it again', async () => {
  const broken = {
    name: '9002_second',
    sql: `insert into steps values ('half'); insert into nowhere values (1);`,
  };
  await assert.rejects(
    migrate(database.pool, [...own, ...steps.slice(0, 1), broken]),
    /^OperatorError: The migration 9002_second failed: relation "nowhere" does not exist$/,
  );
  assert.deepEqual(await stepsTaken(), ['first']);
  await migrate(database.pool, [...own, ...steps]);
  assert.deepEqual(await stepsTaken(), ['first', 'second']);
});

test('a server that gives no connection is reported in one sentence', async () => {
  const pool = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/nothing' });
  await assert.rejects(
    migrate(pool, own),
    /^OperatorError: The database cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1$/,
  );
  await pool.end();
});

test('data of a newer version is refused', async () => {
  await migrate(database.pool, [...own, ...steps]);
  await assert.rejects(
    migrate(database.pool, own),
    /used by a newer version of Rucksack: it has the migration 9001_first, which this version does not know/,
  );
});

test("another program's database is refused when its tables have names of ours, and is left as it was", async () => {
  const { pool } = database;
  await pool.query(`drop schema public cascade; create schema public;
    create table messages (body text); create table migrations (id integer, migration text); create table users (id integer)`);
  await assert.rejects(
    migrate(pool, own),
    /^OperatorError: The database of DATABASE_URL is another program's: its tables have names that Rucksack needs \(messages, migrations\)\. Nothing was changed\./,
  );
  const { rows } = await pool.query<{ name: string }>(
    'select relname as name from pg_class where relnamespace = quote_ident(current_schema())::regnamespace order by name',
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['messages', 'migrations', 'users'],
  );
  await pool.query('drop table messages, migrations');
  await migrate(pool, [...own, ...steps]);
  assert.deepEqual(await stepsTaken(), ['first', 'second'], 'tables of other names may be there');
});

for (const columns of [
  'id integer, name text, applied_at timestamptz',
  'version text, applied_at timestamptz',
  'name text',
]) {
  test(`a table migrations (${columns}) is another program's`, async () => {
    await database.pool.query(
      `drop schema public cascade; create schema public; create table migrations (${columns})`,
    );
    await assert.rejects(migrate(database.pool, own), /is another program's: .* \(migrations\)\./);
  });
}

test('a schema may have a name that needs quotes', async () => {
  const { pool } = database;
  await pool.query('create schema "Our texts"; set search_path to "Our texts"');
  await migrate(pool, own);
  await migrate(pool, own);
  const { rows } = await pool.query<{ parent: string }>(
    `select distinct parent from partitions where parent = 'messages'`,
  );
  assert.deepEqual(rows, [{ parent: 'messages' }]);
});

test('processes that migrate at once apply each migration once', async () => {
  const slowly = serverUrl === undefined ? '' : 'select pg_sleep(0.2);';
  const migrations = [...own, { name: '9001_first', sql: `${slowly} ${steps[0]?.sql}` }, ...steps.slice(1)];
  await Promise.all([1, 2, 3].map(() => migrate(database.pool, migrations)));
  assert.deepEqual(await stepsTaken(), ['first', 'second']);
});

test('a file that is not named NNNN_name.sql is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-migrations-'));
  try {
    await writeFile(join(folder, '0001_good.sql'), 'select 1');
    assert.deepEqual(await readMigrations(folder), [{ name: '0001_good', sql: 'select 1' }]);
    await writeFile(join(folder, '2_bad.sql'), '');
    await assert.rejects(readMigrations(folder), /The migration 2_bad.sql is not called NNNN_name.sql/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('each migration has a number of its own', async () => {
  const numbers = (await readMigrations(migrationsFolder)).map(({ name }) => name.slice(0, 4));
  assert.deepEqual(numbers, [...new Set(numbers)]);
});
