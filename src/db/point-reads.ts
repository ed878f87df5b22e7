// Point reads that arrive together share one query, for each kind of read.
import type { LoadMany, Reader } from './db.ts';
import { batchReads } from './read-batch.ts';

type ReadOne = (key: string) => Promise<unknown>;

/** Reads single rows of one database, as `Db.readOne` says. */
export class PointReads {
  readonly #reader: Reader;
  readonly #kinds = new Map<LoadMany<unknown>, ReadOne>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Returns the row of one key, or `undefined`. */
  one<Row>(load: LoadMany<Row>, key: string): Promise<Row | undefined> {
    const read = this.#kinds.get(load) ?? this.#newKind(load);
    return read(key) as Promise<Row | undefined>;
  }

  #newKind<Row>(load: LoadMany<Row>): ReadOne {
    const read = batchReads<string, Row>(
      (keys) => load(this.#reader, keys),
      (text) => text,
    );
    this.#kinds.set(load, read);
    return read;
  }
}
