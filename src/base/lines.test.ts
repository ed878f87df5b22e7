// The lines of a text, wherever its pieces are cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from './lines.ts';

const cases: [what: string, pieces: readonly string[], lines: readonly string[]][] = [
  ['one piece', ['a\nb\n'], ['a', 'b']],
  ['pieces that end within lines', ['a\nb', 'c', 'd\n', 'e\n'], ['a', 'bcd', 'e']],
  ['empty lines', ['\n\na\n'], ['', '', 'a']],
  ['a last line without its end', ['a\nb'], ['a', 'b']],
  ['separators that are no line feeds', ['a\u2028b\u2029c\rd\n'], ['a\u2028b\u2029c\rd']],
  ['nothing', [], []],
];
for (const [what, pieces, lines] of cases) {
  test(`lines are read from ${what}`, async () => {
    async function* text() {
      yield* pieces;
    }
    const read: string[] = [];
    for await (const line of linesOf(text())) read.push(line);
    assert.deepEqual(read, lines);
  });
}
