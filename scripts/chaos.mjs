// `npm run chaos -- [--kills 40] [--seed 1] [--topology embedded|processes|database] [--saboteur]`: makes the clone ready, then
// lets processes die under load and checks that every message that was accepted came to its end.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, root } from './ready.mjs';

makeReady();
await import(pathToFileURL(join(root, 'dist', 'test', 'robustness', 'chaos-longer.js')).href);
