// Makes a backup: a file with everything that a server needs to go on elsewhere.
import { OperatorError } from '../base/errors.ts';
import { packageVersion } from '../base/package-version.ts';
import { migrationsFolder, readMigrations } from '../db/migrate.ts';
import { writeBackupFile } from './backup-file.ts';
import { readContents } from './contents.ts';
import { fingerprintOf, readDataFiles, readKey } from './data-files.ts';
import { type DatabaseLocation, withDatabase } from './databases.ts';
import { refuseNewer } from './load-rows.ts';
import { countRows, type Progress } from './progress.ts';
import { readRows } from './read-rows.ts';
import type { TableDigest } from './row-digest.ts';

interface BackupParts extends Progress {
  /** The database: for a running embedded one the copy that its server has made. */
  readonly location: DatabaseLocation;
  /** Of the secret key and the certificates. */
  readonly dataDir: string;
  /** The key of the settings. It is not written into the backup, in contrast to that of the data directory. */
  readonly configuredKey: string | undefined;
  /** False for a backup that is useless without the key beside it. */
  readonly withKey: boolean;
  readonly now: Date;
}

/** Writes the backup to a new file. Returns the digests of its tables. */
export async function backUp(path: string, parts: BackupParts): Promise<Record<string, TableDigest>> {
  const { location, dataDir, configuredKey, withKey, now } = parts;
  const key = configuredKey ?? (await readKey(dataDir));
  if (key === undefined) {
    throw new OperatorError(
      `there is no secret key in ${dataDir}, without which the auth tokens cannot be read; set RUCKSACK_SECRET_KEY, or RUCKSACK_DATA_DIR`,
    );
  }
  const files = await readDataFiles(dataDir, withKey && configuredKey === undefined);
  const migrations = await readMigrations(migrationsFolder);
  return withDatabase(location, (database) =>
    database.transaction('read only', async (tx) => {
      const contents = await readContents(tx, migrations);
      // Its tables would be unknown here, and left out.
      refuseNewer(contents, migrations);
      const header = {
        version: packageVersion(),
        made_at: now.toISOString(),
        engine: database.engine,
        secret_key_fingerprint: fingerprintOf(key),
        files,
        ...contents,
      };
      return writeBackupFile(path, header, countRows(readRows(tx, contents.tables), parts));
    }),
  );
}
