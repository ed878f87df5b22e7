// Names by id, where some of what is named may be gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RucksackError } from '../../../client/src/refusal.ts';
import { loadNames } from './load-names.ts';

const refusing = (status: number) => async (id: string) => {
  if (id === 'refused') throw new RucksackError('refused', status, undefined);
  return `name of ${id}`;
};

test('an id that does not exist has no name, and the others have theirs', async () => {
  const names = await loadNames(new Set(['a', 'refused', 'b']), refusing(404));
  assert.deepEqual(
    [...names],
    [
      ['a', 'name of a'],
      ['b', 'name of b'],
    ],
  );
});

test('any other refusal is one of all names', async () => {
  await assert.rejects(loadNames(new Set(['a', 'refused']), refusing(500)), { status: 500 });
});
