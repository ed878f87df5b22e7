// Applications and media uploads of an old SDK release through the drop-in: `node check.mjs FOLDER`, where the SDK is installed.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const plivo = require('plivo');
const axios = createRequire(require.resolve('plivo'))('axios');

const hosts = [];
axios.interceptors.request.use((config) => {
  hosts.push(new URL(config.url).hostname);
  return config;
});
/** Returns the hosts that were called since the last time. */
const called = () => hosts.splice(0);

let done = 0;
async function check(name, run) {
  done++;
  try {
    await run();
    console.log(`ok ${done} - ${name}`);
  } catch (error) {
    console.log(`not ok ${done} - ${name}\n# ${String(error?.stack ?? error).replaceAll('\n', '\n# ')}`);
  }
}

/** Does everything with an application: creates, reads, changes and deletes it. */
async function useApplications(client) {
  const { appId } = await client.applications.create('inbound', {
    answerUrl: 'https://hooks.example.net/voice',
  });
  assert.equal((await client.applications.get(appId)).appName, 'inbound');
  assert.equal((await client.applications.list()).length, 1);
  await client.applications.update(appId, { answerUrl: 'https://hooks.example.net/changed' });
  assert.equal((await client.applications.get(appId)).answerUrl, 'https://hooks.example.net/changed');
  await client.applications.delete(appId);
  assert.deepEqual([...new Set(called())], ['voice.plivo.com']);
}

// Its axios sends a proxy of the environment the whole URL, without CONNECT.
await check('applications, by the proxy of the environment', () => useApplications(new plivo.Client()));

await check('media.upload, by the proxy of the environment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'media-'));
  const file = join(folder, 'menu.png');
  await writeFile(file, '\x89PNG\r\n\x1a\n and what makes a picture', 'latin1');
  const { objects } = await new plivo.Client().media.upload([file]);
  await rm(folder, { recursive: true });
  assert.deepEqual([objects.length, objects[0].status], [1, 'success']);
  assert.deepEqual(called(), ['api.plivo.com']);
});

await check('applications, by the option proxy, which is CONNECT and TLS', async () => {
  const proxy = process.env.SERVER_URL;
  for (const name of ['HTTPS_PROXY', 'https_proxy']) delete process.env[name];
  await useApplications(new plivo.Client(process.env.PLIVO_AUTH_ID, process.env.PLIVO_AUTH_TOKEN, { proxy }));
});

console.log(`1..${done}`);
