// Pages of lists, and the links between them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageAnswer, pageOf } from './page.ts';

const cases: [
  what: string,
  input: { limit?: number; offset?: number },
  total: number,
  next: string | null,
  previous: string | null,
][] = [
  ['the only page', {}, 3, null, null],
  ['the first of two', {}, 21, '/list/?limit=20&offset=20', null],
  ['the last, not full', { offset: 20 }, 21, null, '/list/?limit=20&offset=0'],
  ['in the middle', { limit: 5, offset: 7 }, 50, '/list/?limit=5&offset=12', '/list/?limit=5&offset=2'],
  ['near the start', { limit: 5, offset: 2 }, 50, '/list/?limit=5&offset=7', '/list/?limit=5&offset=0'],
  ['past the end', { offset: 100 }, 21, null, '/list/?limit=20&offset=80'],
  ['more than the maximum', { limit: 500 }, 21, '/list/?limit=20&offset=20', null],
];

for (const [what, input, total, next, previous] of cases) {
  test(what, () => {
    const { body } = pageAnswer('/list/', pageOf(input), {}, total, []);
    const { meta } = body as { meta: { next: string; previous: string } };
    assert.deepEqual([meta.next, meta.previous], [next, previous]);
  });
}

test('links repeat the filters', () => {
  const { body } = pageAnswer(
    '/list/',
    pageOf({}),
    { type: 'fixed', limit: 3, service: undefined, starts_with: '1 2' },
    99,
    [],
  );
  assert.equal(
    (body as { meta: { next: string } }).meta.next,
    '/list/?type=fixed&starts_with=1+2&limit=20&offset=20',
  );
});
