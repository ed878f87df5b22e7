// Makes dist/database-template.tar.gz, the prepared database of first starts and tests, when the migrations or PGlite
// have changed since it was last made. Needs compiled sources.
//
//   node scripts/build-template.mjs
import { migrationsFolder, readMigrations } from '../dist/src/db/migrate.js';
import { ensureBuiltTemplate } from '../dist/src/db/template.js';

await ensureBuiltTemplate(await readMigrations(migrationsFolder));
