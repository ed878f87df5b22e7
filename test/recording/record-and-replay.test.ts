// A program's calls to the vendor, for which another Rucksack stands in, are recorded and repeated against a Rucksack.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { readRecording } from '../../src/recording/recorded-call.ts';
import { openRecordingFile } from '../../src/recording/recording-file.ts';
import { startRecordingProxy } from '../../src/recording/recording-proxy.ts';
import { type ReplayedCall, replayRecording } from '../../src/recording/replay-recording.ts';
import { makeClient } from '../compat/node-sdk.ts';
import { basicAuth, repeatableBytes, startTestApp, type TestApp, testStart } from '../support/app.ts';
import { makeTemporaryDirectory } from '../support/process.ts';

let directory: { path: string; remove: () => Promise<void> };
let vendor: TestApp;
before(async () => {
  directory = await makeTemporaryDirectory();
  vendor = await startTestApp();
});
after(async () => {
  await vendor.stop();
  await directory.remove();
});

let count = 0;

/** Starts a proxy that records into a new file. */
async function startProxy(t: TestContext, url = vendor.url) {
  count += 1;
  const path = join(directory.path, `${count}.jsonl`);
  const lines: string[] = [];
  const proxy = await startRecordingProxy({
    origin: new URL(url),
    host: '127.0.0.1',
    port: 0,
    file: await openRecordingFile(path),
    certificates: undefined,
    now: () => testStart,
    randomBytes: repeatableBytes(7),
    log: (line) => lines.push(line),
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= proxy.stop();
    return stopped;
  };
  t.after(stop);
  return { ...proxy, stop, path, lines, url: `http://127.0.0.1:${proxy.port}` };
}

/** Starts a server in the place of the vendor. */
async function startOrigin(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function replay(path: string, server: TestApp, ignored: string[] = []): Promise<ReplayedCall[]> {
  const options = { server: server.url, credentials: server.account, ignored: new Set(ignored) };
  return collect(replayRecording(readRecording(path), options));
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const found = (calls: readonly ReplayedCall[]) =>
  calls.flatMap(({ call, divergences, skipped }) =>
    skipped === undefined
      ? divergences.map(({ path, recorded, replayed }) => `${call.method} ${path}: ${recorded} / ${replayed}`)
      : [`${call.method} skipped`],
  );

/** Makes a powerpack with a number found by a search, sends through it, and deletes it, by the vendor's SDK. */
async function useSdk(url: string, account: TestApp['account']): Promise<void> {
  const client = makeClient(account, { url: `${url}/v1/Account/${account.authId}` });
  const { uuid } = await client.powerpacks.create('recorded');
  const powerpack = await client.powerpacks.get(uuid);
  await powerpack.buy_add_number({ country_iso2: 'US', pattern: '415' });
  await powerpack.list_numbers();
  const sent = await client.messages.create({
    powerpackUUID: uuid,
    dst: '+12125550123',
    text: 'Your code is 483920',
    url: 'http://127.0.0.1:9/status?key=tell-nobody',
  });
  await client.messages.get(sent.messageUuid[0]);
  await powerpack.update({ name: 'renamed' });
  await powerpack.delete(true);
}

/** Fields that say how far a server has come when it is asked. */
const racing = ['message_state'];

describe('a recording', () => {
  test('has every call, and no secret, number or text', async (t) => {
    const proxy = await startProxy(t);
    await useSdk(proxy.url, vendor.account);
    await proxy.stop();
    assert.equal((await stat(proxy.path)).mode & 0o077, 0);
    const text = await readFile(proxy.path, 'utf8');
    const calls = await collect(readRecording(proxy.path));
    assert.ok(calls.length >= 8);
    assert.equal(proxy.recorded(), calls.length);
    assert.equal(proxy.lines.length, calls.length);
    const { authId, authToken } = vendor.account;
    const credentials = Buffer.from(`${authId}:${authToken}`).toString('base64');
    const secrets = [
      authId,
      authToken,
      credentials,
      '12125550123',
      '483920',
      'customer.example',
      'tell-nobody',
    ];
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), secret);
      assert.ok(!proxy.lines.join('\n').includes(secret), secret);
    }
  });

  test('replayed against a server like the vendor shows no divergence', async (t) => {
    const proxy = await startProxy(t);
    await useSdk(proxy.url, vendor.account);
    await proxy.stop();
    const server = await startTestApp();
    try {
      const calls = await replay(proxy.path, server, racing);
      assert.deepEqual(found(calls), []);
      assert.equal(calls.length, proxy.recorded());
    } finally {
      await server.stop();
    }
  });

  test('replayed against a server that differs shows each divergence', async (t) => {
    const proxy = await startProxy(t);
    await useSdk(proxy.url, vendor.account);
    await proxy.stop();
    const server = await startTestApp({ RUCKSACK_DELETE_STATUS: '200' });
    try {
      assert.deepEqual(found(await replay(proxy.path, server, racing)), [
        'DELETE status: 204 / 200',
        'DELETE : none / json',
      ]);
    } finally {
      await server.stop();
    }
  });

  test('of what was there before is skipped, not taken for a divergence', async (t) => {
    const { body: made } = await vendor.call('POST', 'Powerpack/', { name: 'there before' });
    const proxy = await startProxy(t);
    const path = `/v1/Account/${vendor.account.authId}`;
    const headers = { authorization: basicAuth(vendor.account), 'content-type': 'application/json' };
    await fetch(`${proxy.url}${path}/Powerpack/${made.uuid}/`, { headers });
    await fetch(`${proxy.url}${path}/Powerpack/${made.uuid.replace(/^./, 'f')}/`, { headers });
    await proxy.stop();
    const server = await startTestApp();
    try {
      assert.deepEqual(found(await replay(proxy.path, server)), ['GET skipped']);
    } finally {
      await server.stop();
    }
  });

  test('of a call whose credentials were refused is skipped: they are not recorded', async (t) => {
    const proxy = await startProxy(t);
    const wrong = { ...vendor.account, authToken: 'a-token-that-is-not-valid' };
    await fetch(`${proxy.url}/v1/Account/${wrong.authId}/Powerpack/`, {
      headers: { authorization: basicAuth(wrong) },
    });
    await proxy.stop();
    const server = await startTestApp();
    try {
      assert.deepEqual(found(await replay(proxy.path, server)), ['GET skipped']);
    } finally {
      await server.stop();
    }
  });

  test('never goes into a file that is there', async () => {
    const path = join(directory.path, 'there.jsonl');
    await writeFile(path, 'mine');
    await assert.rejects(openRecordingFile(path), /is there already/);
    assert.equal(await readFile(path, 'utf8'), 'mine');
  });

  const damaged = ['{', 'null', '[]', '{"method":"GET","target":"https://elsewhere/","status":200}'];
  for (const line of damaged) {
    test(`with the line ${line} is refused with its number`, async () => {
      const path = join(directory.path, 'damaged.jsonl');
      await writeFile(path, `\n${line}\n`);
      await assert.rejects(collect(readRecording(path)), /damaged\.jsonl, line 2: this is no recorded call/);
    });
  }

  test('that is not there is refused in one sentence', async () => {
    const path = join(directory.path, 'nowhere.jsonl');
    await assert.rejects(collect(readRecording(path)), /nowhere\.jsonl cannot be read \(ENOENT\)/);
  });
});

describe('the proxy', () => {
  test('passes requests and responses on as they are', async (t) => {
    const body = Buffer.from([0xff, 0x00, 0x01]);
    const origin = await startOrigin(t, (request, response) => {
      response.writeHead(207, { 'x-mine': 'yes', 'content-type': 'image/png' });
      request.pipe(response);
    });
    const proxy = await startProxy(t, origin);
    const response = await fetch(`${proxy.url}/any//path?q=%20`, { method: 'PUT', body });
    assert.deepEqual(
      [response.status, response.headers.get('x-mine'), response.headers.get('content-type')],
      [207, 'yes', 'image/png'],
    );
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), body);
    await proxy.stop();
    const [call] = await collect(readRecording(proxy.path));
    assert.equal(call?.target, '/any//path?q=+');
    assert.deepEqual(call?.response, { omitted: 'image/png' });
  });

  test('says so when the vendor cannot be reached, and records nothing', async (t) => {
    const gone = await startOrigin(t, () => {});
    const proxy = await startProxy(t, gone.replace(/\d+$/, '1'));
    const response = await fetch(`${proxy.url}/v1/Account/MA1234567890ABCDEFGH/`);
    assert.equal(response.status, 502);
    const { error } = (await response.json()) as { error: string };
    assert.match(error, /^127\.0\.0\.1:1 could not be asked: ECONNREFUSED$/);
    assert.match(proxy.lines.join('\n'), /MAMASKED000000000001\/ not recorded/);
    await proxy.stop();
    assert.equal(await readFile(proxy.path, 'utf8'), '');
  });

  test('passes on a response that cannot be recorded', async (t) => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const origin = await startOrigin(t, (_request, response) => response.end(deep));
    const proxy = await startProxy(t, origin);
    const response = await fetch(`${proxy.url}/`);
    assert.equal(await response.text(), deep);
    assert.match(proxy.lines.join(''), /^GET \/ not recorded: /);
    assert.equal(proxy.recorded(), 0);
  });

  test('refuses a body beyond its limit, and a response beyond it', async (t) => {
    const huge = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const origin = await startOrigin(t, (request, response) => {
      request.resume().on('end', () => response.end(huge));
    });
    const proxy = await startProxy(t, origin);
    assert.equal((await fetch(`${proxy.url}/`)).status, 502);
    const refused = await fetch(`${proxy.url}/`, { method: 'POST', body: huge }).catch(() => undefined);
    assert.ok(refused === undefined || refused.status === 413);
    await proxy.stop();
    assert.equal(proxy.recorded(), 0);
  });
});
