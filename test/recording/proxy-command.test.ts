// `rucksack proxy` as people use it: real processes, the certificates of a data directory, a file between recording and replay.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { after, before, describe, type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { basicAuth } from '../support/app.ts';
import {
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  rucksackCommand,
  runCommand,
  startProcess,
} from '../support/process.ts';

const account = { authId: 'MATESTTESTTESTTEST03', authToken: 'a-token-of-our-own-choosing' };
const headers = { authorization: basicAuth(account), 'content-type': 'application/json' };
const path = `/v1/Account/${account.authId}/Powerpack/`;

let directory: { path: string; remove: () => Promise<void> };
let environment: Record<string, string>;
let server: RunningServer;
before(async () => {
  directory = await makeTemporaryDirectory();
  environment = processEnvironment(join(directory.path, 'data'), {
    RUCKSACK_AUTH_ID: account.authId,
    RUCKSACK_AUTH_TOKEN: account.authToken,
  });
  server = await startProcess(environment);
  await runCommand(['certs'], environment);
});
after(async () => {
  await server.stop();
  await directory.remove();
});

/** Starts `rucksack proxy` and waits until it says where it listens. */
async function startProxy(t: TestContext, file: string) {
  const [command = '', ...first] = rucksackCommand;
  const args = [...first, 'proxy', '--target', server.url, '--record', file, '--listen-port', '0'];
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const { value: line } = await lines.next();
  return {
    url: /http:\/\/\S+/.exec(line)?.[0] ?? '',
    async interrupt(): Promise<string> {
      child.kill('SIGINT');
      const { value: last } = await lines.next();
      if (child.exitCode === null) await once(child, 'exit');
      return last;
    },
  };
}

describe('rucksack proxy', () => {
  test('records until it is interrupted, and replay shows what differs', async (t) => {
    const file = join(directory.path, 'calls.jsonl');
    const proxy = await startProxy(t, file);
    const made = await fetch(`${proxy.url}${path}`, { method: 'POST', headers, body: '{"name":"proxied"}' });
    assert.equal(made.status, 200);
    assert.equal((await fetch(`${proxy.url}${path}`, { headers })).status, 200);
    assert.match(await proxy.interrupt(), /^2 calls recorded in .*calls\.jsonl$/);

    const replay = ['proxy', 'replay', file, '--server', server.url];
    // The name is taken by now, and the list has one powerpack; the second refusal lists the same one.
    const { code, stdout, stderr } = await runCommand(replay, environment);
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(stdout, /^differs {2}1 {2}POST \/v1\/Account\/MAMASKED000000000001\/Powerpack\/ 200\n/);
    assert.match(stdout, /^ {11}status: 200 recorded, 409 here$/m);
    assert.match(stdout, /^ {11}uuid: string recorded, absent here$/m);
    assert.match(stdout, /^2 calls: 1 alike, 1 differ, 0 skipped$/m);
  });

  test("is a proxy for the vendor's hosts, by the certificates of the data directory", async (t) => {
    const proxy = await startProxy(t, join(directory.path, 'tunnelled.jsonl'));
    const { hostname, port } = new URL(proxy.url);
    const asked = request({ hostname, port, method: 'CONNECT', path: 'api.plivo.com:443' }).end();
    const [, socket] = await once(asked, 'connect');
    const tunnel = connectTls({ socket, servername: 'api.plivo.com', rejectUnauthorized: false });
    const listed = request({
      createConnection: () => tunnel,
      host: 'api.plivo.com',
      path,
      headers,
    }).end();
    const [response] = await once(listed, 'response');
    assert.equal(response.statusCode, 200);
    assert.equal(((await json(response)) as { objects: unknown[] }).objects.length, 1);
    tunnel.destroy();
    assert.match(await proxy.interrupt(), /^1 calls recorded/);
  });

  test('leaves no file behind when its port is taken', async () => {
    const file = join(directory.path, 'taken.jsonl');
    const { port } = new URL(server.url);
    const { code, stderr } = await runCommand(
      ['proxy', '--record', file, '--listen-port', port],
      environment,
    );
    assert.deepEqual([code, existsSync(file)], [1, false]);
    assert.match(stderr, /^rucksack: listen EADDRINUSE/);
  });

  const refused: [args: string[], sentence: RegExp][] = [
    [[], /^rucksack: --record has to name a new file for the calls\n$/],
    [
      ['--record', 'x', '--target', 'api.plivo.com'],
      /must be http:\/\/ or https:\/\/ and a host, without a path/,
    ],
    [['--record', 'x', '--listen-port', '70000'], /must be a port, 0 to 65535/],
    [
      ['replay', 'nowhere.jsonl', '--server', 'http://127.0.0.1:1'],
      /^rucksack: nowhere\.jsonl cannot be read \(ENOENT\)\n$/,
    ],
  ];
  for (const [args, sentence] of refused) {
    test(`${args.join(' ')} is refused in a sentence`, async () => {
      const { code, stderr } = await runCommand(['proxy', ...args], environment, directory.path);
      assert.equal(code, 1);
      assert.match(stderr, sentence);
    });
  }
});
