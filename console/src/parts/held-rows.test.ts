// Holding a live list still.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdRows } from './held-rows.ts';

const row = (id: string, state: string) => ({ id, state });
const idOf = ({ id }: { id: string }) => id;

test('rows keep their places and follow their state; new ones are counted, old ones stay', () => {
  const shown = [row('c', 'sent'), row('b', 'sent'), row('a', 'sent')];
  const newest = [row('e', 'queued'), row('d', 'queued'), row('c', 'delivered'), row('b', 'sent')];
  assert.deepEqual(holdRows(shown, newest, idOf), {
    rows: [row('c', 'delivered'), row('b', 'sent'), row('a', 'sent')],
    news: 2,
  });
});
