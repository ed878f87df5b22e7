// `npm run fuzz -- [--minutes 10] [--seed 1]`: makes the clone ready, then fuzzes the server for as long as asked.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, root } from './ready.mjs';

makeReady();
await import(pathToFileURL(join(root, 'dist', 'test', 'robustness', 'fuzz-longer.js')).href);
