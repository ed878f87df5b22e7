// Writes db/schema.sql: the database on one page, after all migrations. Needs a finished build.
//
//   node scripts/dump-schema.mjs
import { writeFileSync } from 'node:fs';
import { dumpSchema } from '../dist/scripts/schema-dump.js';
import { openDatabase } from '../dist/src/db/open.js';

const db = await openDatabase({
  onFatal(error) {
    throw error;
  },
});
writeFileSync(new URL('../db/schema.sql', import.meta.url), await dumpSchema(db));
await db.close();
