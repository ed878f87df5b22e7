// The samples of README.md, run as they are printed. (The Python one runs in `npm run test:sdks`.)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import type { Credentials } from '../../src/http/basic-auth.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { seenBy } from '../support/messaging.ts';
import { hasProgram, type Run, runProgram } from './drop-in.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

test('Node', async () => {
  const { stdout } = await runSample('Node', process.execPath, '--input-type=module', '-e');
  assert.match(stdout, /your_powerpack_name/);
  assert.match(stdout, /1415555\d{4}/);
});

test('curl', async (context) => {
  if (!(await hasProgram('curl'))) return context.skip('curl is not installed');
  const { stdout } = await runSample('curl', 'sh', '-e', '-c');
  const [added, renamed, listed, status] = stdout.trim().split('\n');
  assert.match(JSON.parse(added ?? '').number, /^1415555\d{4}$/);
  assert.equal(JSON.parse(renamed ?? '').name, 'your_powerpack_name');
  assert.equal(JSON.parse(listed ?? '').meta.total_count, 1);
  assert.equal(status, '204');
});

test('Send a message, and receive a reply', async (context) => {
  if (!(await hasProgram('curl'))) return context.skip('curl is not installed');
  const account = await app.makeAccount('message');
  const [receiver = '', sender = ''] = blocksBelow('## Send a message');
  const [reply = ''] = blocksBelow('## Receive a reply');
  const [functions = ''] = blocksBelow('### curl');
  const port = await freePort();
  const replaced = (text: string) => text.replaceAll('9000', String(port));

  // The receiver's own process, not a shell that leaves it behind.
  const [, program = ''] = /^node -e '(.*)'$/m.exec(replaced(receiver)) ?? [];
  const listening = program.replace(/\)$/, ', () => console.log("listening"))');
  const heard = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const says = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(wanted) && resolve();
      heard.stdout.on('data', look);
      look();
    });
  heard.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  try {
    await says('listening');
    const { code, stdout, stderr } = await runProgram(
      'sh',
      ['-e', '-c', replaced([...functions.trim().split('\n').slice(0, 3), sender, reply].join('\n'))],
      accessOf(account),
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"message":"message\(s\) queued"/);
    await says('Status=queued');
    await app.advance(5000);
    await says('Status=delivered');
    assert.match(output, /From=1415555\d{4}&To=12125550199/);
    for (const heardOfReply of ['Text=Who+is+this%3F', 'MessageIntent=optout', 'ErrorCode=200']) {
      await says(heardOfReply);
    }
    assert.deepEqual(
      seenBy(app, '12125550199').map(({ text }) => text),
      [
        'Hello!',
        'You have been unsubscribed and will not receive any more messages from this number.',
        'Goodbye',
        'You have been subscribed again and will receive messages from this number.',
      ],
    );
  } finally {
    heard.kill();
  }
});

/** Returns what `source rucksack-data/env` gives to a shell. */
const accessOf = ({ authId, authToken }: Credentials) => ({
  RUCKSACK_URL: app.url,
  PLIVO_AUTH_ID: authId,
  PLIVO_AUTH_TOKEN: authToken,
});

/** Returns the blocks of code between a heading and the next one. */
function blocksBelow(heading: string): string[] {
  const [, part = ''] = new RegExp(`^${heading}$(.*?)(?=^##|$(?![\\s\\S]))`, 'ms').exec(readme) ?? [];
  return [...part.matchAll(/^```\w+$(.*?)^```$/gms)].map(([, block = '']) => block);
}

/** Returns a port of the loopback address without a listener. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Runs the sample below a heading, as an account of its own. It must end well, and leave nothing behind of what it made
 * and rented.
 */
async function runSample(heading: string, command: string, ...flags: readonly string[]): Promise<Run> {
  const [, sample = ''] =
    new RegExp(`^### ${heading}$[^#]*?^\`\`\`\\w+$(.*?)^\`\`\`$`, 'ms').exec(readme) ?? [];
  assert.ok(sample.includes('RUCKSACK_URL'), `README has no sample for ${heading} that calls the server`);
  const account = await app.makeAccount(heading);
  const run = await runProgram(command, [...flags, sample], accessOf(account));
  assert.equal(run.code, 0, run.stderr + run.stdout);
  for (const list of ['Powerpack/', 'Number/']) {
    assert.equal((await app.call('GET', list, undefined, { as: account })).body.meta.total_count, 0, list);
  }
  return run;
}
