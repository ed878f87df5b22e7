// The plan of the console, executable: who may import whom, and what it takes from outside.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../src/base/package-root.ts';
import { circleIn, climbingIn, lineOf, type Plan, readImportGraph } from './support/import-graph.ts';

/** From the roof to the ground. A room may import rooms on lower lines, never its own line, never above. */
const lines: Plan = [
  ['main.tsx'],
  ['pages.tsx'],
  ['shell'],
  ['overview', 'pool', 'sticky', 'conversations', 'simulator', 'carriers', 'campaigns', 'opt-outs'],
  ['send', 'traffic', 'numbers'],
  ['messages', 'powerpacks', 'applications'],
  ['webhooks', 'accounts'],
  ['charts', 'sign-in'],
  ['parts'],
  ['live'],
  ['session'],
];

/** Imports allowed from outside: the typed client, and facts of the telephone world, which import nothing else. */
const neighbours = /^\.\.\/\.\.\/(client\/src|src\/telecom)\//;

/** Every library, and the room that alone may use it; `''` for all rooms. */
const libraries: Readonly<Record<string, string>> = {
  preact: '',
  'preact/hooks': '',
  'preact-iso': '',
  uplot: 'charts/',
  '@tanstack/query-core': 'live/',
  '@tanstack/table-core': 'parts/',
  '@tanstack/table-core/store-reactivity-bindings': 'parts/',
};

const graph = readImportGraph(join(packageRoot, 'console', 'src'));

describe("the console's fence", () => {
  test('every file lives in a room that has a line', () => {
    assert.deepEqual(
      graph.files.filter((file) => lineOf(lines, file) === -1),
      [],
    );
  });

  test('every room of the plan has a file', () => {
    const rooms = new Set(graph.files.map((file) => file.split('/')[0]));
    assert.deepEqual(
      lines.flat().filter((room) => !rooms.has(room)),
      [],
    );
  });

  test('arrows between rooms run down', () => assert.deepEqual(climbingIn(graph, lines), []));

  test('files do not import each other in a circle', () => assert.equal(circleIn(graph), undefined));

  test('the client and the facts of the telephone world are all that it takes from outside', () => {
    const strays = graph.arrows.filter(({ to, ours }) => ours && to.startsWith('..') && !neighbours.test(to));
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('each library is used in its one room', () => {
    const strays = graph.arrows.filter(({ from, to, ours }) => {
      const room = libraries[to];
      return !ours && (room === undefined || !from.startsWith(room));
    });
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('every file begins with a sentence about its content', () => {
    assert.deepEqual(
      graph.files.filter((file) => !/^\/\/ \S.*/.test(graph.firstLineOf(file))),
      [],
    );
  });
});
