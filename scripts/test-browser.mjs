// `npm run test:browser [-- pattern …]`: the console in a real Chromium. Needs Debian's package chromium, or CHROMIUM to name one.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady, root } from './ready.mjs';

makeReady();
const folder = join(root, 'dist', 'test', 'browser');
const patterns = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .sort()
  .map((file) => join(folder, file));
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
