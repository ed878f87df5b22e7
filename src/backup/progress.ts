// Rows on their way: counted, and stopped where the work is given up. Pure.
import type { Batch } from './read-rows.ts';

export interface Watching {
  /** Gets the table that is under way and how many of its rows have passed. */
  readonly onRows: (table: string, rows: number) => void;
  /** Ends the work with an error. */
  readonly signal: AbortSignal;
}

/** Returns the same pieces, and tells of them. */
export async function* watchRows(
  batches: AsyncIterable<Batch>,
  { onRows, signal }: Watching,
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
