// `npm run test:survival -- [--kills 36] [--seed 1]`: makes the clone ready, then kills a server at work so many times.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, root } from './ready.mjs';

makeReady();
await import(pathToFileURL(join(root, 'dist', 'test', 'robustness', 'survival-longer.js')).href);
