// How a test file ends that leaves something running: all its results count, and only those that are known to be good let it pass.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../src/base/package-root.ts';

const endTestFile = pathToFileURL(join(packageRoot, 'scripts', 'end-test-file.mjs')).href;

/** The beginning of each file, for which a minute takes 60 ms. */
const quickMinute = `
  import { createServer } from 'node:http';
  import { after, test } from 'node:test';
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (run, ms) => wait(run, ms / 1000);
  test('works', () => {});`;

const leaveServer = 'createServer().listen(0);';

const files: [title: string, rest: string, status: number, output: RegExp][] = [
  ['that ends by itself passes', 'after(() => {});', 0, /^# pass 1$/m],
  ['that leaves a server passes and names it', leaveServer, 0, /is ended: 60 s .* TCPServerWrap/],
  [
    'with a failed test that leaves a server fails',
    `${leaveServer} test('fails', () => { throw new Error('wrong'); });`,
    1,
    /^# fail 1$/m,
  ],
  [
    'whose last hook fails and leaves a server fails',
    `${leaveServer} after(() => { throw new Error('late'); });`,
    1,
    /late/,
  ],
  [
    'whose last hook never ends fails',
    `${leaveServer} after(() => new Promise(() => {}));`,
    1,
    /is ended: 60 s .* TCPServerWrap/,
  ],
];

for (const [title, rest, status, output] of files) {
  test(`a file ${title}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rucksack-end-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'some.test.mjs');
    writeFileSync(file, `${quickMinute}\n${rest}`);
    const options = ['--test', '--test-reporter=tap', '--import', endTestFile, file];
    const run = spawnSync(process.execPath, options, { env: { PATH: process.env.PATH }, encoding: 'utf8' });
    assert.equal(run.status, status, run.stdout);
    assert.match(run.stdout, output);
  });
}
