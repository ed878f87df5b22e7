// The template: an initialised and migrated embedded database in one archive, from which first starts and tests begin.
import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../base/package-root.ts';
import { openEmbedded } from './embedded.ts';
import { type Migration, migrate } from './migrate.ts';

const builtPath = join(packageRoot, 'dist', 'database-template.tar.gz');

/** Returns the path of the archive that was built with this program, if it was made from exactly these migrations. */
export async function builtTemplate(migrations: readonly Migration[]): Promise<string | undefined> {
  // Without a stamp there is no archive, or it is not finished.
  const stamp = await readFile(stampPath(builtPath), 'utf8').catch(() => undefined);
  return stamp === (await fingerprint(migrations)) ? builtPath : undefined;
}

/** Makes that archive, unless it is there and fresh; returns its path. Several processes may do this at once. */
export async function ensureBuiltTemplate(migrations: readonly Migration[]): Promise<string> {
  const built = await builtTemplate(migrations);
  if (built !== undefined) return built;
  const database = await openEmbedded({
    dataDir: undefined,
    templatePath: undefined,
    onFatal: () => undefined,
  });
  try {
    await migrate(database.pool, migrations);
    await replaceFile(builtPath, await database.dump());
  } finally {
    await database.close();
  }
  await replaceFile(stampPath(builtPath), await fingerprint(migrations));
  return builtPath;
}

function stampPath(templatePath: string): string {
  return `${templatePath}.stamp`;
}

/** Returns a digest of the archive's sources: the migrations and the version of PGlite, which is pinned exactly. */
async function fingerprint(migrations: readonly Migration[]): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const inputs = [dependencies['@electric-sql/pglite'], ...migrations];
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

/** Writes a file that readers see whole or not at all. */
async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
