// Restores a backup: into a data directory or a PostgreSQL database that has none yet.
import { OperatorError } from '../base/errors.ts';
import { migrationsFolder, readMigrations } from '../db/migrate.ts';
import { markPerhapsSubmitted } from '../messages/outbox/restored-queue.ts';
import { type CheckedBackup, checkBackupFile, readBatches } from './backup-file.ts';
import { fingerprintOf, readKey, writeDataFiles } from './data-files.ts';
import { type DatabaseLocation, makeDatabase } from './databases.ts';
import { refuseNewer } from './load-rows.ts';
import { countRows, type Progress } from './progress.ts';

interface RestoreParts extends Progress {
  readonly location: DatabaseLocation;
  readonly configuredKey: string | undefined;
  readonly now: Date;
}

/** Restores the backup in a file, all of it or nothing. Returns what the file says of itself. */
export async function restoreBackup(path: string, parts: RestoreParts): Promise<CheckedBackup> {
  const { location, configuredKey, now } = parts;
  const backup = await checkBackupFile(path);
  const { header } = backup;
  refuseNewer(header, await readMigrations(migrationsFolder));
  await requireKey(backup, location.dataDir, configuredKey);
  // The key comes first: a key without a database is harmless, a database without its key is not.
  await writeDataFiles(location.dataDir, header.files);
  await makeDatabase(location, {
    contents: header,
    batches: countRows(readBatches(path), parts),
    async afterwards(tx) {
      await markPerhapsSubmitted(tx, new Date(header.made_at), now);
    },
  });
  return backup;
}

/** Throws where the tokens could not be read with the key that the restored server would use. */
async function requireKey(
  { header }: CheckedBackup,
  dataDir: string,
  configuredKey: string | undefined,
): Promise<void> {
  const own = configuredKey ?? (await readKey(dataDir));
  const hasKey = header.files.some(({ path }) => path === 'secret.key');
  if (own === undefined && hasKey) return;
  if (own === undefined) {
    throw new OperatorError('the backup does not contain its secret key; set RUCKSACK_SECRET_KEY to it');
  }
  if (fingerprintOf(own) === header.secret_key_fingerprint) return;
  const where = configuredKey === undefined ? `secret.key in ${dataDir}` : 'RUCKSACK_SECRET_KEY';
  throw new OperatorError(
    `${where} is another key than that of the backup, whose auth tokens it cannot read`,
  );
}
