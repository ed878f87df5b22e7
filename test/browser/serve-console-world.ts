// `npm run console:world [-- small]`: a server of its own with a busy account after four days, to try the console on; `small` is that of the
// tests, after some hours. It forgets everything at its end.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { packageRoot } from '../../src/base/package-root.ts';
import { basicAuth } from '../support/app.ts';
import { startProcess } from '../support/process.ts';
import { buildWorld, smallWorld, wholeWorld } from './console-world.ts';
import { startShop } from './shop.ts';

const account = { authId: 'MACONSOLEWORLD000000', authToken: randomBytes(20).toString('hex') };
const server = await startProcess(
  {
    RUCKSACK_PORT: '8090',
    RUCKSACK_LOG_LEVEL: 'error',
    // A number sends some 40 messages a day here: enough to judge it by.
    RUCKSACK_HEALTH_MESSAGES: '20',
    ...Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    RUCKSACK_EPHEMERAL: 'on',
    RUCKSACK_VIRTUAL_CLOCK: 'frozen',
    RUCKSACK_AUTH_ID: account.authId,
    RUCKSACK_AUTH_TOKEN: account.authToken,
  },
  [process.execPath, join(packageRoot, 'dist', 'server', 'main.js'), 'start'],
);
const shop = await startShop();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
const startedAt = performance.now();
const size = process.argv[2] === 'small' ? smallWorld : wholeWorld;
await buildWorld(ask, shop, size, (step) => process.stdout.write(`${step}\n`));
await ask('POST', 'Simulator/Clock/', { action: 'resume' });
process.stdout.write(
  `Built in ${Math.round((performance.now() - startedAt) / 1000)} s\n\nConsole     ${server.url}/console\nAuth id     ${account.authId}\nAuth token  ${account.authToken}\n\nCtrl-C ends it, and forgets everything.\n`,
);

/** Returns the body of the answer to a request that must succeed. */
async function ask(method: string, path: string, body?: object) {
  const below = path.startsWith('/') ? path : `/v1/Account/${account.authId}/${path}`;
  const response = await fetch(`${server.url}${below}`, {
    method,
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function stop(): Promise<void> {
  await server.stop();
  await shop.close();
}
