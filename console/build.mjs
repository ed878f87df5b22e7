// Builds the console into dist/console: files whose names carry the hash of their content, the script of each page apart, and the page
// that names what every view needs.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { noticesOf } from '../scripts/notices.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = join(here, '..', 'dist', 'console');
const assets = join(target, 'assets');

// Beside them may lie what tests compile of the console's pure files.
await rm(assets, { recursive: true, force: true });
await mkdir(assets, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.tsx', 'src/style/style.css'],
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: assets,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  metafile: true,
  logLevel: 'warning',
});
const script = outputOf('src/main.tsx');
const icon = await readFile(join(here, 'icon.svg'));
const names = {
  script: basename(script),
  style: basename(outputOf('src/style/style.css')),
  icon: `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`,
};
await writeFile(join(assets, names.icon), icon);
const page = await readFile(join(here, 'index.html'), 'utf8');
const preloads = importedBy(script).map(
  (file) => `<link rel="modulepreload" href="/console/assets/${basename(file)}" />`,
);
await writeFile(
  join(target, 'index.html'),
  page
    .replace(/\{(script|style|icon)\}/g, (_, name) => names[name])
    .replace('{preloads}', preloads.join('\n    ')),
);
await writeFile(join(target, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(Object.keys(metafile.inputs), here));

/** Returns the built file of an entry. */
function outputOf(entry) {
  return Object.keys(metafile.outputs).find((file) => metafile.outputs[file].entryPoint === entry);
}

/** Returns the built files that a built script imports before it runs, directly or not. */
function importedBy(script) {
  const found = new Set();
  const visit = (file) => {
    for (const { path, kind } of metafile.outputs[file].imports) {
      if (kind !== 'import-statement' || found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit(script);
  return [...found].sort();
}
