// `node scripts/run.mjs PATH …`: makes the clone ready, then runs a compiled program of it (a path below `dist/`) in this same
// process, so that signals reach it. Further arguments are the program's.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, root } from './ready.mjs';

const [program] = process.argv.splice(2, 1);
makeReady();
await import(pathToFileURL(join(root, 'dist', program)).href);
