// `rucksack backup`, `restore` and `move` as operators use them: from a running server to another place, where all that waited goes on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createServerDatabase, serverUrl } from '../support/database.ts';
import {
  type Environment,
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  rucksackCommand,
  runCommand,
  startProcess,
} from '../support/process.ts';
import { until } from '../support/until.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { idIn, tokenIn } from './data-directory.ts';

const { path: folder, remove } = await makeTemporaryDirectory();
const dataDir = join(folder, 'data');

const drops: (() => Promise<void>)[] = [];

/** Returns settings of a place without a database. */
async function makeEmptyPlace(directory: string): Promise<Environment> {
  if (serverUrl === undefined) return processEnvironment(directory);
  const { url, drop } = await createServerDatabase(serverUrl);
  drops.push(drop);
  return processEnvironment(directory, { DATABASE_URL: url });
}

/** Calls the API of a server as the account that its start wrote down. */
function callerOf({ url }: RunningServer, authId: string, authToken: string) {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
  return async (method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${url}/v1/Account/${authId}/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
}

/** In the past, so that what waits at the backup has been due for long when it is restored. */
const start = '2026-03-14T09:00:00Z';
const file = join(folder, 'all.backup');
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 7)]);

let from: Environment;
let to: Environment;
let authId = '';
let authToken = '';
after(async () => {
  for (const drop of drops) await drop();
  await remove();
});

describe('a backup of a running server', () => {
  let catcher: WebhookCatcher;
  const messages: string[] = [];
  let mediaId = '';

  /** Waits, and moves the clock on, until every message is delivered and no callback waits. */
  const endAll = (call: ReturnType<typeof callerOf>) =>
    until(async () => {
      await call('POST', 'Simulator/Clock/', { action: 'advance', seconds: 60 });
      const { objects: waiting } = await call('GET', 'Webhook/?outcome=pending');
      const states = await Promise.all(
        messages.map(async (id) => (await call('GET', `Message/${id}/`)).message_state),
      );
      return waiting.length === 0 && states.every((state) => state === 'delivered');
    });

  /** Returns of each message whether its history says that the carrier may have it twice. */
  const findRepeated = (call: ReturnType<typeof callerOf>) =>
    Promise.all(
      messages.map(async (id) => {
        const { history } = await call('GET', `Message/${id}/Explain/`);
        return (history as { event: string }[]).some(({ event }) => event === 'repeated');
      }),
    );

  before(async () => {
    from = await makeEmptyPlace(dataDir);
    to = await makeEmptyPlace(join(folder, 'other'));
    catcher = await startWebhookCatcher();
    catcher.answer = { status: 500 };
    const server = await startProcess({ ...from, RUCKSACK_VIRTUAL_CLOCK: start });
    [authId, authToken] = [idIn(server.greeting), tokenIn(server.greeting)];
    const call = callerOf(server, authId, authToken);

    const { uuid, number_pool: pool } = await call('POST', 'Powerpack/', { name: 'waiting' });
    const [, , , , , poolUuid] = pool.split('/');
    await call('POST', `NumberPool/${poolUuid}/Number/14155550100/`, { rent: true, service: 'mms' });
    const form = new FormData();
    form.set('file', new Blob([picture], { type: 'image/png' }), 'a.png');
    const uploaded = await fetch(`${server.url}/v1/Account/${authId}/Media/`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}` },
      body: form,
    });
    mediaId = ((await uploaded.json()) as { objects: { media_id: string }[] }).objects[0]?.media_id ?? '';
    for (const dst of ['12125550111', '12125550112', '12125550113', '12125550114']) {
      const sent = await call('POST', 'Message/', {
        powerpack_uuid: uuid,
        dst,
        text: `“${dst}”\nhas it`,
        url: `${catcher.url}/status`,
      });
      messages.push(...sent.message_uuid);
    }
    // One message is delivered, its callbacks are refused and wait, and the others wait for their number.
    await call('POST', 'Simulator/Clock/', { action: 'advance', milliseconds: 500 });
    await until(() => catcher.calls.length > 0);

    const made = await runCommand(['backup', file], from);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /^.*all\.backup has \d+ rows in \d+ tables\n$/);
    assert.match(made.stderr, /^ +4 {2}messages$/m);
    // It goes on, and what it does from here on is not in the backup.
    await call('POST', 'Powerpack/', { name: 'later' });
    server.child.kill('SIGKILL');
    await server.ended;
  });
  after(() => catcher.close());

  test('is one file of its owner’s, and leaves no copy behind', async () => {
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const names = await readdir(dataDir);
    assert.ok(!names.includes('database.copy'), names.join());
    const checked = await runCommand(['restore', '--check', file], to);
    assert.deepEqual([checked.code, checked.stderr], [0, '']);
    assert.match(checked.stdout, /is whole: made .* by Rucksack .*, \d+ rows in \d+ tables/);
  });

  test('on a full disk there is none', async () => {
    const path = join(folder, 'full.backup');
    const limited = ['-c', 'ulimit -f 4; exec "$@"', 'sh', ...rucksackCommand, 'backup', path];
    const child = spawn('sh', limited, { env: from, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 1, complaint);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('full')),
      [],
    );
    assert.ok(!(await readdir(dataDir)).includes('database.copy'));
  });

  test('is refused where there is a database, when it is newer, damaged, or its key is another', async () => {
    const text = gunzipSync(await readFile(file)).toString('utf8');
    const newer = join(folder, 'newer.backup');
    await writeFile(newer, gzipSync(text.replace('"migrations":[', '"migrations":["9999_later",')));
    const cut = join(folder, 'cut.backup');
    await writeFile(cut, (await readFile(file)).subarray(0, 2000));
    const refusals: [string, Environment, RegExp][] = [
      [file, from, /there is a database in .* already|is not empty: it has the table/],
      [newer, to, /of a newer version of Rucksack: they have the migration 9999_later/],
      [cut, to, /is not whole/],
      [file, { ...to, RUCKSACK_SECRET_KEY: 'ab'.repeat(32) }, /RUCKSACK_SECRET_KEY is another key/],
    ];
    for (const [path, environment, sentence] of refusals) {
      const { code, stdout, stderr } = await runCommand(['restore', path], environment);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  test('without its key it needs the key beside it', async () => {
    const keyless = join(folder, 'keyless.backup');
    const made = await runCommand(['backup', '--without-key', keyless], from);
    assert.equal(made.code, 0, made.stderr);
    const key = (await readFile(join(dataDir, 'secret.key'), 'utf8')).trim();
    assert.ok(!gunzipSync(await readFile(keyless)).includes(Buffer.from(`${key}\n`).toString('base64')));
    const { code, stderr } = await runCommand(['restore', keyless], to);
    assert.equal(code, 1);
    assert.match(stderr, /does not contain its secret key; set RUCKSACK_SECRET_KEY/);
  });

  test('restored elsewhere, it has everything, and all that waited ends', async () => {
    const restored = await runCommand(['restore', file], to);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /has the data of 20.*: \d+ rows in \d+ tables/);
    catcher.answer = { status: 200 };
    const before = catcher.calls.length;
    const server = await startProcess({
      ...to,
      RUCKSACK_VIRTUAL_CLOCK: start.replace('09:00', '09:01'),
    });
    const call = callerOf(server, authId, authToken);
    const { objects: powerpacks } = await call('GET', 'Powerpack/');
    assert.deepEqual(
      powerpacks.map(({ name }: { name: string }) => name),
      ['waiting'],
    );
    const media = await fetch(`${server.url}/media/${authId}/${mediaId}`);
    assert.deepEqual(Buffer.from(await media.arrayBuffer()), picture);

    await endAll(call);
    const told = catcher.calls
      .slice(before)
      .filter(({ parameters }) => parameters.Status === 'delivered')
      .map(({ parameters }) => parameters.MessageUUID);
    assert.deepEqual([...new Set(told)].sort(), [...messages].sort());
    // The first server may have handed these over after the backup.
    assert.deepEqual(await findRepeated(call), [false, true, true, true]);
    assert.equal((await server.stop()).code, 0);
  });

  test('of a stopped server, it is restored with the same marks: the server may have been started again', async () => {
    const stopped = join(folder, 'stopped.backup');
    const made = await runCommand(['backup', stopped], from);
    assert.equal(made.code, 0, made.stderr);
    const place = await makeEmptyPlace(join(folder, 'stopped'));
    const restored = await runCommand(['restore', stopped], place);
    assert.equal(restored.code, 0, restored.stderr);
    const server = await startProcess({ ...place, RUCKSACK_VIRTUAL_CLOCK: start.replace('09:00', '09:01') });
    const call = callerOf(server, authId, authToken);
    await endAll(call);
    assert.deepEqual(await findRepeated(call), [false, true, true, true]);
    assert.equal((await server.stop()).code, 0);
  });

  test('killed on its way, it leaves no database, and can be restored again', async () => {
    const place = await makeEmptyPlace(join(folder, 'killed'));
    const [program = '', ...args] = [...rucksackCommand, 'restore', file];
    const child = spawn(program, args, { env: place, stdio: ['ignore', 'ignore', 'pipe'] });
    // The first table is done: all others, the comparison and the commit are not.
    await once(child.stderr, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const again = await runCommand(['restore', file], place);
    assert.equal(again.code, 0, again.stderr);
  });
});

describe('a move', { skip: serverUrl === undefined && 'there is no PostgreSQL' }, () => {
  test('takes everything to PostgreSQL and back, and leaves the source as it was', async () => {
    const dir = join(folder, 'moved');
    const embedded = processEnvironment(dir);
    const restored = await runCommand(['restore', file], embedded);
    assert.equal(restored.code, 0, restored.stderr);
    const both = await makeEmptyPlace(dir);

    const unset = await runCommand(['move', 'postgresql'], embedded);
    assert.match(unset.stderr, /^rucksack: set DATABASE_URL/);
    const running = await startProcess(embedded);
    const refused = await runCommand(['move', 'postgresql'], both);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /is in use by process \d+/);
    await running.stop();

    const moved = await runCommand(['move', 'postgresql'], both);
    assert.equal(moved.code, 0, moved.stderr);
    assert.match(moved.stdout, /\d+ rows in \d+ tables moved and compared; the source is as it was/);
    assert.match((await runCommand(['move', 'postgresql'], both)).stderr, /is not empty: it has the table/);
    assert.match((await runCommand(['move', 'embedded'], both)).stderr, /there is a database in .* already/);

    const server = await startProcess(both);
    const working = await runCommand(['move', 'embedded'], both);
    assert.match(working.stderr, /a server works on the database of DATABASE_URL; stop it first/);
    await server.stop();
    await rename(join(dir, 'database'), join(dir, 'before'));
    const back = await runCommand(['move', 'embedded'], both);
    assert.equal(back.code, 0, back.stderr);
    assert.match((await runCommand(['account', 'list'], embedded)).stdout, new RegExp(authId));
  });
});
