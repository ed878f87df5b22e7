// Parts become one text, and gaps are marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinParts } from './join-parts.ts';

const cases: [present: readonly number[], total: number, text: string][] = [
  [[1, 2, 3], 3, '123'],
  [[3, 1, 2], 3, '123'],
  [[1], 3, '1…'],
  [[3], 3, '…3'],
  [[2], 4, '…2…'],
  [[1, 4], 4, '1…4'],
  [[2, 5], 7, '…2…5…'],
];

for (const [present, total, text] of cases) {
  test(`${present} of ${total} are ${text}`, () => {
    const parts = present.map((part) => ({ part, text: `${part}` }));
    assert.equal(joinParts(parts, total), text);
  });
}

test('a character that begins in one part and ends in the next is whole', () => {
  const parts = ['5 \u001b', 'e or 5 \ud83d', '\udc4b\u001b'].map((text, index) => ({
    part: index + 1,
    text,
  }));
  assert.equal(joinParts(parts, 3), '5 € or 5 👋 ');
});
