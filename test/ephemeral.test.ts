// An ephemeral server as a test suite starts one: a real process that leaves nothing behind.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { packageRoot } from '../src/base/package-root.ts';
import { basicAuth } from './support/app.ts';
import { makeTemporaryDirectory, runCommand } from './support/process.ts';

interface Ready {
  readonly url: string;
  readonly auth_id: string;
  readonly auth_token: string;
}

const at = '2026-03-14T09:26:53.5Z';
let directory: { path: string; remove: () => Promise<void> };
let server: ChildProcess;
let ready: Ready;

before(async () => {
  directory = await makeTemporaryDirectory();
  server = spawn(
    process.execPath,
    [
      join(packageRoot, 'dist', 'server', 'main.js'),
      ...['--ephemeral', '--virtual-clock', at, '--ready-file', '-', '--stop-with-input'],
    ],
    {
      cwd: directory.path,
      // The database of the program that a suite tests is not this server's.
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: 'postgres://127.0.0.1:1/app',
        RUCKSACK_LOG_LEVEL: 'error',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(server.stdout ?? assert.fail(), 'data')) as [Buffer];
  ready = JSON.parse(line.toString('utf8'));
});
after(() => directory.remove());

const call = async (path: string) => {
  const account = { authId: ready.auth_id, authToken: ready.auth_token };
  const response = await fetch(`${ready.url}/v1/Account/${ready.auth_id}/${path}`, {
    headers: { authorization: basicAuth(account) },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('an ephemeral server', () => {
  test('says in a line of JSON where it is and how to sign in', async () => {
    assert.match(ready.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const { status, body } = await call('');
    assert.deepEqual([status, body.name], [200, 'Demo']);
  });

  test('begins at the time that the settings name, and stands still there', async () => {
    const { body } = await call('Simulator/Clock/');
    assert.deepEqual([body.frozen, body.time], [true, '2026-03-14T09:26:53.500000Z']);
  });

  test('lets its first account act as the operator', async () => {
    assert.equal((await call('Carrier/')).status, 200);
  });

  test('ends with its input, and has written nothing', async () => {
    server.stdin?.end();
    const [code] = await once(server, 'exit');
    assert.equal(code, 0);
    assert.deepEqual(await readdir(directory.path), []);
  });
});

test('the line of JSON may go to a file that nobody else reads, by which a seed finds the server', async () => {
  const path = join(directory.path, 'ready.json');
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'dist', 'server', 'main.js'), 'start', '--ephemeral', '--ready-file', path],
    {
      cwd: directory.path,
      env: { PATH: process.env.PATH ?? '', RUCKSACK_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [greeting] = (await once(child.stdout ?? assert.fail(), 'data')) as [Buffer];
  assert.match(greeting.toString('utf8'), /^Data +in memory, gone at the end$/m);
  const { url } = JSON.parse(await readFile(path, 'utf8')) as Ready;
  assert.match(greeting.toString('utf8'), new RegExp(`listens on ${url}\n`));
  assert.equal((await stat(path)).mode & 0o077, 0);

  const seed = join(directory.path, 'seed.json');
  await writeFile(seed, '{"powerpacks": [{"name": "a pool", "numbers": [{"count": 2}]}]}');
  const environment = { PATH: process.env.PATH ?? '' };
  const seeded = await runCommand(['seed', seed, '--ready-file', path], environment);
  assert.match(seeded.stdout, /^MA\w{18} has got 2 numbers, 1 powerpacks, 0 applications, 0 messages\n$/);
  await writeFile(seed, '{"powerpacks": [{"name": "a pool", "nubmers": []}]}');
  const refused = await runCommand(['seed', seed, '--ready-file', path], environment);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /seed\.json: powerpacks\[0\]\.nubmers is not a parameter of this call/);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
