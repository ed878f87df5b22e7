// Opens the database: PostgreSQL when there is a DATABASE_URL, else the embedded one; migrated, ready to use.
import type pg from 'pg';
import type { Timers } from '../base/timers.ts';
import type { Db } from './db.ts';
import { runMaintenance } from './embedded/maintenance.ts';
import { openEmbedded } from './embedded.ts';
import { type Migration, migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { createPooledDb } from './pooled-db.ts';
import { findSharing } from './pooler.ts';
import { openPostgres } from './postgres.ts';
import { builtTemplate } from './template.ts';

interface OpenOptions {
  /** A PostgreSQL server to use; the embedded database otherwise. */
  databaseUrl?: string | undefined;
  /** The folder of the embedded database; it lives in memory without one. */
  dataDir?: string | undefined;
  /** The prepared database of a first start; by default the one that was built with this program, if any. */
  templatePath?: string | undefined;
  /** The most connections to PostgreSQL; the embedded database has one. */
  maxConnections?: number;
  /** Called when the database can no longer be used: the process should end, to be restarted. */
  onFatal: (error: Error) => void;
  /** Called with faults that mend themselves: a lost idle connection, failed maintenance. */
  onWarning?: (error: Error) => void;
  /** By default those of this program. */
  migrations?: readonly Migration[];
  /** Timers of the real time, for what the pool of a PostgreSQL does with them. */
  timers?: Timers;
  /** Whether to leave the schema as it is, without migrating: for `doctor`, which changes nothing. */
  leaveSchema?: boolean;
}

const defaultMaxConnections = 10;

/** Opens and migrates the database. Rejects with one clear sentence when it cannot be used; nothing is left open then. */
export async function openDatabase(options: OpenOptions): Promise<Db> {
  const { databaseUrl, dataDir, onFatal, onWarning = () => undefined } = options;
  const known = options.migrations ?? (await readMigrations(migrationsFolder));
  const migrations = options.leaveSchema ? undefined : known;
  if (databaseUrl !== undefined) {
    const maxConnections = options.maxConnections ?? defaultMaxConnections;
    const { timers } = options;
    const pool = await openPostgres({ databaseUrl, maxConnections, onConnectionLost: onWarning, timers });
    const sharing = await findSharing(pool).catch(async (error: unknown) => {
      await pool.end();
      throw error;
    });
    return migrated(
      pool,
      migrations,
      createPooledDb(pool, 'postgresql', () => pool.end(), { sharing }),
    );
  }
  const templatePath = options.templatePath ?? (await builtTemplate(known));
  const { pool, copyTo, close } = await openEmbedded({ dataDir, templatePath, onFatal });
  const db = createPooledDb(pool, 'embedded', close);
  const stopHousekeeping = runMaintenance(db, onWarning);
  return migrated(pool, migrations, {
    ...db,
    copyTo,
    close() {
      stopHousekeeping();
      return db.close();
    },
  });
}

async function migrated(pool: pg.Pool, migrations: readonly Migration[] | undefined, db: Db): Promise<Db> {
  try {
    if (migrations !== undefined) await migrate(pool, migrations);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
