// The test kit for Node: its sample in docs/testing.md, run as it is printed, with the vendor's SDK.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../src/base/package-root.ts';

const run = promisify(execFile);

/** Runs a program of Node in the package, where both packages are found. */
async function runProgram(program: string): Promise<string> {
  const environment = { PATH: process.env.PATH ?? '' };
  const options = { cwd: packageRoot, env: environment };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], options);
  return stdout;
}

test('the sample of the manual passes', async () => {
  const manual = readFileSync(join(packageRoot, 'docs', 'testing.md'), 'utf8');
  const [, sample = ''] = /^## Node\n[\s\S]*?```js\n([\s\S]*?)```/m.exec(manual) ?? [];
  const output = await runProgram(sample);
  assert.match(output, /^# pass 2$|^ℹ pass 2$/m);
});

test('accounts of one server keep apart, answer callbacks, and say what did not come', async () => {
  const output = await runProgram(`
    import { startRucksack } from 'rucksack-server/testing';
    const rucksack = await startRucksack({ clock: new Date('2026-03-14T09:26:53Z') });
    const seed = (pattern, url) => ({
      applications: [{ app_name: 'replies', message_url: url }],
      powerpacks: [{ name: 'pool', application: 'replies', numbers: [{ pattern }] }],
    });
    const one = await rucksack.makeAccount('one');
    const other = await rucksack.makeAccount('other');
    const { numbers: [number] } = await one.seed(seed('206', one.callbackUrl));
    await other.seed(seed('303', other.callbackUrl));
    one.answer = ({ parameters }) =>
      '<Response><Message src="' + parameters.To + '" dst="' + parameters.From + '">Thank you</Message></Response>';
    const waiting = one.nextMessage({ to: '+12125550199', text: 'Thank' });
    await one.sendFromHandset('12125550199', number, 'Hello');
    console.log((await one.nextCallback()).parameters.Text, (await waiting).text);
    const late = await other.nextMessage({}, { timeoutMs: 50 }).catch((error) => error.message);
    console.log(late);
    console.log(await one.seed({ powerpacks: [{}] }).catch((error) => error.message));
    await rucksack.stop();
  `);
  assert.deepEqual(output.trim().split('\n'), [
    'Hello Thank you',
    'no message of that kind came within 50 ms',
    'Seed/ was refused with 400: powerpacks[0].name is required',
  ]);
});

test('a callback is answered with a status, later too, and comes again', async () => {
  const output = await runProgram(`
    import { startRucksack } from 'rucksack-server/testing';
    process.on('unhandledRejection', (error) => console.log(error.message));
    const rucksack = await startRucksack();
    const { account } = rucksack;
    const { numbers: [number] } = await account.seed({
      applications: [{ app_name: 'replies', message_url: account.callbackUrl }],
      powerpacks: [{ name: 'pool', application: 'replies', numbers: [{ pattern: '206' }] }],
    });
    const answers = [() => ({ status: 503 }), async () => ({ status: 429, body: 'later' }), () => missing.xml, () => ''];
    account.answer = () => answers.shift()();
    await account.sendFromHandset('12125550199', number, 'Hello');
    for (const seconds of [0, 60, 120, 240]) await rucksack.advance(seconds * 1000);
    for (let count = 0; count < 4; count += 1) await account.nextCallback();
    const [webhook] = (await account.client.GET('/Webhook/')).data.objects;
    const path = { webhook_uuid: webhook.webhook_uuid };
    const { data } = await account.client.GET('/Webhook/{webhook_uuid}/', { params: { path } });
    console.log(data.outcome, ...data.log.map(({ status }) => status));
    await rucksack.stop();
  `);
  assert.deepEqual(output.trim().split('\n'), ['missing is not defined', 'delivered 503 429 500 200']);
});
