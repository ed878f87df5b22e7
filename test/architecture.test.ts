// The plan of the house, executable: who may import whom, and what a pure file may know.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../src/base/package-root.ts';

/** From the roof to the ground. A room may import rooms on lower lines, never its own line, never above. */
const lines: readonly (readonly string[])[] = [
  ['main.ts'],
  ['cli'],
  ['app.ts'],
  ['roles'],
  ['api'],
  ['admin'],
  ['messages'],
  ['powerpacks'],
  ['numbers', 'media'],
  ['applications'],
  ['webhooks'],
  ['accounts'],
  ['http'],
  ['queue'],
  ['db', 'tls', 'carriers'],
  ['telecom', 'base'],
];

/** Files that decide by their arguments alone. */
const pureFiles = [
  'powerpacks/powerpack.ts',
  'powerpacks/member.ts',
  'numbers/number.ts',
  'numbers/own-numbers.ts',
  'applications/application.ts',
  'http/normalise-target.ts',
  'telecom/area-codes.ts',
  'telecom/e164.ts',
  'telecom/inventory.ts',
];

/** What pure files must not touch: the database, the store of their own room, the clock, the outside world. */
const impure =
  /(^|\/)(store|pool-store)\.ts$|^db\/|^base\/(clock|config|logger)\.ts$|^node:(fs|net|http|https|child_process)/;

/** Packages that only one room, or one file, may import. */
const owners: Readonly<Record<string, string>> = {
  fastify: 'api/server.ts',
  pino: 'base/logger.ts',
  'prom-client': 'api/metrics.ts',
  'rate-limiter-flexible': 'accounts/',
  pg: 'db/',
  '@electric-sql/pglite': 'db/',
  '@fastify/busboy': 'http/body.ts',
  'libphonenumber-js': 'telecom/',
  commander: 'cli/',
  'csv-parse': 'numbers/import-numbers.ts',
  '@peculiar/x509': 'tls/certificate.ts',
  '@peculiar/asn1-schema': 'tls/certificate.ts',
  '@peculiar/asn1-x509': 'tls/certificate.ts',
  'reflect-metadata': 'tls/certificate.ts',
};

interface Arrow {
  readonly from: string;
  /** A file of ours, or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
}

const source = join(packageRoot, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

const arrows: readonly Arrow[] = files.flatMap((file) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, target = '']) =>
      target.startsWith('.')
        ? {
            from: file,
            to: normalize(join(dirname(file), target))
              .split(sep)
              .join('/'),
            ours: true,
          }
        : { from: file, to: target, ours: false },
  ),
);

const roomOf = (file: string): string => file.split('/')[0] ?? file;
const lineOf = (file: string): number => lines.findIndex((rooms) => rooms.includes(roomOf(file)));

describe('the fence', () => {
  test('every file lives in a room that has a line', () => {
    assert.deepEqual(
      files.filter((file) => lineOf(file) === -1),
      [],
    );
  });

  test('arrows between rooms run down', () => {
    const climbing = arrows.filter(
      ({ from, to, ours }) => ours && roomOf(from) !== roomOf(to) && lineOf(to) <= lineOf(from),
    );
    assert.deepEqual(
      climbing.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('files do not import each other in a circle', () => {
    const targets = new Map(
      files.map((file) => [
        file,
        arrows.filter(({ from, ours }) => ours && from === file).map(({ to }) => to),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), [...path, file].join(' → '));
      if (done.has(file)) return;
      for (const next of targets.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  test('pure files know no database, no clock and no outside world', () => {
    for (const file of pureFiles) assert.ok(files.includes(file), `${file} is gone: mend this list`);
    const breaches = arrows.filter(({ from, to }) => pureFiles.includes(from) && impure.test(to));
    assert.deepEqual(
      breaches.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('each library is used in its one room', () => {
    const strays = arrows.filter(({ from, to, ours }) => {
      const name = Object.keys(owners).find((known) => to === known || to.startsWith(`${known}/`));
      return !ours && name !== undefined && !from.startsWith(owners[name] ?? '');
    });
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('wire names are known where requests are read, and where the description names them', () => {
    const strays = arrows.filter(
      ({ from, to, ours }) =>
        ours && /wire\.ts$/.test(to) && !/endpoints\.ts$/.test(from) && from !== 'api/names.ts',
    );
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('only the configuration reads the environment', () => {
    const readers = files.filter((file) => /process\.env/.test(readFileSync(join(source, file), 'utf8')));
    assert.deepEqual(readers, ['base/config.ts']);
  });

  test('every file begins with a sentence that says what is kept there', () => {
    const silent = files.filter((file) => {
      const [first = '', second = ''] = readFileSync(join(source, file), 'utf8').split('\n');
      return !/^\/\/ \S.*/.test(first.startsWith('#!') ? second : first);
    });
    assert.deepEqual(silent, []);
  });
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

  test('fits on a page', () => assert.ok(text.split('\n').length <= 120));
});
