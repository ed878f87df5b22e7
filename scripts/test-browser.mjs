// `npm run test:browser [-- pattern …]`: the console in a real Chromium. Needs Debian's package chromium, or CHROMIUM to name one.
// A file that fails is run once more: a browser on a busy machine is now and then late, and what is wrong is wrong twice. Both runs are
// shown, and the files that passed on the second one are named at the end as flaky.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady, root } from './ready.mjs';

const limitMs = 5 * 60_000;

makeReady();
const folder = join(root, 'dist', 'test', 'browser');
const patterns = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .sort();
let passed = 0;
let failed = 0;
const flaky = [];
for (const file of files) {
  let result = run(file);
  if (result.failed > 0) {
    process.stdout.write(`${file} failed, and is run once more\n`);
    result = run(file);
    if (result.failed === 0) flaky.push(file);
  }
  passed += result.passed;
  failed += result.failed;
}
for (const file of flaky) process.stdout.write(`flaky: ${file} passed on the second run only\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Runs one file and shows what it says. One that ends badly without a failed test counts as one. */
function run(file) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=tap', join(folder, file)],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', timeout: limitMs, maxBuffer: 64 * 2 ** 20 },
  );
  process.stdout.write(stdout);
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(stdout)?.[1] ?? 0);
  const bad = count('fail') + count('cancelled');
  return { passed: count('pass'), failed: status === 0 ? bad : Math.max(bad, 1) };
}
