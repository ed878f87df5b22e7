// The package as it is published: packed, installed elsewhere, run.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { describeApi } from '../src/api/reference/openapi.ts';
import { routes } from '../src/api/routes.ts';
import { packageRoot } from '../src/base/package-root.ts';
import { brokenLinks, documentsBelow } from './documents/links.ts';
import { basicAuth } from './support/app.ts';
import { makeTemporaryDirectory, processEnvironment, startProcess } from './support/process.ts';

const run = promisify(execFile);
const account = { authId: 'MATESTTESTTESTTEST02', authToken: 'a-token-of-our-own-choosing' };

/** A user's program with the typed client. */
const clientSample = `
  import { answerOf, createClient } from 'rucksack-server/client';
  const [url, authId, authToken] = process.argv.slice(2);
  const client = createClient({ url, authId, authToken });
  const { uuid } = await answerOf(client.POST('/Powerpack/', { body: { name: 'made with the client' } }));
  const path = { powerpack_uuid: uuid };
  console.log((await answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params: { path } }))).name);
`;

/** A user's test suite with the test kit. */
const kitSample = `
  import { startRucksack } from 'rucksack-server/testing';
  const rucksack = await startRucksack({ seed: { numbers: [{ pattern: '415' }] } });
  const { account } = rucksack;
  await account.sendFromHandset('12125550199', '14155550100', 'hello');
  const { data } = await account.client.GET('/Message/');
  console.log(data.objects.map(({ from_number: from }) => from).join());
  await rucksack.stop();
`;

test('the packed tarball installs and runs elsewhere, with its database template', async () => {
  const elsewhere = await makeTemporaryDirectory();
  try {
    const built = (await stat(join(packageRoot, 'dist', '.built'))).mtimeMs;
    await run('npm', ['pack', '--pack-destination', elsewhere.path, '--silent'], { cwd: packageRoot });
    // Packing builds when sources changed. Here they did not, and a build would take the files of the running tests away.
    assert.equal((await stat(join(packageRoot, 'dist', '.built'))).mtimeMs, built);
    const [tarball = ''] = (await readdir(elsewhere.path)).filter((file) => file.endsWith('.tgz'));
    await writeFile(join(elsewhere.path, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`], {
      cwd: elsewhere.path,
    });

    const installed = join(elsewhere.path, 'node_modules', 'rucksack-server');
    assert.ok(existsSync(join(installed, 'dist', 'database-template.tar.gz')));
    assert.ok(!existsSync(join(installed, 'dist', 'test')));
    const inside = await readdir(installed, { recursive: true });
    assert.deepEqual(
      inside.filter((file) => /tsbuildinfo$|\.png$|\.test\.js$/.test(file)),
      [],
    );
    // Pictures stay in the repository; all other links of its documents lead to files of the package.
    const links = brokenLinks(installed, documentsBelow(installed, ['docs', 'kits']));
    assert.deepEqual(
      links.filter((link) => !link.endsWith('.png')),
      [],
    );
    const notices = await readFile(join(installed, 'dist', 'console', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    assert.match(notices, /^preact \d+\.\d+\.\d+ \(MIT\)$/m);
    const joined = await readFile(join(installed, 'dist', 'server', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    assert.deepEqual(
      joined.match(/^\S+ \d+\.\d+\.\d+ \(.+\)$/gm)?.map((line) => line.split(' ')[0]),
      ['libphonenumber-js', 'typebox', 'zod'],
    );
    const sbom = JSON.parse(await readFile(join(installed, 'dist', 'sbom.cdx.json'), 'utf8'));
    assert.ok(sbom.components.some(({ name }: { name: string }) => name === 'fastify'));
    const types = await readFile(join(installed, 'dist', 'client', 'schema.d.ts'), 'utf8');
    for (const path of Object.keys(describeApi(routes, '', undefined).paths)) {
      assert.ok(types.includes(`"${path.replace('/v1/Account/{auth_id}/', '/')}"`), path);
    }

    const environment = processEnvironment(join(elsewhere.path, 'data'), {
      RUCKSACK_AUTH_ID: account.authId,
      RUCKSACK_AUTH_TOKEN: account.authToken,
      // Where Node says at the end which modules it has loaded.
      NODE_V8_COVERAGE: join(elsewhere.path, 'loaded'),
    });
    const server = await startProcess(environment, [
      join(elsewhere.path, 'node_modules', '.bin', 'rucksack'),
      'start',
    ]);
    const read = (path: string) =>
      fetch(`${server.url}${path}`, { headers: { authorization: basicAuth(account) } });
    assert.equal((await read(`/v1/Account/${account.authId}/Powerpack/`)).status, 200);
    assert.equal((await read('/docs')).status, 200);
    assert.equal((await read('/openapi.json')).status, 200);
    const console = await (await read('/console/powerpacks')).text();
    for (const [, asset = ''] of console.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g)) {
      assert.equal((await read(asset)).status, 200, asset);
    }
    assert.match(console, /<script type="module" src="\/console\/assets\/[^"]+\.js">/);

    await writeFile(join(elsewhere.path, 'try.mjs'), clientSample);
    const { stdout } = await run('node', ['try.mjs', server.url, account.authId, account.authToken], {
      cwd: elsewhere.path,
    });
    assert.equal(stdout, 'made with the client\n');
    assert.equal((await server.stop()).code, 0);
    // Forty of ours and 430 of libraries that are not joined. Each costs a start half a millisecond; without joining there were 1,950.
    const loaded = await loadedModules(join(elsewhere.path, 'loaded'));
    assert.ok(loaded.length < 600, `${loaded.length} modules`);

    await writeFile(join(elsewhere.path, 'suite.mjs'), kitSample);
    const suite = await run('node', ['suite.mjs'], { cwd: elsewhere.path });
    assert.equal(suite.stdout, '12125550199\n');
  } finally {
    await elsewhere.remove();
  }
});

/** Returns the addresses of the modules that a process has loaded, and its threads. */
async function loadedModules(folder: string): Promise<readonly string[]> {
  const reports = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')),
  );
  const urls = reports.flatMap((report) =>
    (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
  );
  return urls.filter((url) => url.startsWith('file:'));
}

test('no dependency that users install runs a script on install', async () => {
  const { packages } = JSON.parse(await readFile(join(packageRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
  };
  const scripted = Object.entries(packages).filter(
    ([, { dev, hasInstallScript }]) => hasInstallScript && !dev,
  );
  assert.deepEqual(
    scripted.map(([name]) => name),
    [],
  );
});
