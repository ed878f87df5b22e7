// `npm run test:carriers [-- pattern …] [--skip-missing] [--messages 10000]`: carriers against peers that others wrote, each from its registry. A
// peer whose tool chain is missing is a failure, unless it may be skipped; its tests are then named as skipped. `--messages` is how many go
// through each SMSC that takes as many as there are.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { folderOf, peers } from '../test/peers/installations.mjs';
import { isOnPath, runOrThrow } from '../test/sdks/processes.mjs';
import { makeReady, root } from './ready.mjs';

const minuteMs = 60_000;

/** Returns the folder that a peer is installed in. */
const scratchOf = (peer) => join(root, '.scratch', 'peers', peer);

const { values: options, positionals: patterns } = parseArgs({
  options: { 'skip-missing': { type: 'boolean', default: false }, messages: { type: 'string' } },
  allowPositionals: true,
});

makeReady();
const bounds = { limitMs: 5 * minuteMs, signal: AbortSignal.timeout(20 * minuteMs) };
for (const peer of peers) await installWhenNeeded(peer);

const folder = join(root, 'dist', 'test', 'peers');
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .map((file) => join(folder, file))
  .sort();
const env = {
  ...process.env,
  ...(options['skip-missing'] ? { SKIP_MISSING_PEERS: '1' } : {}),
  ...(options.messages === undefined ? {} : { CARRIER_MESSAGES: options.messages }),
};
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=1', '--import', import.meta.resolve('./end-test-file.mjs'), ...files],
  {
    stdio: 'inherit',
    env,
  },
);
process.exitCode = status ?? 1;

/** Installs a peer when its pins changed. Without its tools nothing is done: its tests say so. */
async function installWhenNeeded({ name, pins, tools, commands }) {
  const scratch = scratchOf(name);
  const stamp = join(scratch, '.installed');
  const hash = createHash('sha256');
  for (const file of pins) hash.update(readFileSync(join(folderOf(name), file)));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!tools.every(isOnPath)) return;
  console.log(`${name}: installing …`);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const command of commands(scratch)) await runOrThrow(command, bounds);
  writeFileSync(stamp, wanted);
}
