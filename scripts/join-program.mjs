// Makes dist/server, the program that is run: what the compiler wrote, and libraries of many small files, joined into a few files. Opening
// 1,400 files was half of what a start did.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { noticesOf } from './notices.mjs';
import { root } from './ready.mjs';

/** They depend on nothing. Others stay as they are installed, so that what they depend on can be mended without a release of ours. */
const joinedLibraries = ['libphonenumber-js', 'typebox', 'zod'];

const target = join(root, 'dist', 'server');
const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const installed = Object.keys(dependencies).filter((name) => !joinedLibraries.includes(name));

await rm(target, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'dist/src/main.js',
    // A thread, which is looked for beside the file that starts it.
    worker: 'dist/src/db/embedded/worker.js',
  },
  bundle: true,
  // What a command alone needs stays apart from what a start needs.
  splitting: true,
  external: installed.flatMap((name) => [name, `${name}/*`]),
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outdir: target,
  metafile: true,
  logLevel: 'warning',
});
await writeFile(join(target, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(Object.keys(metafile.inputs), root));
