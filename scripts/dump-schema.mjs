// Writes db/schema.sql: the database on one page, after all migrations. Needs a finished build.
//
//   node scripts/dump-schema.mjs
import { writeFileSync } from 'node:fs';
import { openDatabase } from '../dist/src/db/open.js';
import { dumpSchema } from '../dist/src/db/schema-dump.js';

const db = await openDatabase({
  onFatal(error) {
    throw error;
  },
});
writeFileSync(new URL('../db/schema.sql', import.meta.url), await dumpSchema(db));
await db.close();
