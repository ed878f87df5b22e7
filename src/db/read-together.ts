// Point reads that arrive together share one query, for each database and kind of read.
import type { Db, Reader } from './db.ts';
import { batchReads } from './read-batch.ts';

/** Reads the rows of many keys in one query; keys without a row are absent from the map. */
export type LoadMany<Row> = (db: Reader, keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>;

type ReadOne = (key: string) => Promise<unknown>;

const readers = new WeakMap<Db, Map<LoadMany<unknown>, ReadOne>>();

/**
 * Returns the row of one key, or `undefined`. Calls with the same `load` that arrive while a query is under way are answered by
 * the next one (`read-batch.ts`), so a busy server sends one query for the reads of many clients.
 */
export function readTogether<Row>(db: Db, load: LoadMany<Row>, key: string): Promise<Row | undefined> {
  const known = readers.get(db) ?? new Map<LoadMany<unknown>, ReadOne>();
  readers.set(db, known);
  let read = known.get(load);
  if (read === undefined) {
    read = batchReads<string, Row>(
      (keys) => load(db, keys),
      (text) => text,
    );
    known.set(load, read);
  }
  return read(key) as Promise<Row | undefined>;
}
