// The digest of a table: the same in any order, another for any other rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Digests, findDifference } from './row-digest.ts';

const digestsOf = (...lines: string[]) => {
  const digests = new Digests();
  for (const line of lines) digests.add({ table: 'messages', lines: [line] });
  return digests.results;
};

test('the order of rows does not count', () => {
  assert.deepEqual(digestsOf('["a"]', '["b"]'), digestsOf('["b"]', '["a"]'));
});

test('rows that are other, fewer, or there twice are a difference', () => {
  const rows = digestsOf('["a"]', '["b"]', '["b"]');
  for (const others of [['["a"]', '["b"]'], ['["a"]', '["c"]', '["b"]'], ['["a"]', '["a"]', '["b"]'], []]) {
    assert.equal(findDifference(rows, digestsOf(...others)), 'messages');
  }
  assert.equal(findDifference(rows, digestsOf('["b"]', '["a"]', '["b"]')), undefined);
});

test('a table without rows is one, and its absence a difference', () => {
  const digests = new Digests();
  digests.add({ table: 'media', lines: [] });
  assert.deepEqual(digests.results, { media: { rows: 0, digest: '0'.repeat(64) } });
  assert.equal(findDifference(digests.results, {}), 'media');
});
