// Lists that are read page by page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectPages } from './all-pages.ts';

/** Returns a list as the API gives it, and how often it was asked. */
function listOf(total: number) {
  const asked: number[] = [];
  const ask = async (offset: number) => {
    asked.push(offset);
    const objects = Array.from({ length: Math.max(0, Math.min(20, total - offset)) }, (_, at) => offset + at);
    return { meta: { total_count: total }, objects };
  };
  return { ask, asked };
}

const lists: [total: number, entries: number, isCut: boolean, asked: number][] = [
  [0, 0, false, 1],
  [7, 7, false, 1],
  [20, 20, false, 1],
  [45, 45, false, 3],
  [1000, 200, true, 10],
];
for (const [total, entries, isCut, asked] of lists) {
  test(`of ${total} entries ${entries} are collected`, async () => {
    const list = listOf(total);
    const collected = await collectPages(list.ask);
    assert.deepEqual([collected.entries.length, collected.isCut, list.asked.length], [entries, isCut, asked]);
  });
}

test('a list that shrinks meanwhile ends', async () => {
  const collected = await collectPages(async (offset) => ({
    meta: { total_count: 50 },
    objects: offset === 0 ? ['one'] : [],
  }));
  assert.deepEqual([collected.entries, collected.isCut], [['one'], false]);
});
