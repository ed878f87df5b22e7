// The one way to a database: PostgreSQL when there is a DATABASE_URL, else the embedded one; migrated, ready to use.
import type pg from 'pg';
import type { Db } from './db.ts';
import { openEmbedded } from './embedded.ts';
import { type Migration, migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { createPooledDb } from './pooled-db.ts';
import { openPostgres } from './postgres.ts';
import { builtTemplate } from './template.ts';

export interface OpenOptions {
  /** A PostgreSQL server to use; the embedded database otherwise. */
  databaseUrl?: string | undefined;
  /** Where the embedded database keeps its files; in memory without. */
  dataDir?: string | undefined;
  /** The prepared database of a first start; by default the one that was built with this program, if any. */
  templatePath?: string | undefined;
  /** The most connections to PostgreSQL; the embedded database has one. */
  maxConnections?: number;
  /** Told when the database can no longer be used: the process should end, it is built to be restarted. */
  onFatal: (error: Error) => void;
  /** Told when an idle connection to PostgreSQL was lost; the pool replaces it. */
  onConnectionLost?: (error: Error) => void;
  /** By default those of this program. */
  migrations?: readonly Migration[];
}

const defaultMaxConnections = 10;

/** Opens and migrates the database. Rejects with one clear sentence when it cannot be used; nothing is left open then. */
export async function openDatabase(options: OpenOptions): Promise<Db> {
  const migrations = options.migrations ?? (await readMigrations(migrationsFolder));
  if (options.databaseUrl !== undefined) {
    const pool = await openPostgres({
      databaseUrl: options.databaseUrl,
      maxConnections: options.maxConnections ?? defaultMaxConnections,
      onConnectionLost: options.onConnectionLost ?? (() => undefined),
    });
    return migrated(
      createPooledDb(pool, 'postgresql', async () => undefined),
      pool,
      migrations,
    );
  }
  const embedded = await openEmbedded({
    dataDir: options.dataDir,
    templatePath: options.templatePath ?? (await builtTemplate(migrations)),
    onFatal: options.onFatal,
  });
  return migrated(createPooledDb(embedded.pool, 'embedded', embedded.close), embedded.pool, migrations);
}

async function migrated(db: Db, pool: pg.Pool, migrations: readonly Migration[]): Promise<Db> {
  try {
    await migrate(pool, migrations);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
