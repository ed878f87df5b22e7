// A key is remembered by the database, not by a process: the first answer is replayed after a kill.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import { type RunningServer, startProcess } from '../support/process.ts';
import { makeServerHome, type ServerHome } from './server-home.ts';

let home: ServerHome;
let server: RunningServer;

afterEach(async () => {
  if (server.child.exitCode === null) {
    server.child.kill('SIGKILL');
    await once(server.child, 'close');
  }
  await home.remove();
});

async function create(): Promise<{ status: number; text: string; replayed: string | null }> {
  const response = await fetch(`${server.url}/v1/Account/${home.account.authId}/Powerpack/`, {
    method: 'POST',
    headers: {
      authorization: basicAuth(home.account),
      'content-type': 'application/json',
      'idempotency-key': 'before and after',
    },
    body: '{"name":"once"}',
  });
  const text = await response.text();
  return { status: response.status, text, replayed: response.headers.get('idempotent-replayed') };
}

test('a request that is sent again after a kill gets the answer from before', async () => {
  home = await makeServerHome();
  server = await startProcess(home.environment);
  const first = await create();
  assert.deepEqual([first.status, first.replayed], [200, null]);
  const killed = once(server.child, 'close');
  server.child.kill('SIGKILL');
  await killed;
  server = await startProcess(home.environment);
  assert.deepEqual(await create(), { ...first, replayed: 'true' });
});
