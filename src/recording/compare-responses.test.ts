// Differences between two responses: which of them count.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareResponses } from './compare-responses.ts';

const compare = (recorded: unknown, replayed: unknown, ignored: string[] = []) =>
  compareResponses(
    { status: 200, body: { json: recorded } },
    { status: 200, body: { json: replayed } },
    new Set(ignored),
  ).map(({ path, recorded: one, replayed: other }) => `${path}: ${one} / ${other}`);

const id = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;

const alike: [what: string, recorded: unknown, replayed: unknown][] = [
  ['ids', { uuid: id('a'), app_id: '1' }, { uuid: id('b'), app_id: '2' }],
  [
    'times',
    { added_on: '2026-01-01', error: 'at 2026-01-01 00:00:00' },
    { added_on: 'x', error: 'at 2027-01-01 10:00' },
  ],
  ['ids within paths', { uri: `/v1/${id('a')}/` }, { uri: `/v1/${id('b')}/` }],
  ['telephone numbers', { number: '14155550100' }, { number: '14155550199' }],
  [
    'masked values',
    { name: 'masked-1', url: 'http://127.0.0.1:9/masked-2' },
    { name: 'Demo', url: 'http://x/' },
  ],
  ['elements of which one list has none', { objects: [] }, { objects: [] }],
  [
    'kinds that other elements of the recorded list have',
    { o: [{ a: null }, { a: 1 }] },
    { o: [{ a: null }, { a: 1 }] },
  ],
];
const different: [what: string, recorded: unknown, replayed: unknown, found: string[]][] = [
  ['a field that is missing', { a: 1 }, {}, ['a: number / absent']],
  ['a field that is new', {}, { a: { b: 1 } }, ['a: absent / object']],
  ['a kind', { a: '1' }, { a: 1 }, ['a: string / number']],
  ['a kind within a list', { o: [{ a: '1' }] }, { o: [{ a: null }] }, ['o[].a: string / null']],
  ['a value', { a: 'x' }, { a: 'y' }, ['a: "x" / "y"']],
  ['a value within a list', { o: [1, 2] }, { o: [1, 3] }, ['o[1]: 2 / 3']],
  ['the length of a list, and none of its values', { o: [1, 2] }, { o: [3] }, ['o: 2 elements / 1 elements']],
  ['a list that is empty', { o: [] }, { o: [{ a: 1 }] }, ['o: 0 elements / 1 elements']],
  ['the body as a whole', [], {}, [': array / object']],
];

describe('responses are alike but for', () => {
  for (const [what, recorded, replayed] of alike) {
    test(what, () => assert.deepEqual(compare(recorded, replayed), []));
  }
});

describe('responses differ by', () => {
  for (const [what, recorded, replayed, found] of different) {
    test(what, () => assert.deepEqual(compare(recorded, replayed), found));
  }

  test('their status', () => {
    const [found] = compareResponses(
      { status: 201, body: { none: true } },
      { status: 200, body: { none: true } },
      new Set(),
    );
    assert.deepEqual(found, { path: 'status', recorded: '201', replayed: '200' });
  });

  test('the kind of body', () => {
    const [found] = compareResponses(
      { status: 204, body: { none: true } },
      { status: 204, body: { json: {} } },
      new Set(),
    );
    assert.deepEqual(found, { path: '', recorded: 'none', replayed: 'json' });
  });
});

test('ignored fields are passed over wherever they are', () => {
  assert.deepEqual(compare({ o: [{ a: 1, b: 1 }], a: 1 }, { o: [{ a: 2, b: 2 }] }, ['a']), ['o[0].b: 1 / 2']);
});
