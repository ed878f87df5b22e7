// Natural batching of writes (group commit): items that arrive while batches are written form the next batch.
import { CoolDowns } from '../base/cool-downs.ts';
import { FairQueue, WaitingWeights } from '../base/fair-queue.ts';
import { DatabaseUnavailable } from './unavailable.ts';

export interface WriteBatchOptions<Item, Result> {
  /** Writes a batch in one transaction; returns one result an item, in order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Returns the weight of one item, at least 1. */
  readonly weigh: (item: Item) => number;
  /** Returns the owner of an item: owners take turns. */
  readonly ownerOf: (item: Item) => string;
  /** Limits the waiting items; by default each owner may have all that may wait. */
  readonly waiting?: WaitingWrites;
  /** Holds an owner back whose part of a batch was heavy (`CoolDowns`); never without this. */
  readonly coolDown?: {
    readonly fromWeight: number;
    /** Returns milliseconds of a monotonic clock. */
    readonly nowMs: () => number;
    /** Calls `run` after so many milliseconds; returns a function that cancels it. */
    readonly after: (delayMs: number, run: () => void) => () => void;
  };
  /** The most weight of one batch; a heavier item goes alone. */
  readonly maxWeight: number;
  /** The most batches under way at once. */
  readonly batchesAtOnce: number;
}

/** The most weight that may wait. A database that is this far behind counts as unavailable. */
const maxWaitingWeight = 50_000;
/** Thrown when one owner has too much waiting for the database already. Others may still write. */
export class OwnerHasTooMuch extends DatabaseUnavailable {}

/** Counts the items that wait for the database, and refuses those beyond the limit. */
export class WaitingWrites {
  readonly #weights: WaitingWeights;

  /** @param maxOfOwner the most that one owner may have waiting; without it each may have all. */
  constructor(maxOfOwner?: number) {
    this.#weights = new WaitingWeights({ ofAll: maxWaitingWeight, ofOne: maxOfOwner });
  }

  /**
   * @throws OwnerHasTooMuch where the owner's limit refuses more of this weight, DatabaseUnavailable where the common limit
   *   does.
   */
  check(owner: string, weight: number): void {
    const refusal = this.#weights.refusal(owner, weight);
    if (refusal === undefined) return;
    const reason = `too much waits for the database already: ${this.#weights.total} writes`;
    throw refusal === 'full' ? new DatabaseUnavailable(reason) : new OwnerHasTooMuch(reason);
  }

  /** @throws the errors of `check`. */
  add(owner: string, weight: number): void {
    this.check(owner, weight);
    this.#weights.add(owner, weight);
  }

  remove(owner: string, weight: number): void {
    this.#weights.remove(owner, weight);
  }
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly owner: string;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Returns a function that writes one item as a part of a batch, and resolves with its result once the batch is durable.
 *
 * There is no timer: while fewer batches than the maximum are under way, the waiting items go at once; waiting for more items
 * was measured to be slower. When the database refuses a batch, each of its items is written again alone, so that one bad item
 * never fails the others. When it does not answer, all of them fail: whether they are written is unknown. Waiting items weigh
 * 50,000 at most; further ones fail as database unavailable. Owners take turns in filling batches, and may have a limit of
 * their own (`OwnerHasTooMuch`).
 */
export function batchWrites<Item, Result>(
  options: WriteBatchOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const { write, weigh, ownerOf, coolDown, maxWeight, batchesAtOnce } = options;
  const queue = new FairQueue<Waiting<Item, Result>>();
  const weights = options.waiting ?? new WaitingWrites();
  const coolDowns = coolDown === undefined ? undefined : new CoolDowns(coolDown.fromWeight);
  let underWay = 0;
  let cancelWake = () => {};

  const nowMs = (): number => coolDown?.nowMs() ?? 0;
  const coolDownMs = (owner: string): number => coolDowns?.coolDownMs(owner, nowMs()) ?? 0;

  function takeBatch(): Waiting<Item, Result>[] {
    const batch = queue.takeBatch(maxWeight, (owner) => coolDownMs(owner) === 0);
    for (const { owner, weight } of batch) weights.remove(owner, weight);
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

  /** Writes a batch; returns a function that resolves or rejects its items. */
  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<() => void> {
    let results: readonly Result[];
    try {
      results = await write(batch.map(({ item }) => item));
    } catch (error) {
      // Perhaps it is written all the same, and only the answer was lost: a second time would write it twice.
      const isLost = error instanceof DatabaseUnavailable || batch.length === 1;
      if (isLost) return () => batch.forEach(({ reject }) => void reject(error));
      // Alone, each item gets its own result or error.
      for (const one of batch) await writeAlone(one);
      return () => {};
    }
    return () => batch.forEach(({ resolve }, index) => void resolve(results[index] as Result));
  }

  async function writeBatches(): Promise<void> {
    let answer = () => {};
    while (!queue.isEmpty) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      const startedAt = nowMs();
      const writing = writeBatch(batch);
      // Resolving costs time in this process; the database gets the next batch first.
      setImmediate(answer);
      answer = await writing;
      coolDowns?.record(batch, startedAt, nowMs());
    }
    underWay -= 1;
    answer();
    if (!queue.isEmpty) wakeAfterCoolDown();
  }

  /** Starts again once the first of the owners that are held back may go. */
  function wakeAfterCoolDown(): void {
    cancelWake();
    cancelWake = coolDown?.after(Math.min(...queue.owners().map(coolDownMs)), start) ?? cancelWake;
  }

  function start(): void {
    if (underWay >= batchesAtOnce) return;
    underWay += 1;
    // Not before the caller's turn has ended: all items of one turn form one batch.
    queueMicrotask(() => void writeBatches());
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const [owner, weight] = [ownerOf(item), weigh(item)];
      // Its error rejects.
      weights.add(owner, weight);
      queue.add(owner, { item, owner, weight, resolve, reject }, weight);
      start();
    });
}
