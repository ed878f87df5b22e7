// The layers of the console: which module may import which, and what it takes from outside.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../src/base/package-root.ts';
import { circleIn, climbingIn, layerOf, type Plan, readImportGraph } from './support/import-graph.ts';

/** From the top down. A module imports modules of lower layers only, never of its own. */
const layers: Plan = [
  ['main.tsx'],
  ['pages.tsx'],
  ['shell'],
  [
    'overview',
    'incidents',
    'pool',
    'sticky',
    'conversations',
    'simulator',
    'carriers',
    'campaigns',
    'opt-outs',
  ],
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

/** Every library, and the module that alone may use it; `''` for all modules. */
const libraries: Readonly<Record<string, string>> = {
  preact: '',
  'preact/hooks': '',
  'preact-iso/router': '',
  'preact-iso/lazy': 'pages.tsx',
  uplot: 'charts/',
  '@tanstack/query-core': 'live/',
  '@tanstack/table-core': 'parts/',
  '@tanstack/table-core/store-reactivity-bindings': 'parts/',
};

const graph = readImportGraph(join(packageRoot, 'console', 'src'));

describe("the console's imports", () => {
  test('every file is in a module that has a layer', () => {
    assert.deepEqual(
      graph.files.filter((file) => layerOf(layers, file) === -1),
      [],
    );
  });

  test('every module of the plan has a file', () => {
    const modules = new Set(graph.files.map((file) => file.split('/')[0]));
    assert.deepEqual(
      layers.flat().filter((module) => !modules.has(module)),
      [],
    );
  });

  test('go to lower layers', () => assert.deepEqual(climbingIn(graph, layers), []));

  test('make no circle of files', () => assert.equal(circleIn(graph), undefined));

  test('the client and the facts of the telephone world are all that it takes from outside', () => {
    const strays = graph.arrows.filter(({ to, ours }) => ours && to.startsWith('..') && !neighbours.test(to));
    assert.deepEqual(
      strays.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('each library is used in its one module', () => {
    const strays = graph.arrows.filter(({ from, to, ours }) => {
      const owner = libraries[to];
      return !ours && (owner === undefined || !from.startsWith(owner));
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
