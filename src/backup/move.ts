// Moves the data of a stopped server from the embedded database to PostgreSQL, or back.
import { OperatorError } from '../base/errors.ts';
import type { LongTransaction } from '../db/long-transaction.ts';
import { migrationsFolder, readMigrations } from '../db/migrate.ts';
import { readContents } from './contents.ts';
import { type DatabaseLocation, makeDatabase, withDatabase } from './databases.ts';
import { countRows, type Progress } from './progress.ts';
import { readRows } from './read-rows.ts';
import type { TableDigest } from './row-digest.ts';

/**
 * Copies everything to a location without a database, and compares each row: all of it or nothing. The source stays as it is. Returns the
 * digests of the tables.
 * @throws OperatorError while a server works on the source.
 */
export async function moveData(
  from: DatabaseLocation,
  to: DatabaseLocation,
  progress: Progress,
): Promise<Record<string, TableDigest>> {
  const migrations = await readMigrations(migrationsFolder);
  return withDatabase(from, (source) =>
    source.transaction('read only', async (tx) => {
      if (source.engine === 'postgresql' && (await countServers(tx)) > 0) {
        throw new OperatorError('a server works on the database of DATABASE_URL; stop it first');
      }
      const contents = await readContents(tx, migrations);
      return makeDatabase(to, { contents, batches: countRows(readRows(tx, contents.tables), progress) });
    }),
  );
}

/** Returns how many connections of servers there are to the database beside this one. */
async function countServers(tx: LongTransaction): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and application_name = 'rucksack' and pid <> pg_backend_pid()`,
  );
  return row?.count ?? 0;
}
