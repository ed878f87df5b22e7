// `rucksack certs` and `rucksack doctor` as people use them.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { systemRandomBytes } from '../../src/base/id.ts';
import { systemTimers } from '../../src/base/timers.ts';
import { makeCertificates } from '../../src/tls/make-certificates.ts';
import { createServerDatabase, serverUrl } from '../support/database.ts';
import { makeTemporaryDirectory, processEnvironment, runCommand, startProcess } from '../support/process.ts';
import { Smsc } from '../support/smsc.ts';
import { makeDataDirectory } from './data-directory.ts';

const { dataDir, rucksack } = await makeDataDirectory();

describe('rucksack certs and doctor', () => {
  test('find a running server ready', async () => {
    const running = await startProcess(processEnvironment(dataDir));
    const { port } = new URL(running.url);
    const { code, stdout } = await runCommand(
      ['doctor'],
      processEnvironment(dataDir, { RUCKSACK_PORT: port }),
    );
    assert.deepEqual([code, /in use by the running server/.test(stdout)], [0, true], stdout);
    await running.stop();
  });

  test('say of a server that is not ready what it says, and of one that hangs that it does', async (t) => {
    const silent = createServer((_request, response) => {
      if (answer !== undefined) response.writeHead(503).end(answer);
    });
    let answer: string | undefined;
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const fresh = await makeTemporaryDirectory();
    t.after(async () => {
      silent.closeAllConnections();
      silent.close();
      await fresh.remove();
    });
    const { port } = silent.address() as AddressInfo;
    const environment = processEnvironment(join(fresh.path, 'data'), { RUCKSACK_PORT: String(port) });
    const hung = await runCommand(['doctor'], environment);
    assert.match(hung.stdout, /WRONG {2}server: http:\S+\/readyz does not answer within 3 s/);
    answer = '{"status":"database cannot write to its disk"}';
    const full = await runCommand(['doctor'], environment);
    assert.match(full.stdout, /WRONG {2}server: .*\/readyz answers 503: database cannot write to its disk/);
    assert.match(full.stdout, /ok {5}database: embedded, in use by the running server/);
    answer = '<h1>Service Unavailable</h1>';
    const proxied = await runCommand(['doctor'], environment);
    assert.match(proxied.stdout, /WRONG {2}server: .*\/readyz answers 503$/m);
    assert.deepEqual([hung.code, full.code, proxied.code], [1, 1, 1]);
  });

  test('reports each check, right or wrong', async () => {
    const fresh = await makeTemporaryDirectory();
    const nothing = await runCommand(['doctor'], processEnvironment(join(fresh.path, 'data')));
    assert.deepEqual([nothing.code, await readdir(fresh.path)], [0, []]);
    await fresh.remove();
    const certs = await rucksack('certs');
    assert.match(certs.stdout, /ca\.pem/);
    const well = await rucksack('doctor');
    assert.equal(well.code, 0, well.stdout);
    assert.match(well.stdout, /data directory: can be written, \d+ MB free/);
    assert.match(well.stdout, /certificates: good until \d{4}-\d\d-\d\d/);
    assert.doesNotMatch(well.stdout, /WRONG/);

    await rucksack('account', 'create', '--name', 'A second one');
    const otherKey = processEnvironment(dataDir, { RUCKSACK_SECRET_KEY: 'ab'.repeat(32) });
    const ill = await runCommand(['doctor'], otherKey);
    assert.equal(ill.code, 1);
    assert.match(
      ill.stdout,
      /WRONG {2}database: the auth token of \S+ and 1 more was encrypted with another secret key/,
    );

    await chmod(join(dataDir, 'certs', 'server.key'), 0o600);
    await writeFile(join(dataDir, 'certs', 'server.key'), 'no key');
    const broken = await rucksack('doctor');
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /WRONG {2}certificates: .*server\.key/);
  });

  const withoutServer = serverUrl === undefined && 'there is no PostgreSQL';
  test('find a PostgreSQL on which no server has started yet', { skip: withoutServer }, async (t) => {
    const empty = await createServerDatabase(serverUrl ?? '');
    t.after(empty.drop);
    const fresh = await makeTemporaryDirectory();
    t.after(fresh.remove);
    const { code, stdout } = await runCommand(
      ['doctor'],
      processEnvironment(join(fresh.path, 'data'), { DATABASE_URL: empty.url }),
    );
    assert.match(stdout, /ok {5}database: PostgreSQL, without our tables yet/);
    assert.deepEqual([code, await readdir(fresh.path)], [0, []]);
  });

  test('read the file of carriers, and bind to the SMSCs in it', async () => {
    const peer = new Smsc(systemTimers, { bind: ({ password }) => (password === 'geheim12' ? 0 : 0x0e) });
    const { address, close } = await peer.listen();
    const fresh = await makeTemporaryDirectory();
    const path = join(fresh.path, 'carriers.json');
    const environment = processEnvironment(join(fresh.path, 'data'), { RUCKSACK_CARRIERS: path });
    const smsc = { name: 'smsc', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' };
    const good = { ...smsc, name: 'good', hosts: [address] };
    const carriers = [smsc, good, { ...good, name: 'bad', password: 'geheim13' }];
    await writeFile(path, JSON.stringify({ carriers, routes: [] }), { mode: 0o600 });
    const closed = await runCommand(['doctor'], environment);
    close();
    assert.match(closed.stdout, /ok {5}carriers: 3 carriers and 0 routes in/);
    assert.match(closed.stdout, /ok {5}carrier good: 127\.0\.0\.1:\d+ took the bind, and calls itself smsc/);
    assert.match(closed.stdout, /WRONG {2}carrier bad: .* 0x0e ESME_RINVPASWD \(the password is wrong/);
    assert.match(closed.stdout, /WRONG {2}carrier smsc: 127\.0\.0\.1:1 cannot be reached/);
    await writeFile(path, JSON.stringify({ carriers: [{ ...smsc, window: 0 }], routes: [] }));
    const wrong = await runCommand(['doctor'], environment);
    assert.match(
      wrong.stdout,
      /WRONG {2}carriers: RUCKSACK_CARRIERS: .*: carriers\[0\]\.window must be at least 1/,
    );
    assert.doesNotMatch(closed.stdout + wrong.stdout, /geheim1/);
    await fresh.remove();
  });
});

describe('certificates from before the voice hosts', () => {
  const advice =
    /is old: it is not for voice\.plivo\.com, voice-usw1\.plivo\.com, voice-use1\.plivo\.com, .*run `rucksack certs --new-authority`/;

  test('serve and are renewed, and doctor, start and certs explain the next step', async (t) => {
    const { path, remove } = await makeTemporaryDirectory();
    t.after(remove);
    await makeCertificates({
      directory: join(path, 'certs'),
      hosts: ['api.plivo.com', 'localhost', '127.0.0.1', '::1'],
      now: new Date(),
      randomBytes: systemRandomBytes,
    });
    const environment = processEnvironment(path, { RUCKSACK_LOG_LEVEL: 'warn' });

    const examined = await runCommand(['doctor'], environment);
    assert.equal(examined.code, 0, examined.stdout);
    assert.match(examined.stdout, /ok .* certificates: good until .*; but it is not for voice\.plivo\.com/);
    const renewed = await runCommand(['certs'], environment);
    assert.equal(renewed.code, 0, renewed.stderr);
    assert.match(renewed.stdout, /^Clients go on trusting/);
    assert.match(renewed.stdout, advice);
    const server = await startProcess(environment);
    assert.match((await server.stop()).stderr, advice);

    const replaced = await runCommand(['certs', '--new-authority'], environment);
    assert.match(replaced.stdout, /^Clients have to trust/);
    assert.doesNotMatch(replaced.stdout + (await runCommand(['doctor'], environment)).stdout, /is not for/);
  });
});
