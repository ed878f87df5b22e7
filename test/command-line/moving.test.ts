// `rucksack import plivo` and `rucksack export plivo` as people use them: two servers, of which one plays the vendor.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import {
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  runCommand,
  startProcess,
} from '../support/process.ts';

/** The same account on both sides, so that programs keep their credentials. */
const account = { authId: 'MAMOVEMOVEMOVEMOVE01', authToken: 'a-token-of-the-vendors-account' };
const credentials = { PLIVO_AUTH_ID: account.authId, PLIVO_AUTH_TOKEN: account.authToken };

let directory: { path: string; remove: () => Promise<void> };
let vendor: RunningServer;
let here: RunningServer;
let environment: Record<string, string>;
before(async () => {
  directory = await makeTemporaryDirectory();
  const start = (name: string) => {
    const settings = { RUCKSACK_AUTH_ID: account.authId, RUCKSACK_AUTH_TOKEN: account.authToken };
    environment = processEnvironment(join(directory.path, name), settings);
    return startProcess(environment);
  };
  vendor = await start('vendor');
  here = await start('here');
  await post('Powerpack/', { name: 'alerts' });
  await post('Number/', { numbers: '14155552000', carrier: 'Plivo', region: 'California' });
});
after(async () => {
  await vendor.stop();
  await here.stop();
  await directory.remove();
});

async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(`${vendor.url}/v1/Account/${account.authId}/${path}`, {
    method: 'POST',
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}

const moveIn = (...options: string[]) =>
  runCommand(['import', 'plivo', '--from', vendor.url, ...options], { ...environment, ...credentials });

describe('rucksack import plivo', () => {
  test('plans, makes, and then finds everything there', async () => {
    const plan = await moveIn('--dry-run');
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stdout, /^make {5}number {7}14155552000$/m);
    assert.match(plan.stdout, /^2 to make, 0 there already, 0 there but different, 0 refused, 0 left out/m);
    const run = await moveIn();
    assert.match(run.stdout, /^made {5}powerpack {4}\S+ "alerts"$/m);
    assert.match(run.stdout, /^2 made, 0 there already/m);
    const again = await moveIn();
    assert.match(again.stdout, /^0 made, 2 there already, 0 there but different/m);
    for (const { stdout, stderr } of [plan, run, again]) {
      assert.ok(!`${stdout}${stderr}`.includes(account.authToken));
    }
  });

  test('takes the server by its address, with the credentials of the configuration', async () => {
    assert.match((await moveIn('--server', here.url)).stdout, /^0 made, 2 there already/m);
  });

  test('says what is missing, and refuses a server that is its own source', async () => {
    const without = await runCommand(['import', 'plivo', '--from', vendor.url], environment);
    assert.deepEqual([without.code, without.stdout], [1, '']);
    assert.match(without.stderr, /^rucksack: PLIVO_AUTH_ID is not set: the credentials at the vendor$/m);
    const itself = await moveIn('--from', here.url);
    assert.match(itself.stderr, /is the account to import into$/m);
    const wrong = await runCommand(['import', 'plivo', '--from', vendor.url], {
      ...environment,
      ...credentials,
      PLIVO_AUTH_TOKEN: 'not-the-token-of-the-account',
    });
    assert.match(wrong.stderr, /the vendor at .* refuses the credentials of MAMOVE/);
  });
});

describe('rucksack export plivo', () => {
  test('prints the plan, and writes the calls to a file that is not there yet', async () => {
    const script = join(directory.path, 'calls.sh');
    const plan = await runCommand(['export', 'plivo', '--script', script], environment);
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(
      plan.stdout,
      /^ {3}1 {2}hand {2}rent or port to the vendor, before what follows: 14155552000$/m,
    );
    assert.match(plan.stdout, /^ {3}2 {2}call {2}POST Powerpack\/ {2}powerpack \S+ "alerts"$/m);
    assert.match(await readFile(script, 'utf8'), /^#!\/usr\/bin\/env bash\n/);
    const again = await runCommand(['export', 'plivo', '--script', script], environment);
    assert.match(again.stderr, /EEXIST/);
  });
});
