// Real databases for tests: PostgreSQL when DATABASE_URL is set, else the embedded one in memory.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Db } from '../../src/db/db.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { migrationsFolder, readMigrations } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { ensureBuiltTemplate } from '../../src/db/template.ts';

/** The server to test on; undefined when the tests run on the embedded database. */
export const serverUrl: string | undefined = process.env.DATABASE_URL;

const maxConnections = 5;

/** Opens a new, migrated database, which is dropped when it is closed. */
export async function openTestDatabase(): Promise<Db> {
  if (serverUrl === undefined) return openDatabase({ templatePath: await testTemplate(), onFatal: fail });
  const server = await createServerDatabase(serverUrl);
  try {
    const db = await openDatabase({ databaseUrl: server.url, maxConnections, onFatal: fail });
    return { ...db, close: () => db.close().finally(server.drop) };
  } catch (error) {
    await server.drop();
    throw error;
  }
}

export interface TestPool {
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens the pool below a new database. The embedded one is migrated already, one on a server is empty. */
export async function openTestPool(): Promise<TestPool> {
  if (serverUrl === undefined) {
    return openEmbedded({ dataDir: undefined, templatePath: await testTemplate(), onFatal: fail });
  }
  const server = await createServerDatabase(serverUrl);
  const pool = await openPostgres({ databaseUrl: server.url, maxConnections, onConnectionLost: fail });
  return { pool, close: () => pool.end().finally(server.drop) };
}

/** Deletes the rows of every table of `db` except the list of migrations. */
export async function emptyTables(db: Db): Promise<void> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = current_schema() and tablename <> 'migrations' and tablename not in (select name from partitions)
     order by tablename`,
  );
  // One statement, at whose end foreign keys are looked at, so that order does not matter; much quicker than `truncate`.
  const deletions = tables.map(({ name }, index) => `d${index} as (delete from ${name})`);
  await db.query(`with ${deletions.join(', ')} select`);
}

/** Returns the prepared database of embedded tests, made when it is missing or stale. */
export async function testTemplate(): Promise<string> {
  return ensureBuiltTemplate(await readMigrations(migrationsFolder));
}

/**
 * Makes an empty database with a new name on the server of `server`. `drop` waits for the connections to it that are being closed
 * (the server does, for five seconds): ending them by force would break one that its owner still watches.
 */
export async function createServerDatabase(
  server: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `rucksack_test_${randomBytes(8).toString('hex')}`;
  await runOnServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOnServer(server, `drop database ${name}`) };
}

async function runOnServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function fail(error: Error): never {
  throw error;
}
