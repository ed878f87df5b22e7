// The lines of a text that comes in pieces. Pure.

/**
 * Returns the lines. Only a line feed ends one: `node:readline` also splits at separators that JSON has inside its texts (U+2028, U+2029).
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = piece.split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
