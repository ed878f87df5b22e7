// A progress bar on a terminal; nothing where nobody watches.
import type { WriteStream } from 'node:tty';

const width = 40;

/** Draws how much of `total` is done over what was drawn before, and ends the line when all is. */
export function showProgress(terminal: WriteStream, done: number, total: number): void {
  if (!terminal.isTTY) return;
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * width);
  const bar = `${'#'.repeat(filled)}${' '.repeat(width - filled)}`;
  terminal.write(`\r[${bar}] ${Math.floor(share * 100)}%${done === total ? '\n' : ''}`);
}
