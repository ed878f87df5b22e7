// Counts rows as they are read, and ends the work when it is interrupted. Pure.
import type { Batch } from './read-rows.ts';

export interface Progress {
  /** Gets the table that is under way and how many of its rows have been read. */
  readonly onRows: (table: string, rows: number) => void;
  /** Ends the work with an error. */
  readonly signal: AbortSignal;
}

/** Returns the same batches, and reports each to `onRows`. */
export async function* countRows(
  batches: AsyncIterable<Batch>,
  { onRows, signal }: Progress,
): AsyncGenerator<Batch> {
  let current: string | undefined;
  let rows = 0;
  for await (const batch of batches) {
    signal.throwIfAborted();
    if (batch.table !== current) rows = 0;
    current = batch.table;
    rows += batch.lines.length;
    onRows(batch.table, rows);
    yield batch;
  }
}
