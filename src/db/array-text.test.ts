import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase } from '../../test/support/database.ts';
import { type ArrayElement, arrayText } from './array-text.ts';
import type { Db } from './db.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

const cases: readonly [name: string, elements: readonly ArrayElement[], text: string][] = [
  ['nothing', [], '{}'],
  ['texts', ['a', 'b c'], '{"a","b c"}'],
  ['an empty text', [''], '{""}'],
  ['nulls, and the text "null"', [null, undefined, 'null', 'NULL'], '{null,null,"null","NULL"}'],
  ['what has a meaning in arrays', ['"', '\\', ',', '{}'], '{"\\"","\\\\",",","{}"}'],
  ['numbers', [0, -1, 2.5], '{0,-1,2.5}'],
  ['booleans', [true, false], '{true,false}'],
  ['moments', [new Date('2026-03-14T09:26:53.589Z')], '{2026-03-14T09:26:53.589Z}'],
];

for (const [name, elements, text] of cases) {
  test(`an array of ${name} is written ${text}`, () => {
    assert.equal(arrayText(elements), text);
  });
}

test('the database reads the same texts that were sent', async () => {
  const texts = fc.array(
    fc.option(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      { nil: null },
    ),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (given) => {
      const [row] = await db.query<{ read: unknown }>('select $1::text[] as read', [given]);
      assert.deepEqual(row?.read, given);
    }),
    { seed: 20260809, numRuns: 200 },
  );
});
