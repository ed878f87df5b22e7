// `npm start`: makes the clone ready, then runs the command line in this same process, so that signals reach it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, root } from './ready.mjs';

makeReady();
await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href);
