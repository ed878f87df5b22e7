// The lock of a data directory: one holder, tried by real processes; a stale lock is taken over by exactly one.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Child, startChild } from '../../test/support/child.ts';
import { lockDirectory } from './lock.ts';
import { identifyThisProcess } from './process-identity.ts';

let directory: string;
let children: Child[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rucksack-lock-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) await child.kill();
  await rm(directory, { recursive: true });
});

const onLost = (error: Error) => assert.fail(error);

/** Starts a second process that tries to lock the directory; returns its output. */
async function lockElsewhere(): Promise<string | undefined> {
  const child = startChild('hold-lock', [directory]);
  children.push(child);
  return (await child.lines.next()).value;
}

test('a second process is refused while the first lives, and the error names the first', async () => {
  const lock = await lockDirectory(directory, { onLost });
  assert.equal(
    await lockElsewhere(),
    `The data directory ${directory} is in use by process ${process.pid}. Stop that process, or use another directory.`,
  );
  await lock.release();
  assert.deepEqual(await readdir(directory), []);
  assert.equal(await lockElsewhere(), 'held');
});

test('the same process cannot lock a directory twice', async () => {
  const lock = await lockDirectory(directory, { onLost });
  await assert.rejects(lockDirectory(directory, { onLost }), /is in use by process/);
  await lock.release();
});

test('the lock of a process that was killed is taken over at once', async () => {
  assert.equal(await lockElsewhere(), 'held');
  await children[0]?.kill();
  const lock = await lockDirectory(directory, {
    onLost,
    wait: () => assert.fail('nothing to wait for'),
  });
  assert.deepEqual(await readdir(directory), ['lock.2']);
  await lock.release();
});

test('of several processes that find a stale lock, exactly one takes it over', async () => {
  assert.equal(await lockElsewhere(), 'held');
  await children[0]?.kill();
  const said = await Promise.all(Array.from({ length: 4 }, lockElsewhere));
  assert.equal(said.filter((line) => line === 'held').length, 1);
  assert.equal(said.filter((line) => line?.includes('is in use by process')).length, 3);
});

test('a recycled pid does not keep the directory locked', async () => {
  const self = identifyThisProcess();
  await writeFile(join(directory, 'lock.1'), JSON.stringify({ ...self, startTicks: '1', token: 'old' }));
  const lock = await lockDirectory(directory, { onLost });
  assert.deepEqual(await readdir(directory), ['lock.2']);
  await lock.release();
});

const elsewhere = {
  ...identifyThisProcess(),
  host: 'another-container',
  pidNamespace: 'pid:[1]',
  token: 'theirs',
};

test('a holder whose process is not visible is alive when it touches its lock during the watch', async () => {
  const path = join(directory, 'lock.1');
  await writeFile(path, JSON.stringify(elsewhere));
  let waits = 0;
  const wait = async () => {
    waits += 1;
    if (waits === 3) await utimes(path, 1, 1);
  };
  await assert.rejects(
    lockDirectory(directory, { onLost, wait }),
    /is in use by process \d+ on another-container\./,
  );
  assert.equal(waits, 3);
});

test('a lock that was not touched for ten seconds is stale, also when it is empty after a power cut', async () => {
  await writeFile(join(directory, 'lock.1'), JSON.stringify(elsewhere));
  await writeFile(join(directory, 'lock.2'), '');
  let waitedMs = 0;
  const wait = async (delayMs: number) => {
    waitedMs += delayMs;
  };
  const lock = await lockDirectory(directory, { onLost, wait });
  assert.ok(waitedMs >= 2 * 10_000);
  assert.deepEqual(await readdir(directory), ['lock.3']);
  await lock.release();
});

test('a lock that is being written is waited for', async () => {
  const path = join(directory, 'lock.1');
  await writeFile(path, '');
  const wait = () => writeFile(path, JSON.stringify({ ...identifyThisProcess(), token: 'another' }));
  await assert.rejects(lockDirectory(directory, { onLost, wait }), /is in use by process/);
});

test('a directory that cannot be written is reported in one sentence', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  const inside = join(file, 'data');
  await assert.rejects(lockDirectory(inside, { onLost }), {
    message: `The data directory ${inside} cannot be used: ENOTDIR: not a directory, mkdir '${inside}'`,
  });
});

test('a holder keeps touching its lock, and is notified when it was taken away', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const path = join(directory, 'lock.1');
  const losses: string[] = [];
  const lock = await lockDirectory(directory, { onLost: (error) => losses.push(error.message) });
  await utimes(path, 1, 1);
  t.mock.timers.tick(2_000);
  while ((await stat(path)).mtimeMs < 2_000) await nextTurn();
  await rm(path);
  t.mock.timers.tick(2_000);
  while (losses.length === 0) await nextTurn();
  assert.deepEqual(losses, [`The lock of the data directory ${directory} was lost: its file is gone.`]);
  await lock.release();
});
