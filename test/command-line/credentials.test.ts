// `rucksack account` as people use it: who has the data directory gets at its credentials.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import { makeTemporaryDirectory, processEnvironment, runCommand, startProcess } from '../support/process.ts';
import { idIn, makeDataDirectory, tokenIn } from './data-directory.ts';

const { rucksack } = await makeDataDirectory();

describe('the credentials of a data directory', () => {
  let other: { path: string; remove: () => Promise<void> };
  before(async () => {
    other = await makeTemporaryDirectory();
  });
  after(() => other.remove());
  const ask = (...args: string[]) => runCommand(args, processEnvironment(other.path));
  const isValid = async (url: string, text: string) => {
    const account = { authId: idIn(text), authToken: tokenIn(text) };
    const answer = await fetch(`${url}/v1/Account/${account.authId}/`, {
      headers: { authorization: basicAuth(account) },
    });
    return answer.status === 200;
  };

  test('are shown and rotated while the server runs, and after', async () => {
    const server = await startProcess(processEnvironment(other.path));
    const authId = idIn(server.greeting);
    const file = join(other.path, 'env');
    assert.equal((await stat(file)).mode & 0o077, 0);
    const shown = await ask('account', 'show');
    assert.equal(shown.stdout, await readFile(file, 'utf8'));
    assert.match(shown.stdout, new RegExp(`^export RUCKSACK_URL=${server.url}$`, 'm'));
    assert.equal(await isValid(server.url, shown.stdout), true);

    const rotated = await ask('account', 'rotate-token', authId, '--grace-hours', '0');
    assert.notEqual(tokenIn(rotated.stdout), tokenIn(shown.stdout));
    assert.equal(await isValid(server.url, shown.stdout), false);
    assert.equal(await isValid(server.url, await readFile(file, 'utf8')), true);
    assert.match((await ask('doctor')).stdout, new RegExp(`ok +server: ready at ${server.url}`));
    await server.stop();

    assert.equal(tokenIn((await ask('account', 'show', authId)).stdout), tokenIn(rotated.stdout));
    const unknown = await ask('account', 'show', 'MAXXXXXXXXXXXXXXXXXX');
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [1, 'rucksack: there is no account MAXXXXXXXXXXXXXXXXXX\n'],
    );
  });
});

describe('rucksack account', () => {
  test('makes, lists and rotates', async () => {
    const made = await rucksack('account', 'create', '--name', 'Example Ltd');
    const authId = idIn(made.stdout);
    assert.match(authId, /^MA[A-Z0-9]{18}$/);
    assert.equal(tokenIn(made.stdout).length, 40);
    assert.match((await rucksack('account', 'list')).stdout, new RegExp(`^${authId} .* Example Ltd$`, 'm'));
    const rotated = await rucksack('account', 'rotate-token', authId, '--grace-hours', '0');
    assert.notEqual(tokenIn(rotated.stdout), tokenIn(made.stdout));
    const unknown = await rucksack('account', 'rotate-token', 'MAXXXXXXXXXXXXXXXXXX');
    assert.deepEqual([unknown.code, unknown.stderr], [1, 'rucksack: account not found\n']);
  });
});
