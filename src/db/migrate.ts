// Brings a database to this version's schema: the files of `db/migrations`, each applied once, in order.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { OperatorError } from '../base/errors.ts';
import { packageRoot } from '../base/package-root.ts';
import type { LongTransaction } from './long-transaction.ts';

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;

export interface Migration {
  /** The file's name without `.sql`, such as `0001_accounts`. */
  name: string;
  sql: string;
}

/** The folder of this program's migrations. */
export const migrationsFolder: string = join(packageRoot, 'db', 'migrations');

/** Reads the migrations in `folder`, in the order of their numbers. Throws when a file is not named `NNNN_name.sql`. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file) => {
      if (!fileName.test(file)) throw new Error(`The migration ${file} is not called NNNN_name.sql.`);
      return { name: file.slice(0, -'.sql'.length), sql: await readFile(join(folder, file), 'utf8') };
    }),
  );
}

/** Returns the names of all tables that the migrations have made, and those that they have renamed or dropped since. */
export function tablesMadeBy(migrations: readonly Migration[]): Set<string> {
  const names = migrations.flatMap(({ sql }) => [...sql.matchAll(/\b(?:create table|rename to) (\w+)/g)]);
  return new Set(['migrations', ...names.map(([, name = '']) => name)]);
}

/**
 * Applies those of `migrations` that the database does not have, each in one transaction. Processes may race: the name is
 * inserted first, so a second process waits for the first and then finds it done. Throws, with one sentence, when the database
 * has migrations that are not in the list: it belongs to a newer version; and when tables of another program have names of ours.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await connect(pool);
  try {
    await refuseOthersTables(client, migrations);
    await createMigrationsTable(client);
    const applied = await readApplied(client);
    refuseNewerData(applied, migrations);
    for (const migration of migrations) if (!applied.has(migration.name)) await applyOnce(client, migration);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Returns a connection. Throws one sentence where there is none in time, as on a busy machine. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new OperatorError(`The database cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/** Applies migrations, in order, in the transaction of the caller. */
export async function applyWithin(tx: LongTransaction, migrations: readonly Migration[]): Promise<void> {
  await tx.run(migrationsTable);
  for (const { name, sql } of migrations) {
    await tx.query('insert into migrations (name) values ($1)', [name]);
    await tx.run(sql);
  }
}

const migrationsTable = `
  create table if not exists migrations (
    name text primary key,
    applied_at timestamptz not null default now()
  )`;

/**
 * Throws where another program has tables with names of ours. Without this the migrations before the first such name would be
 * applied: DATABASE_URL is often set for the program that is developed. Many programs have a table `migrations`: ours has exactly the
 * columns that we give it.
 */
async function refuseOthersTables(client: pg.PoolClient, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `with present as (
       select oid, relname as name from pg_class
       where relnamespace = quote_ident(current_schema())::regnamespace and relname = any($1))
     select name from present
     where (
       select array_agg(attname::text order by attname) from present join pg_attribute on attrelid = oid
       where name = 'migrations' and attnum > 0 and not attisdropped
     ) is distinct from '{applied_at,name}'
     order by name`,
    [[...tablesMadeBy(migrations)]],
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new OperatorError(
    `The database of DATABASE_URL is another program's: its tables have names that Rucksack needs (${names}). Nothing was changed. Give Rucksack a database of its own, or unset DATABASE_URL: then it uses the embedded one.`,
  );
}

const insufficientPrivilege = '42501';

/**
 * Makes the table of applied migrations. Where two processes create it at once, `if not exists` fails one of them in one of
 * several ways: so a lock makes them take turns.
 */
async function createMigrationsTable(client: pg.PoolClient): Promise<void> {
  const create = client.query(
    `begin;
     select pg_advisory_xact_lock(hashtext('rucksack migrations'));
     ${migrationsTable};
     commit`,
  );
  await create.catch((error: Error & { code?: string }) => {
    if (error.code !== insufficientPrivilege) throw error;
    throw new OperatorError(
      'The user of DATABASE_URL may not create tables in the schema public. The owner of the database allows it: grant create on schema public to that user (docs/operating.md, PostgreSQL).',
      { cause: error },
    );
  });
}

async function readApplied(client: pg.PoolClient): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
  return new Set(rows.map(({ name }) => name));
}

function refuseNewerData(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new OperatorError(
    `The database was used by a newer version of Rucksack: it has the migration ${unknown}, which this version does not know.`,
  );
}

/** Applies a migration unless another process was quicker. After a failure the transaction ends with its connection. */
async function applyOnce(client: pg.PoolClient, { name, sql }: Migration): Promise<void> {
  try {
    await client.query('begin');
    // Rewriting a large table, or waiting for the process that does, may take longer than a query ever should.
    await client.query('set local statement_timeout = 0');
    const { rowCount } = await client.query(
      'insert into migrations (name) values ($1) on conflict (name) do nothing',
      [name],
    );
    if (rowCount === 1) await client.query(sql);
    await client.query('commit');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`The migration ${name} failed: ${reason}`, { cause: error });
  }
}
