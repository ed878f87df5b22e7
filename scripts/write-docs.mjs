// Writes docs/coverage.md, and the tables in docs/operating.md and docs/errors.md. Needs a finished build.
//
//   node scripts/write-docs.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { documents } from '../dist/test/documents/documents.js';

for (const { path, write } of documents) {
  const file = new URL(`../${path}`, import.meta.url);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, write(present));
}
