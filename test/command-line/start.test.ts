// `rucksack start` as people use it: real processes, real files, one data directory.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import {
  makeTemporaryDirectory,
  processEnvironment,
  rucksackCommand,
  runCommand,
  startProcess,
} from '../support/process.ts';
import { idIn, makeDataDirectory, tokenIn } from './data-directory.ts';

const { dataDir, rucksack } = await makeDataDirectory();

describe('rucksack start', () => {
  test('greets with working credentials on the first start only, and ends on SIGTERM', async () => {
    const first = await startProcess(processEnvironment(dataDir));
    const account = { authId: idIn(first.greeting), authToken: tokenIn(first.greeting) };
    const path = `/v1/Account/${account.authId}/Powerpack/`;
    const created = await fetch(`${first.url}${path}`, {
      method: 'POST',
      headers: { authorization: basicAuth(account) },
      body: new URLSearchParams({ name: 'first' }),
    });
    assert.equal(created.status, 200);
    const refused = await rucksack('account', 'list');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /in use by process \d+/);
    assert.deepEqual((await first.stop()).code, 0);

    const second = await startProcess(processEnvironment(dataDir));
    assert.doesNotMatch(second.greeting, new RegExp(account.authToken));
    const list = await fetch(`${second.url}${path}`, { headers: { authorization: basicAuth(account) } });
    assert.equal(((await list.json()) as { meta: { total_count: number } }).meta.total_count, 1);
    await second.stop();
  });

  test('stops as always once it has started when it is told to stop before', async (t) => {
    const directory = await makeTemporaryDirectory();
    t.after(() => directory.remove());
    const [file = '', ...args] = rucksackCommand;
    const child = spawn(file, [...args, 'start'], {
      env: processEnvironment(directory.path, { RUCKSACK_LOG_LEVEL: 'info' }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    t.after(() => child.kill('SIGKILL'));
    const ended = once(child, 'close');
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const isFirst = log === '';
      log += chunk;
      if (isFirst) child.kill('SIGTERM');
    });
    assert.deepEqual(await ended, [0, null], log);
    assert.match(log, /^[^\n]*"carrier started".*"listening".*"stopping".*"stopped"/s);
  });

  test('keeps its files to itself', async () => {
    assert.equal((await stat(dataDir)).mode & 0o077, 0);
    assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o077, 0);
  });

  test('refuses a wrong setting in one sentence', async () => {
    const { code, stdout, stderr } = await runCommand(
      ['start'],
      processEnvironment(dataDir, { RUCKSACK_PORT: 'http' }),
    );
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(stderr, 'rucksack: RUCKSACK_PORT must be a whole number from 0 to 65535, not "http"\n');
  });

  test('refuses a port that is taken in one sentence', async () => {
    const other = await makeTemporaryDirectory();
    const running = await startProcess(processEnvironment(other.path));
    const { port } = new URL(running.url);
    const { code, stderr } = await runCommand(
      ['start'],
      processEnvironment(dataDir, { RUCKSACK_PORT: port }),
    );
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `rucksack: cannot listen on 127.0.0.1 port ${port}: it is in use; RUCKSACK_PORT chooses another, 0 any free one\n`,
    );
    await running.stop();
    await other.remove();
  });

  test('ends when only its TLS port is taken', async () => {
    const other = await makeTemporaryDirectory();
    await runCommand(['certs'], processEnvironment(other.path));
    const running = await startProcess(processEnvironment(other.path));
    const tlsPort = /https:\/\/127\.0\.0\.1:(\d+)/.exec(running.greeting)?.[1] ?? '';
    const second = await makeTemporaryDirectory();
    await runCommand(['certs'], processEnvironment(second.path));
    const { code, stderr } = await runCommand(
      ['start'],
      processEnvironment(second.path, { RUCKSACK_TLS_PORT: tlsPort }),
    );
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^rucksack: cannot listen on 127\.0\.0\.1 port \d+: it is in use; RUCKSACK_TLS_PORT chooses/,
    );
    assert.match((await runCommand(['account', 'list'], processEnvironment(second.path))).stdout, /^$/);
    await running.stop();
    await Promise.all([other.remove(), second.remove()]);
  });

  test('makes the account that the environment names', async () => {
    const other = await makeTemporaryDirectory();
    const account = { authId: 'MATESTTESTTESTTEST01', authToken: 'a-token-of-our-own-choosing' };
    const named = { RUCKSACK_AUTH_ID: account.authId, RUCKSACK_AUTH_TOKEN: account.authToken };
    for (const _ of ['first', 'second']) {
      const server = await startProcess(processEnvironment(other.path, named));
      const url = `${server.url}/v1/Account/${account.authId}/`;
      assert.equal((await fetch(url, { headers: { authorization: basicAuth(account) } })).status, 200);
      assert.doesNotMatch(server.greeting, /a-token-of-our-own/);
      await server.stop();
    }
    await other.remove();
  });
});

describe('settings', () => {
  const checkedPort = async (args: readonly string[], more: Readonly<Record<string, string>>, cwd?: string) =>
    (await runCommand(['doctor', ...args], processEnvironment(dataDir, more), cwd)).stdout.split('\n')[0];

  test('come from flags, then from the environment, then from a .env file', async () => {
    const folder = await makeTemporaryDirectory();
    await writeFile(join(folder.path, '.env'), 'RUCKSACK_HOST=127.0.0.3\nRUCKSACK_PORT=7003\n');
    const first = await checkedPort(['--port', '7001'], { RUCKSACK_PORT: '7002' }, folder.path);
    assert.match(first ?? '', /listening on 127\.0\.0\.3:7001$/);
    assert.match((await checkedPort([], { RUCKSACK_PORT: '7002' }, folder.path)) ?? '', /127\.0\.0\.3:7002$/);
    await folder.remove();
  });

  test('that are secret have no flag', async () => {
    const { stdout } = await rucksack('start', '--help');
    assert.match(stdout, /--data-dir <value>/);
    assert.doesNotMatch(stdout, /--auth-token|--secret-key/);
  });
});

test('a command that does not exist is answered with the one that was meant', async () => {
  const { code, stderr } = await rucksack('acount');
  assert.equal(code, 1);
  assert.match(stderr, /unknown command 'acount'\n\(Did you mean account\?\)/);
});

test('every command has help', async () => {
  const commands = [
    '',
    'start',
    'account',
    'account create',
    'account list',
    'account rotate-token',
    'number',
    'number import',
    'certs',
    'doctor',
  ];
  const helps = await Promise.all(
    commands.map((command) => rucksack(...command.split(' ').filter(Boolean), '--help')),
  );
  for (const { code, stdout } of helps) {
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: rucksack/);
  }
});
