// `npm run console:world`, as it is called.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import { basicAuth } from '../support/app.ts';

test('npm run console:world starts a server with a busy account, and ends at Ctrl-C', async () => {
  const script = spawn(
    process.execPath,
    [join(packageRoot, 'dist', 'test', 'browser', 'serve-console-world.js'), 'small'],
    {
      env: { PATH: process.env.PATH ?? '', RUCKSACK_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(script, 'exit');
  let output = '';
  await new Promise<void>((resolve) => {
    script.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      if (output.includes('Ctrl-C')) resolve();
    });
    void ended.then(() => resolve());
  });
  const shownAs = (label: string) => new RegExp(`^${label} +(\\S+)$`, 'm').exec(output)?.[1] ?? '';
  const account = { authId: shownAs('Auth id'), authToken: shownAs('Auth token') };
  assert.notEqual(account.authToken, '', output);
  const url = `${new URL(shownAs('Console')).origin}/v1/Account/${account.authId}/Powerpack/`;
  const response = await fetch(url, { headers: { authorization: basicAuth(account) } });
  const { meta } = (await response.json()) as { meta: { total_count: number } };
  assert.equal(meta.total_count, 6);
  script.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});
