// A progress bar on a terminal; nothing where the output is no terminal.
import type { WriteStream } from 'node:tty';

const width = 40;

/** Draws how much of `total` is done over the last drawing, and ends the line at the end. */
export function showProgress(terminal: WriteStream, done: number, total: number): void {
  if (!terminal.isTTY) return;
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * width);
  const bar = `${'#'.repeat(filled)}${' '.repeat(width - filled)}`;
  terminal.write(`\r[${bar}] ${Math.floor(share * 100)}%${done === total ? '\n' : ''}`);
}
