// `npm test [-- pattern …]`: makes the clone ready, then runs every test, or those whose path contains a pattern.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { makeReady, root } from './ready.mjs';

/** Suites that need other languages, a browser or other programs; they have scripts of their own. */
const apart = [join('test', 'sdks'), join('test', 'browser'), join('test', 'peers')];

makeReady();
const patterns = process.argv.slice(2);
const files = readdirSync(join(root, 'dist'), { recursive: true })
  .filter((file) => file.endsWith('.test.js') && !apart.some((folder) => file.startsWith(folder)))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .map((file) => relative(process.cwd(), join(root, 'dist', file)))
  .sort();
if (files.length === 0) {
  process.stderr.write(`no test file matches ${patterns.join(', ')}\n`);
  process.exit(1);
}
// A test that hangs must fail by its name, and not hold up all the others; nor must what a failed test left running.
const limits = [
  '--test-concurrency=2',
  `--test-timeout=${10 * 60_000}`,
  '--import',
  import.meta.resolve('./end-test-file.mjs'),
];
// Most files open an embedded database for some seconds: to optimise its WebAssembly would cost more than it saves.
const { status } = spawnSync(process.execPath, ['--liftoff-only', '--test', ...limits, ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
