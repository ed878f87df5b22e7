// Natural batching of writes (group commit): what arrives while batches are being written forms the next batch.
import { DatabaseUnavailable } from './unavailable.ts';

export interface WriteBatchOptions<Item, Result> {
  /** Writes a batch in one transaction; answers one result an item, in order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** What one item weighs, at least 1. */
  readonly weigh: (item: Item) => number;
  /** The most that one batch may weigh; an item that weighs more goes alone. */
  readonly maxWeight: number;
  /** The most batches under way at once. */
  readonly batchesAtOnce: number;
}

/** The most that may wait, by weight. A database that is this far behind is told as not available. */
export const maxWaitingWeight = 50_000;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a function that writes one item as a part of a batch, and resolves with its result once the batch is durable. There is
 * no timer: when fewer batches are under way than may be, what is there goes at once, and waiting for company was measured to be slower (stack.md section 7).
 * When the database refuses a batch, each of its items is written again alone, so that one bad item never fails its neighbours. When
 * it does not answer, all of them fail: nobody knows whether they are written. What waits weighs 50,000 at most; who comes with more is
 * told that the database is not available.
 */
export function batchWrites<Item, Result>(
  options: WriteBatchOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const { write, weigh, maxWeight, batchesAtOnce } = options;
  let waiting: Waiting<Item, Result>[] = [];
  let waitingWeight = 0;
  let underWay = 0;

  function takeBatch(): Waiting<Item, Result>[] {
    let batchWeight = 0;
    let count = 0;
    for (const { weight } of waiting) {
      if (count > 0 && batchWeight + weight > maxWeight) break;
      batchWeight += weight;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingWeight -= batchWeight;
    return batch;
  }

  async function writeAlone({ item, resolve, reject }: Waiting<Item, Result>): Promise<void> {
    try {
      const [result] = await write([item]);
      resolve(result as Result);
    } catch (error) {
      reject(error);
    }
  }

  /** Writes a batch; answers what tells its items that it is written. */
  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<() => void> {
    let results: readonly Result[];
    try {
      results = await write(batch.map(({ item }) => item));
    } catch (error) {
      // Perhaps it is written all the same, and only the answer was lost: written again it would be there twice.
      const isLost = error instanceof DatabaseUnavailable || batch.length === 1;
      if (isLost) return () => batch.forEach(({ reject }) => void reject(error));
      // Which of them it was, and what went wrong, is told to whoever it concerns when it goes alone.
      for (const one of batch) await writeAlone(one);
      return () => {};
    }
    return () => batch.forEach(({ resolve }, index) => void resolve(results[index] as Result));
  }

  async function writeBatches(): Promise<void> {
    let tell = () => {};
    while (waiting.length > 0) {
      const writing = writeBatch(takeBatch());
      // Answering is work of this process, during which the database need not be idle: the next batch leaves before.
      setImmediate(tell);
      tell = await writing;
    }
    underWay -= 1;
    tell();
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const weight = weigh(item);
      if (waitingWeight + weight > maxWaitingWeight) {
        reject(new DatabaseUnavailable(`too much waits for the database already: ${waitingWeight} writes`));
        return;
      }
      waitingWeight += weight;
      waiting.push({ item, weight, resolve, reject });
      if (underWay >= batchesAtOnce) return;
      underWay += 1;
      // Not before the caller is through: what comes in one go shall be one batch.
      queueMicrotask(() => void writeBatches());
    });
}
