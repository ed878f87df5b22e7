// `npm run console:world`: a server of its own with a busy account after four days, to try the console on. It forgets everything at its end.
import { makeReady } from './ready.mjs';

makeReady();
const { startApp } = await import('../dist/src/app.js');
const { readConfig } = await import('../dist/src/base/config.js');
const { buildWorld, wholeWorld } = await import('../dist/test/browser/console-world.js');
const { startShop } = await import('../dist/test/browser/shop.js');

const app = await startApp(
  readConfig({
    RUCKSACK_PORT: '8090',
    RUCKSACK_LOG_LEVEL: 'error',
    ...process.env,
    RUCKSACK_EPHEMERAL: 'on',
    RUCKSACK_VIRTUAL_CLOCK: 'frozen',
  }),
);
const shop = await startShop();
const { authId, authToken } = app.account;
const headers = {
  authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
  'content-type': 'application/json',
};
const startedAt = performance.now();
await buildWorld(ask, shop, wholeWorld, (step) => process.stdout.write(`${step}\n`));
await ask('POST', 'Simulator/Clock/', { action: 'resume' });
process.stdout.write(
  `Built in ${Math.round((performance.now() - startedAt) / 1000)} s\n\nConsole     ${app.url}/console\nAuth id     ${authId}\nAuth token  ${authToken}\n\nCtrl-C ends it, and forgets everything.\n`,
);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop);

/** Returns the body of the answer to a request that must succeed. */
async function ask(method, path, body) {
  const response = await fetch(`${app.url}${path.startsWith('/') ? path : `/v1/Account/${authId}/${path}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function stop() {
  await app.stop();
  await shop.close();
}
