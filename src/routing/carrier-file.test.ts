// The file of carriers and routes: what it says, and one sentence for everything that is wrong in it.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { OperatorError } from '../base/errors.ts';
import { resolveSecrets } from '../carriers/carrier-secrets.ts';
import { type FileSurroundings, loadCarrierFile } from './carrier-file.ts';

let folder: string;
let path: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rucksack-carriers-'));
  path = join(folder, 'carriers.json');
});
after(() => rm(folder, { recursive: true }));

const surroundings = { variable: () => undefined, hasSimulator: true, hasPublicUrl: true };

async function load(content: unknown, around: FileSurroundings = surroundings) {
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return loadCarrierFile(path, around);
}

const simulator = { name: 'simulator', type: 'simulator' };

test('carriers and routes come with all their defaults', async () => {
  const file = await load({
    carriers: [simulator],
    routes: [
      { service: 'sms', carrier: 'simulator' },
      { service: 'mms', carrier: 'simulator', number: '+1 415 555 0123' },
      { service: 'sms', carrier: 'simulator', number: '72345', country: 'CA' },
      { service: 'sms', carrier: 'simulator', kind: 'tollfree', country: 'US' },
      { service: 'sms', carrier: 'simulator', powerpack: '0198F6A4-0000-7000-8000-000000000001' },
    ],
  });
  assert.deepEqual(file.carriers, [{ written: simulator, shown: simulator, config: simulator }]);
  const none = {
    number: undefined,
    kind: undefined,
    countryIso2: undefined,
    powerpackUuid: undefined,
    accountId: undefined,
  };
  const carriers = ['simulator'];
  assert.deepEqual(file.routes, [
    { service: 'sms', match: none, carriers },
    { service: 'mms', match: { ...none, number: '14155550123' }, carriers },
    { service: 'sms', match: { ...none, number: '72345', countryIso2: 'CA' }, carriers },
    { service: 'sms', match: { ...none, kind: 'tollfree', countryIso2: 'US' }, carriers },
    { service: 'sms', match: { ...none, powerpackUuid: '0198f6a4-0000-7000-8000-000000000001' }, carriers },
  ]);
});

describe('a mistake is told in one sentence with its place', () => {
  const route = { service: 'sms', carrier: 'simulator' };
  const withRoutes = (...routes: object[]) => ({ carriers: [], routes });
  const cases: [content: unknown, sentence: string][] = [
    ['{"carriers": [\n  {"password": "geheim"\n', 'is not JSON'],
    [[], 'must be an object'],
    [{ routes: [] }, 'carriers is missing'],
    [{ carriers: [], routes: [], wires: [] }, 'wires is not a key that there is'],
    [{ carriers: [{ ...simulator, rate: 5 }], routes: [] }, 'carriers[0].rate is not a key that there is'],
    [
      { carriers: [{ ...simulator, type: 'pigeon' }], routes: [] },
      'carriers[0].type must be one of smpp, http, simulator',
    ],
    [{ carriers: [7], routes: [] }, 'carriers[0] must be an object'],
    [
      { carriers: [simulator, simulator], routes: [] },
      'carriers[1].name repeats carriers[0].name: simulator is there already',
    ],
    [withRoutes({ carrier: 'simulator' }), 'routes[0].service must be one of sms, mms'],
    [withRoutes({ ...route, carrier: 'Up 1' }), 'routes[0].carrier must be 2 to 32 of a-z, 0-9 and -'],
    [withRoutes({ ...route, carrier: 'up' }), 'routes[0].carrier names up, and there is no such carrier'],
    [
      withRoutes(route, { ...route, fallback: ['up'], kind: 'tollfree' }),
      'routes[1].fallback[0] names up, and there is no such carrier',
    ],
    [withRoutes({ ...route, fallback: ['simulator'] }), 'routes[0].fallback must not name a carrier twice'],
    [withRoutes(route, route), 'routes[1] repeats routes[0]: sms default is there already'],
    [
      withRoutes({ ...route, number: '555' }),
      'routes[0].number must be a number in E.164, a short code, or an alphanumeric name',
    ],
    [
      withRoutes({ ...route, country: 'USA' }),
      'routes[0].country must be a country code of ISO 3166-1, such as US',
    ],
    [
      withRoutes({ ...route, number: '14155550123', kind: 'longcode' }),
      'routes[0] is for one thing, and names number and kind',
    ],
    [
      withRoutes({ ...route, number: '14155550123', country: 'US' }),
      'routes[0].country stands beside a short code, beside kind, or alone',
    ],
  ];
  for (const [content, sentence] of cases) {
    test(sentence, async () => {
      await assert.rejects(load(content), (error: Error) => {
        assert.ok(error instanceof OperatorError);
        assert.ok(error.message.startsWith(`RUCKSACK_CARRIERS: ${path}: `), error.message);
        assert.ok(error.message.includes(sentence), error.message);
        assert.ok(!error.message.includes('geheim'), 'no secret is repeated');
        return true;
      });
    });
  }

  test('a file that is not there', () => {
    assert.throws(() => loadCarrierFile(join(folder, 'none.json'), surroundings), OperatorError);
  });

  test('the simulator where it is off', async () => {
    const off = { ...surroundings, hasSimulator: false };
    await assert.rejects(load(withRoutes(route), off), /there is no such carrier/);
  });
});

test('an HTTP carrier of MMS needs a public URL, unless it is in a private network', async () => {
  const plivo = {
    name: 'up',
    type: 'http',
    preset: 'plivo',
    secrets: { id: { env: 'A' }, token: { env: 'B' } },
  };
  const known = { ...surroundings, variable: () => 'geheim' };
  const hidden = { ...known, hasPublicUrl: false };
  const file = (given: object) => ({ carriers: [{ ...plivo, ...given }], routes: [] });
  await assert.rejects(load(file({}), hidden), /carriers\[0\]\.services has mms, .*RUCKSACK_PUBLIC_URL/);
  for (const [given, where] of [
    [{}, known],
    [{ services: ['sms'] }, hidden],
    [{ allow_private: true }, hidden],
  ] as const) {
    assert.equal((await load(file(given), where)).carriers.length, 1);
  }
});

describe('secrets', () => {
  const sources = {
    variable: (name: string) => (name === 'UP_PASSWORD' ? 'geheim' : undefined),
    file: (name: string) => {
      if (name !== 'up.secret') throw new Error('ENOENT');
      return 'geheim\n';
    },
    againstPlain: undefined,
  };
  const read = (entry: object, againstPlain?: string) =>
    resolveSecrets(entry, 'carriers[0]', { ...sources, againstPlain });

  test('come from the environment, from files, or stand in a file for its owner alone', () => {
    const expected = { name: 'up', password: 'geheim' };
    assert.deepEqual(read({ name: 'up', password_env: 'UP_PASSWORD' }), expected);
    assert.deepEqual(read({ name: 'up', password_file: 'up.secret' }), expected);
    assert.deepEqual(read(expected), expected);
    assert.deepEqual(
      read({ secrets: { id: { env: 'UP_PASSWORD' }, token: { file: 'up.secret' }, key: 'geheim' } }),
      { secrets: { id: 'geheim', token: 'geheim', key: 'geheim' } },
    );
  });

  test('a key that only ends like a secret is left alone', () => {
    const entry = { tls: { ca_file: 'ca.pem' }, ca_file: 'ca.pem' };
    assert.deepEqual(read(entry), entry);
  });

  const wrong: [entry: object, sentence: string][] = [
    [{ password_env: 'NONE' }, 'carriers[0].password_env names an environment variable that is not set'],
    [{ password_file: 'none' }, 'carriers[0].password_file cannot be read: ENOENT'],
    [{ password_env: 7 }, 'carriers[0].password_env must be a text'],
    [
      { password: 'geheim', password_env: 'UP_PASSWORD' },
      'carriers[0].password_env stands beside password: one of them is enough',
    ],
    [
      { secrets: { id: { env: 'NONE' } } },
      'carriers[0].secrets.id.env names an environment variable that is not set',
    ],
  ];
  for (const [entry, message] of wrong) {
    test(message, () => assert.throws(() => read(entry), { message }));
  }

  test('in the open are refused, and not repeated', async () => {
    for (const entry of [{ password: 'geheim' }, { secrets: { id: 'geheim' } }]) {
      assert.throws(
        () => read(entry, 'may not stand here'),
        /^ApiError: carriers\[0\]\.\S+ may not stand here$/,
      );
    }
    const content = { carriers: [{ name: 'up', type: 'smpp', password: 'geheim' }], routes: [] };
    await writeFile(path, JSON.stringify(content));
    await chmod(path, 0o644);
    assert.throws(
      () => loadCarrierFile(path, surroundings),
      /carriers\[0\]\.password stands in a file that others may read \(mode 0644\)/,
    );
  });
});
