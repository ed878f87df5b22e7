// How far a command is: a bar on a terminal, and rows by table.
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

/** Tells how many rows of each table have passed: a line for each, which grows on a terminal. */
export class RowProgress {
  readonly #output: WriteStream;
  #line = '';
  #table: string | undefined;

  constructor(output: WriteStream) {
    this.#output = output;
  }

  show(table: string, rows: number): void {
    if (this.#table !== undefined && this.#table !== table) this.end();
    this.#table = table;
    this.#line = `${String(rows).padStart(12)}  ${table}`;
    if (this.#output.isTTY) this.#output.write(`\r${this.#line}`);
  }

  /** Ends the last line. */
  end(): void {
    if (this.#table === undefined) return;
    this.#table = undefined;
    this.#output.write(this.#output.isTTY ? '\n' : `${this.#line}\n`);
  }
}
