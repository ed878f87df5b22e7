// The command line as people use it: real processes, real files, one data directory.
import assert from 'node:assert/strict';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemRandomBytes } from '../src/base/id.ts';
import { makeCertificates } from '../src/tls/make-certificates.ts';
import { basicAuth } from './support/app.ts';
import {
  makeTemporaryDirectory,
  type Outcome,
  processEnvironment,
  runCommand,
  startProcess,
} from './support/process.ts';

let directory: { path: string; remove: () => Promise<void> };
let dataDir: string;
const rucksack = (...args: string[]): Promise<Outcome> => runCommand(args, processEnvironment(dataDir));
const idIn = (text: string): string => /PLIVO_AUTH_ID=(\S+)/.exec(text)?.[1] ?? '';
const tokenIn = (text: string): string => /PLIVO_AUTH_TOKEN=(\S+)/.exec(text)?.[1] ?? '';

before(async () => {
  directory = await makeTemporaryDirectory();
  dataDir = join(directory.path, 'data');
});
after(() => directory.remove());

describe('rucksack start', () => {
  test('greets with working credentials on the first start only, and ends on SIGTERM', async () => {
    const first = await startProcess(processEnvironment(dataDir));
    const account = { authId: idIn(first.greeting), authToken: tokenIn(first.greeting) };
    const path = `/v1/Account/${account.authId}/Powerpack/`;
    const created = await fetch(`${first.url}${path}`, {
      method: 'POST',
      headers: { authorization: basicAuth(account) },
      body: new URLSearchParams({ name: 'first' }),
    });
    assert.equal(created.status, 200);
    const refused = await rucksack('account', 'list');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /in use by process \d+/);
    assert.deepEqual((await first.stop()).code, 0);

    const second = await startProcess(processEnvironment(dataDir));
    assert.doesNotMatch(second.greeting, new RegExp(account.authToken));
    const list = await fetch(`${second.url}${path}`, { headers: { authorization: basicAuth(account) } });
    assert.equal(((await list.json()) as { meta: { total_count: number } }).meta.total_count, 1);
    await second.stop();
  });

  test('keeps its files to itself', async () => {
    assert.equal((await stat(dataDir)).mode & 0o077, 0);
    assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o077, 0);
  });

  test('refuses a wrong setting in one sentence', async () => {
    const { code, stdout, stderr } = await runCommand(
      ['start'],
      processEnvironment(dataDir, { RUCKSACK_PORT: 'http' }),
    );
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(stderr, 'rucksack: RUCKSACK_PORT must be a whole number from 0 to 65535, not "http"\n');
  });

  test('refuses a port that is taken in one sentence', async () => {
    const other = await makeTemporaryDirectory();
    const running = await startProcess(processEnvironment(other.path));
    const { port } = new URL(running.url);
    const { code, stderr } = await runCommand(
      ['start'],
      processEnvironment(dataDir, { RUCKSACK_PORT: port }),
    );
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `rucksack: cannot listen on 127.0.0.1 port ${port}: it is in use; RUCKSACK_PORT chooses another, 0 any free one\n`,
    );
    await running.stop();
    await other.remove();
  });

  test('ends when only its TLS port is taken', async () => {
    const other = await makeTemporaryDirectory();
    await runCommand(['certs'], processEnvironment(other.path));
    const running = await startProcess(processEnvironment(other.path));
    const tlsPort = /https:\/\/127\.0\.0\.1:(\d+)/.exec(running.greeting)?.[1] ?? '';
    const second = await makeTemporaryDirectory();
    await runCommand(['certs'], processEnvironment(second.path));
    const { code, stderr } = await runCommand(
      ['start'],
      processEnvironment(second.path, { RUCKSACK_TLS_PORT: tlsPort }),
    );
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^rucksack: cannot listen on 127\.0\.0\.1 port \d+: it is in use; RUCKSACK_TLS_PORT chooses/,
    );
    assert.match((await runCommand(['account', 'list'], processEnvironment(second.path))).stdout, /^$/);
    await running.stop();
    await Promise.all([other.remove(), second.remove()]);
  });

  test('makes the account that the environment names', async () => {
    const other = await makeTemporaryDirectory();
    const account = { authId: 'MATESTTESTTESTTEST01', authToken: 'a-token-of-our-own-choosing' };
    const named = { RUCKSACK_AUTH_ID: account.authId, RUCKSACK_AUTH_TOKEN: account.authToken };
    for (const _ of ['first', 'second']) {
      const server = await startProcess(processEnvironment(other.path, named));
      const url = `${server.url}/v1/Account/${account.authId}/`;
      assert.equal((await fetch(url, { headers: { authorization: basicAuth(account) } })).status, 200);
      assert.doesNotMatch(server.greeting, /a-token-of-our-own/);
      await server.stop();
    }
    await other.remove();
  });
});

describe('settings', () => {
  const checkedPort = async (args: readonly string[], more: Readonly<Record<string, string>>, cwd?: string) =>
    (await runCommand(['doctor', ...args], processEnvironment(dataDir, more), cwd)).stdout.split('\n')[0];

  test('come from flags, then from the environment, then from a .env file', async () => {
    const folder = await makeTemporaryDirectory();
    await writeFile(join(folder.path, '.env'), 'RUCKSACK_HOST=127.0.0.3\nRUCKSACK_PORT=7003\n');
    const first = await checkedPort(['--port', '7001'], { RUCKSACK_PORT: '7002' }, folder.path);
    assert.match(first ?? '', /listening on 127\.0\.0\.3:7001$/);
    assert.match((await checkedPort([], { RUCKSACK_PORT: '7002' }, folder.path)) ?? '', /127\.0\.0\.3:7002$/);
    await folder.remove();
  });

  test('that are secret have no flag', async () => {
    const { stdout } = await rucksack('start', '--help');
    assert.match(stdout, /--data-dir <value>/);
    assert.doesNotMatch(stdout, /--auth-token|--secret-key/);
  });
});

test('a command that does not exist is answered with the one that was meant', async () => {
  const { code, stderr } = await rucksack('acount');
  assert.equal(code, 1);
  assert.match(stderr, /unknown command 'acount'\n\(Did you mean account\?\)/);
});

describe('the credentials of a data directory', () => {
  let other: { path: string; remove: () => Promise<void> };
  before(async () => {
    other = await makeTemporaryDirectory();
  });
  after(() => other.remove());
  const ask = (...args: string[]) => runCommand(args, processEnvironment(other.path));
  const isValid = async (url: string, text: string) => {
    const account = { authId: idIn(text), authToken: tokenIn(text) };
    const answer = await fetch(`${url}/v1/Account/${account.authId}/`, {
      headers: { authorization: basicAuth(account) },
    });
    return answer.status === 200;
  };

  test('are shown and rotated while the server runs, and after', async () => {
    const server = await startProcess(processEnvironment(other.path));
    const authId = idIn(server.greeting);
    const file = join(other.path, 'env');
    assert.equal((await stat(file)).mode & 0o077, 0);
    const shown = await ask('account', 'show');
    assert.equal(shown.stdout, await readFile(file, 'utf8'));
    assert.match(shown.stdout, new RegExp(`^export RUCKSACK_URL=${server.url}$`, 'm'));
    assert.equal(await isValid(server.url, shown.stdout), true);

    const rotated = await ask('account', 'rotate-token', authId, '--grace-hours', '0');
    assert.notEqual(tokenIn(rotated.stdout), tokenIn(shown.stdout));
    assert.equal(await isValid(server.url, shown.stdout), false);
    assert.equal(await isValid(server.url, await readFile(file, 'utf8')), true);
    assert.match((await ask('doctor')).stdout, new RegExp(`ok +server: ready at ${server.url}`));
    await server.stop();

    assert.equal(tokenIn((await ask('account', 'show', authId)).stdout), tokenIn(rotated.stdout));
    const unknown = await ask('account', 'show', 'MAXXXXXXXXXXXXXXXXXX');
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [1, 'rucksack: there is no account MAXXXXXXXXXXXXXXXXXX\n'],
    );
  });
});

describe('rucksack account', () => {
  test('makes, lists and rotates', async () => {
    const made = await rucksack('account', 'create', '--name', 'Example Ltd');
    const authId = idIn(made.stdout);
    assert.match(authId, /^MA[A-Z0-9]{18}$/);
    assert.equal(tokenIn(made.stdout).length, 40);
    assert.match((await rucksack('account', 'list')).stdout, new RegExp(`^${authId} .* Example Ltd$`, 'm'));
    const rotated = await rucksack('account', 'rotate-token', authId, '--grace-hours', '0');
    assert.notEqual(tokenIn(rotated.stdout), tokenIn(made.stdout));
    const unknown = await rucksack('account', 'rotate-token', 'MAXXXXXXXXXXXXXXXXXX');
    assert.deepEqual([unknown.code, unknown.stderr], [1, 'rucksack: account not found\n']);
  });
});

describe('rucksack number import', () => {
  const importFile = async (lines: readonly string[], ...options: string[]) => {
    const file = join(directory.path, 'numbers.csv');
    await writeFile(file, `${lines.join('\r\n')}\r\n`);
    const account = /^(MA\S+) .* Example Ltd$/m.exec((await rucksack('account', 'list')).stdout)?.[1] ?? '';
    return rucksack('number', 'import', file, '--account', account, ...options);
  };

  test('takes thousands of rows', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `+1415${2_000_000 + index},desk ${index}`);
    const { code, stdout } = await importFile(['number,alias', ...rows]);
    assert.deepEqual([code, stdout], [0, '3000 imported, 0 already there, 0 bad rows skipped\n']);
  });

  const withBadRows = [
    'number,alias,app_id',
    '442071838750,ok,',
    '"4155550100",no country,',
    '14152000001,there already,',
    '442071838751,,99',
  ];

  test('reports every bad row by its line, and then imports nothing', async () => {
    const { code, stdout, stderr } = await importFile(withBadRows);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^line 3: "4155550100" is not a phone number/m);
    assert.match(stderr, /^line 5: there is no application 99$/m);
    assert.match(stderr, /Nothing was imported: 2 of 4 rows are bad/);
  });

  test('skips them with --skip-bad', async () => {
    const { code, stdout } = await importFile(withBadRows, '--skip-bad');
    assert.deepEqual([code, stdout], [0, '1 imported, 1 already there, 2 bad rows skipped\n']);
  });

  test('reports rows that are wrong in the same way on one line', async () => {
    const { code, stderr } = await importFile([
      'number,alias',
      ...Array.from({ length: 8 }, () => '442071838762'),
    ]);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      'lines 2, 3, 4, 5, 6 and 3 more: not as many fields as the header has\nNothing was imported: 8 of 8 rows are bad. Mend them, or pass --skip-bad.\n',
    );
  });

  test('reports a repeated number and an incomplete row', async () => {
    const { code, stderr } = await importFile([
      'number,alias',
      '442071838760,a',
      '+44 20 7183 8760,b',
      '442071838761,My, alias',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /^line 3: 442071838760 stands on line 2 already$/m);
    assert.match(stderr, /^line 4: not as many fields as the header has$/m);
  });

  test('reads national numbers where a country is named, and refuses them otherwise', async () => {
    const national = ['number', '(201) 555-0111', '+44 20 7183 8770'];
    const refused = await importFile(national);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^line 2: "\(201\) 555-0111" is not .*: did you mean 12015550111\?/m);
    const { code, stdout } = await importFile(national, '--country', 'us');
    assert.deepEqual([code, stdout], [0, '2 imported, 0 already there, 0 bad rows skipped\n']);
    const again = await importFile(['number', '12015550111', '442071838770', '1 201 555 0111'], '--skip-bad');
    assert.match(again.stderr, /^line 4: 12015550111 stands on line 2 already$/m);
    assert.match(again.stdout, /^0 imported, 2 already there/);
    const nowhere = await importFile(national, '--country', 'USA');
    assert.match(nowhere.stderr, /must be the ISO 3166-1 code of a country/);
  });

  for (const [what, lines, sentence] of [
    ['a file without a number column', ['phone', '1'], /unknown column "phone"/],
    ['an empty file', [''], /needs a header with a column "number"/],
    ['a column that stands twice', ['number,number', '1,2'], /a column stands twice/],
    [
      'a quote that is never closed',
      ['number', '14155550100', '"14155550101', '14155550102'],
      /row that begins on line 3 is never closed/,
    ],
    ['a file that is no CSV', ['number', '1"4"155550100'], /not valid CSV/],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const { code, stderr } = await importFile(lines);
      assert.equal(code, 1);
      assert.match(stderr, sentence);
    });
  }

  test('refuses a file that is not there', async () => {
    const { code, stderr } = await rucksack('number', 'import', join(directory.path, 'nowhere.csv'));
    assert.equal(code, 1);
    assert.match(stderr, /^rucksack: ENOENT.*nowhere\.csv/);
  });
});

describe('rucksack certs and doctor', () => {
  test('find a running server ready', async () => {
    const running = await startProcess(processEnvironment(dataDir));
    const { port } = new URL(running.url);
    const { code, stdout } = await runCommand(
      ['doctor'],
      processEnvironment(dataDir, { RUCKSACK_PORT: port }),
    );
    assert.deepEqual([code, /in use by the running server/.test(stdout)], [0, true], stdout);
    await running.stop();
  });

  test('reports each check, right or wrong', async () => {
    const fresh = await makeTemporaryDirectory();
    const nothing = await runCommand(['doctor'], processEnvironment(join(fresh.path, 'data')));
    assert.deepEqual([nothing.code, await readdir(fresh.path)], [0, []]);
    await fresh.remove();
    const certs = await rucksack('certs');
    assert.match(certs.stdout, /ca\.pem/);
    const well = await rucksack('doctor');
    assert.equal(well.code, 0, well.stdout);
    assert.match(well.stdout, /certificates: good until \d{4}-\d\d-\d\d/);
    assert.doesNotMatch(well.stdout, /WRONG/);

    const otherKey = processEnvironment(dataDir, { RUCKSACK_SECRET_KEY: 'ab'.repeat(32) });
    const ill = await runCommand(['doctor'], otherKey);
    assert.equal(ill.code, 1);
    assert.match(
      ill.stdout,
      /WRONG {2}database: the auth token of \S+ and 1 more was encrypted with another secret key/,
    );

    await chmod(join(dataDir, 'certs', 'server.key'), 0o600);
    await writeFile(join(dataDir, 'certs', 'server.key'), 'no key');
    const broken = await rucksack('doctor');
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /WRONG {2}certificates: .*server\.key/);
  });

  test('read the file of carriers, and connect to the SMSCs in it', async () => {
    const fresh = await makeTemporaryDirectory();
    const path = join(fresh.path, 'carriers.json');
    const environment = processEnvironment(join(fresh.path, 'data'), { RUCKSACK_CARRIERS: path });
    const smsc = { name: 'smsc', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' };
    await writeFile(path, JSON.stringify({ carriers: [smsc], routes: [] }), { mode: 0o600 });
    const closed = await runCommand(['doctor'], environment);
    assert.match(closed.stdout, /ok {5}carriers: 1 carrier and 0 routes in/);
    assert.match(closed.stdout, /WRONG {2}carrier smsc: 127\.0\.0\.1:1 cannot be reached/);
    await writeFile(path, JSON.stringify({ carriers: [{ ...smsc, window: 0 }], routes: [] }));
    const wrong = await runCommand(['doctor'], environment);
    assert.match(
      wrong.stdout,
      /WRONG {2}carriers: RUCKSACK_CARRIERS: .*: carriers\[0\]\.window must be at least 1/,
    );
    assert.doesNotMatch(closed.stdout + wrong.stdout, /geheim12/);
    await fresh.remove();
  });
});

describe('certificates from before the voice hosts', () => {
  const advice =
    /is old: it is not for voice\.plivo\.com, voice-usw1\.plivo\.com, voice-use1\.plivo\.com, .*run `rucksack certs --new-authority`/;

  test('serve and are renewed, and doctor, start and certs explain the next step', async (t) => {
    const { path, remove } = await makeTemporaryDirectory();
    t.after(remove);
    await makeCertificates({
      directory: join(path, 'certs'),
      hosts: ['api.plivo.com', 'localhost', '127.0.0.1', '::1'],
      now: new Date(),
      randomBytes: systemRandomBytes,
    });
    const environment = processEnvironment(path, { RUCKSACK_LOG_LEVEL: 'warn' });

    const examined = await runCommand(['doctor'], environment);
    assert.equal(examined.code, 0, examined.stdout);
    assert.match(examined.stdout, /ok .* certificates: good until .*; but it is not for voice\.plivo\.com/);
    const renewed = await runCommand(['certs'], environment);
    assert.equal(renewed.code, 0, renewed.stderr);
    assert.match(renewed.stdout, /^Clients go on trusting/);
    assert.match(renewed.stdout, advice);
    const server = await startProcess(environment);
    assert.match((await server.stop()).stderr, advice);

    const replaced = await runCommand(['certs', '--new-authority'], environment);
    assert.match(replaced.stdout, /^Clients have to trust/);
    assert.doesNotMatch(replaced.stdout + (await runCommand(['doctor'], environment)).stdout, /is not for/);
  });
});

test('every command has help', async () => {
  const commands = [
    '',
    'start',
    'account',
    'account create',
    'account list',
    'account rotate-token',
    'number',
    'number import',
    'certs',
    'doctor',
  ];
  const helps = await Promise.all(
    commands.map((command) => rucksack(...command.split(' ').filter(Boolean), '--help')),
  );
  for (const { code, stdout } of helps) {
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: rucksack/);
  }
});
