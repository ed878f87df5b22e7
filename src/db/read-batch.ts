// Natural batching of point reads: reads asked while queries are under way form the next query.

/** The most keys in one query. */
const maxKeys = 500;
/** The most queries under way at once. */
const queriesAtOnce = 2;

interface Asked<Key, Row> {
  key: Key;
  row: Promise<Row | undefined>;
  resolve: (row: Row | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Returns a function that reads the row of one key (undefined when there is none) with `load`, which reads those of many at
 * once, by the text of their key (`textOf`; equal texts mean the same row).
 *
 * There is no timer: reads asked in the same turn are sent at once; while the maximum of queries is under way, further reads
 * wait for one to end and go together. A read only ever joins a query that was not sent yet, so it sees every write that was
 * acknowledged before it was asked. When a query fails, so do its reads, and only they.
 */
export function batchReads<Key, Row>(
  load: (keys: Key[]) => Promise<ReadonlyMap<string, Row>>,
  textOf: (key: Key) => string,
): (key: Key) => Promise<Row | undefined> {
  const asked = new Map<string, Asked<Key, Row>>();
  let underWay = 0;

  async function readBatches(): Promise<void> {
    while (asked.size > 0) {
      const batch = [...asked].slice(0, maxKeys);
      for (const [text] of batch) asked.delete(text);
      try {
        const rows = await load(batch.map(([, { key }]) => key));
        for (const [text, { resolve }] of batch) resolve(rows.get(text));
      } catch (error) {
        for (const [, { reject }] of batch) reject(error);
      }
    }
    underWay -= 1;
  }

  return (key) => {
    const text = textOf(key);
    const already = asked.get(text);
    if (already !== undefined) return already.row;
    const { promise: row, resolve, reject } = withResolvers<Row | undefined>();
    asked.set(text, { key, row, resolve, reject });
    if (underWay < queriesAtOnce) {
      underWay += 1;
      // Not before the caller's turn has ended: all reads of one turn form one query.
      queueMicrotask(() => void readBatches());
    }
    return row;
  };
}

/** Returns what `Promise.withResolvers` does, which Node 20 lacks. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((...recordResult) => {
    [resolve, reject] = recordResult;
  });
  return { promise, resolve, reject };
}
