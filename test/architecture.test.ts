// The layers of `src/`: which module may import which, and what a pure file may use.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../src/base/package-root.ts';
import {
  circleIn,
  climbingIn,
  climbingWithin,
  importedNamesOf,
  innerLayerOf,
  layerOf,
  type Plan,
  readImportGraph,
} from './support/import-graph.ts';

/** From the top down. A module imports modules of lower layers only, never of its own. */
const layers: Plan = [
  ['main.ts'],
  ['cli'],
  ['app.ts'],
  ['open-base.ts'],
  ['roles', 'recording'],
  ['api'],
  ['find', 'test-kit', 'backup', 'moving'],
  ['simulator'],
  ['incidents'],
  ['messages'],
  ['powerpacks'],
  ['campaigns'],
  ['numbers', 'media'],
  ['applications'],
  ['webhooks', 'routing', 'audit'],
  ['accounts'],
  ['events'],
  ['http'],
  ['db', 'tls', 'carriers', 'tracing'],
  ['telecom', 'base'],
];

/** The same inside each module that has folders: those, and the files at its top that stand above or below them. */
const innerLayers: Readonly<Record<string, Plan>> = {
  api: [['server.ts', 'hot-route.ts'], ['request-pipeline.ts'], ['reference'], ['idempotency'], ['*']],
  audit: [['requests'], ['*']],
  carriers: [
    ['make-carrier.ts', 'registry.ts'],
    ['carrier-config.ts'],
    ['http'],
    ['simulator', 'smpp'],
    ['*'],
  ],
  messages: [
    ['endpoints.ts', 'explain-wire.ts', 'message-retention.ts'],
    ['explain-message.ts', 'inbound', 'dispatch', 'traffic', 'conversation', 'failures', 'waiting'],
    ['accept'],
    ['report'],
    ['outbox'],
    ['*'],
  ],
  powerpacks: [
    ['endpoints.ts'],
    ['deletion', 'sending', 'care'],
    ['change-powerpack.ts'],
    ['sticky'],
    ['selection', 'alphanumeric'],
    ['pool', 'opt-outs', 'keywords'],
    ['*'],
  ],
  webhooks: [
    ['endpoints.ts', 'url-endpoints.ts'],
    ['wire.ts', 'url-wire.ts', 'retry-wire.ts'],
    ['delivery'],
    ['failed-webhooks.ts', 'handlers.ts', 'replay-webhook.ts', 'store.ts'],
    ['attempt.ts'],
    ['http'],
    ['*'],
  ],
};

/** Imports that pure files must not have, unless only a type: the database, stores, the clock, the outside world. */
const impure =
  /(^|[/-])store\.ts$|^db\/|^base\/(clock|config|logger|timers)\.ts$|^node:(fs|dns|http|https|child_process)/;

/** Calls that pure files must not make. */
const impureCalls =
  /new Date\(\)|Date\.now\(|performance\.now\(|Math\.random\(|process\.\w|\b(connect|createServer|createConnection)\(/;

/** Packages that only one module, or some files, may import: how their paths begin, or what they look like. */
const owners: Readonly<Record<string, string | RegExp>> = {
  zod: /^carriers\/|^routing\//,
  typebox: /^http\/|wire\.ts$/,
  fastify: 'api/server.ts',
  pino: 'base/logger.ts',
  'prom-client': /^api\/(carrier-|replica-)?metrics\.ts$/,
  undici: 'webhooks/http/http-client.ts',
  'ipaddr.js': 'webhooks/http/address-guard.ts',
  'lru-cache':
    /^(accounts\/authenticate|carriers\/(repeated-refusals|smpp\/(learned-names|parts-ahead))|powerpacks\/selection\/pool-cache|telecom\/e164|webhooks\/(remembering|delivery\/(host-scheduler|failure-warnings)))\.ts$/,
  'rate-limiter-flexible': 'accounts/',
  pg: 'db/',
  '@opentelemetry': 'tracing/',
  '@electric-sql/pglite': 'db/',
  '@fastify/busboy': 'http/multipart.ts',
  'libphonenumber-js': 'telecom/',
  commander: 'cli/',
  'csv-parse': /^(numbers\/import-numbers|powerpacks\/opt-outs\/opt-out-csv-wire)\.ts$/,
  '@xmldom/xmldom': 'messages/inbound/answer-xml.ts',
  '@peculiar/x509': 'tls/certificate.ts',
  '@peculiar/asn1-schema': 'tls/certificate.ts',
  '@peculiar/asn1-x509': 'tls/certificate.ts',
  'reflect-metadata': 'tls/certificate.ts',
};

const source = join(packageRoot, 'src');
const graph = readImportGraph(source);
const { files, arrows, textOf, firstLineOf } = graph;

describe('imports', () => {
  test('every file is in a module that has a layer', () => {
    assert.deepEqual(
      files.filter((file) => layerOf(layers, file) === -1),
      [],
    );
  });

  test('go to lower layers', () => assert.deepEqual(climbingIn(graph, layers), []));

  for (const [module, plan] of Object.entries(innerLayers)) {
    test(`the folders of ${module} have their layers, and imports between them go to lower ones`, () => {
      const own = graph.files.filter((file) => file.startsWith(`${module}/`));
      assert.deepEqual(
        own.filter((file) => innerLayerOf(plan, file) === -1),
        [],
      );
      assert.deepEqual(climbingWithin(graph, module, plan), []);
    });
  }

  test('make no circle of files', () => assert.equal(circleIn(graph), undefined));

  test('a file called pure decides by its arguments alone, and so do its imports', () => {
    const pureFiles = files.filter((file) => /\bPure\b/.test(firstLineOf(file)));
    assert.ok(pureFiles.length > 40);
    const breaches = new Set<string>();
    const known = new Set<string>();
    const visit = (file: string): void => {
      if (known.has(file)) return;
      known.add(file);
      if (impureCalls.test(textOf(file))) breaches.add(file);
      for (const { to, ours } of arrows.filter(({ from, isType }) => from === file && !isType)) {
        if (impure.test(to)) breaches.add(`${file} → ${to}`);
        else if (ours) visit(to);
      }
    };
    pureFiles.forEach(visit);
    assert.deepEqual([...breaches], []);
  });

  test('each library is used in its one module', () => {
    const strays = arrows.filter(({ from, to, ours }) => {
      const name = Object.keys(owners).find((known) => to === known || to.startsWith(`${known}/`));
      const owner = name === undefined ? undefined : owners[name];
      if (ours || owner === undefined) return false;
      return typeof owner === 'string' ? !from.startsWith(owner) : !owner.test(from);
    });
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('wire names are known where requests are read, and where the description names them', () => {
    const strays = arrows.filter(
      ({ from, to, ours }) =>
        ours &&
        /wire\.ts$/.test(to) &&
        !/(endpoints|wire)\.ts$/.test(from) &&
        from !== 'api/reference/names.ts',
    );
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('only the configuration reads the environment', () => {
    const readers = files.filter((file) => /process\.env/.test(textOf(file)));
    assert.deepEqual(readers, ['base/config.ts']);
  });

  test('the real time and randomness are used in a few files only, and waiting code gets its timers', () => {
    const allowed: readonly [what: RegExp, where: readonly string[]][] = [
      [/\bsystemTimers\b/, ['app.ts', 'base/timers.ts', 'open-base.ts']],
      [
        /\bsystemClock\b/,
        ['app.ts', 'base/clock.ts', 'base/timers.ts', 'cli/certs.ts', 'cli/doctor.ts', 'open-base.ts'],
      ],
      [/\bsystemRandomBytes\b/, ['base/id.ts', 'cli/certs.ts', 'open-base.ts']],
      [/(?<!\.)\bsetInterval\(/, ['db/embedded/maintenance.ts', 'db/lock.ts']],
      // A socket's own setTimeout is its limit, not a wait.
      [/(?<!\.)\bsetTimeout\(/, ['api/server.ts', 'base/timers.ts']],
    ];
    for (const [what, where] of allowed) {
      const users = files.filter((file) => what.test(readFileSync(join(source, file), 'utf8')));
      assert.deepEqual(users.sort(), where, `${what}`);
    }
  });

  test('every file begins with a sentence about its content', () => {
    const silent = files.filter((file) => !/^\/\/ \S.*/.test(firstLineOf(file)));
    assert.deepEqual(silent, []);
  });

  test('exported functions are commented; translations of the wire are exempt', () => {
    const silent = files
      .filter((file) => !file.endsWith('wire.ts'))
      .flatMap((file) => {
        const exported = /(?<!\*\/)\nexport (?:async )?(?:function\*?|class) (\w+)/g;
        return [...textOf(file).matchAll(exported)].map(([, name]) => `${file}: ${name}`);
      });
    assert.deepEqual(silent, []);
  });
});

test('a type is exported where another file imports it', () => {
  const texts = ['src', 'console/src', 'test'].flatMap((folder) => {
    const path = join(packageRoot, folder);
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => [`${folder}/${file}`, readFileSync(join(path, file), 'utf8')] as const);
  });
  const imported = new Set(texts.flatMap(([, text]) => importedNamesOf(text)));
  const idle = texts
    .filter(([file]) => !file.startsWith('test/'))
    .flatMap(([file, text]) =>
      [...text.matchAll(/^export (?:interface|type) (\w+)/gm)]
        .filter(([, name = '']) => !imported.has(name))
        .map(([, name]) => `${file}: ${name}`),
    );
  assert.ok(imported.size > 1000);
  assert.deepEqual(idle, []);
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(packageRoot, 'ARCHITECTURE.md'), 'utf8');

  test('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|db|scripts|console)\/[^`\s]*)`/g)].map(
      ([, path = '']) => path,
    );
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(packageRoot, path))),
      [],
    );
  });

  test('names every module, and every folder in one of several layers', () => {
    const table = text.slice(text.indexOf('| Layer |'), text.indexOf('**Downward'));
    const named = new Set([...table.matchAll(/`(?:src\/)?([^`]+?)\/?`/g)].map(([, name]) => name));
    const folders = Object.values(innerLayers)
      .flat(2)
      .filter((name) => name !== '*' && !name.endsWith('.ts'));
    assert.deepEqual(
      [...layers.flat(), ...folders].filter((name) => !named.has(name)),
      [],
    );
  });

  test('fits on a page', () => assert.ok(text.split('\n').length <= 120));
});
