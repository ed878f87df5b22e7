// The samples of README.md, run as they are printed. (The Python one runs in `npm run test:sdks`.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { hasProgram, type Run, runProgram } from './drop-in.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

/** Where README says that the server listens. */
const printedUrl = 'http://127.0.0.1:8080';

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

/**
 * Runs the sample below a heading, as an account of its own. It must end well, and leave nothing behind of what it made
 * and rented.
 */
async function runSample(heading: string, command: string, ...flags: readonly string[]): Promise<Run> {
  const [, sample = ''] =
    new RegExp(`^### ${heading}$[^#]*?^\`\`\`\\w+$(.*?)^\`\`\`$`, 'ms').exec(readme) ?? [];
  assert.ok(sample.includes(printedUrl), `README has no sample for ${heading} that calls ${printedUrl}`);
  const account = await app.makeAccount(heading);
  const run = await runProgram(command, [...flags, sample.replaceAll(printedUrl, app.url)], {
    PLIVO_AUTH_ID: account.authId,
    PLIVO_AUTH_TOKEN: account.authToken,
  });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  for (const list of ['Powerpack/', 'Number/']) {
    assert.equal((await app.call('GET', list, undefined, { as: account })).body.meta.total_count, 0, list);
  }
  return run;
}
