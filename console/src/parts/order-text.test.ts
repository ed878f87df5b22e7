// The order of a list in its address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderOf, orderText } from './order-text.ts';

const columns = ['name', 'queued'] as const;
const texts: [what: string, text: string | undefined, order: ReturnType<typeof orderOf>][] = [
  ['a column', 'name', { column: 'name', isDescending: false }],
  ['behind a minus', '-queued', { column: 'queued', isDescending: true }],
  ['an unknown column', 'colour', undefined],
  ['none', undefined, undefined],
];

for (const [what, text, order] of texts) {
  test(`reads ${what}`, () => assert.deepEqual(orderOf(columns, text), order));
}

test('an order leads back to itself', () => {
  for (const text of ['name', '-queued']) assert.equal(orderText(orderOf(columns, text)), text);
  assert.equal(orderText(undefined), undefined);
});
