// Natural batching of writes (group commit): what arrives while batches are being written forms the next batch.
import { FairQueue, WaitingWeights } from '../base/fair-queue.ts';
import { Pauses } from '../base/pauses.ts';
import { DatabaseUnavailable } from './unavailable.ts';

export interface WriteBatchOptions<Item, Result> {
  /** Writes a batch in one transaction; answers one result an item, in order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** What one item weighs, at least 1. */
  readonly weigh: (item: Item) => number;
  /** Whose an item is: owners take turns. */
  readonly ownerOf: (item: Item) => string;
  /** Counts what waits; without it each owner may have all that may wait. */
  readonly waiting?: WaitingWrites;
  /** Where an owner whose part of a batch weighs so much lets others go first for a while (`Pauses`). */
  readonly pause?: {
    readonly fromWeight: number;
    /** Milliseconds of a clock that nobody sets. */
    readonly nowMs: () => number;
    /** Calls `run` after so many milliseconds; the answer cancels it. */
    readonly after: (delayMs: number, run: () => void) => () => void;
  };
  /** The most that one batch may weigh; an item that weighs more goes alone. */
  readonly maxWeight: number;
  /** The most batches under way at once. */
  readonly batchesAtOnce: number;
}

/** The most that may wait, by weight. A database that is this far behind is told as not available. */
export const maxWaitingWeight = 50_000;
/** One owner has too much waiting for the database already. Others may still write. */
export class OwnerHasTooMuch extends DatabaseUnavailable {}

/** Counts what waits for the database, and refuses what is too much. */
export class WaitingWrites {
  readonly #weights: WaitingWeights;

  /** @param maxOfOwner the most that one owner may have waiting; without it each may have all. */
  constructor(maxOfOwner?: number) {
    this.#weights = new WaitingWeights({ ofAll: maxWaitingWeight, ofOne: maxOfOwner });
  }

  /** @throws OwnerHasTooMuch, or DatabaseUnavailable when that is not one owner's fault, where no more of this weight may wait. */
  check(owner: string, weight: number): void {
    const refusal = this.#weights.refusal(owner, weight);
    if (refusal === undefined) return;
    const reason = `too much waits for the database already: ${this.#weights.total} writes`;
    throw refusal === 'full' ? new DatabaseUnavailable(reason) : new OwnerHasTooMuch(reason);
  }

  /** @throws what `check` throws. */
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
 * Makes a function that writes one item as a part of a batch, and resolves with its result once the batch is durable. There is
 * no timer: when fewer batches are under way than may be, what is there goes at once, and waiting for company was measured to be slower (stack.md section 7).
 * When the database refuses a batch, each of its items is written again alone, so that one bad item never fails its neighbours. When
 * it does not answer, all of them fail: nobody knows whether they are written. What waits weighs 50,000 at most; who comes with more is
 * told that the database is not available. Owners take turns in filling batches, and may have a bound of their own (`OwnerHasTooMuch`).
 */
export function batchWrites<Item, Result>(
  options: WriteBatchOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const { write, weigh, ownerOf, pause, maxWeight, batchesAtOnce } = options;
  const queue = new FairQueue<Waiting<Item, Result>>();
  const weights = options.waiting ?? new WaitingWrites();
  const pauses = pause === undefined ? undefined : new Pauses(pause.fromWeight);
  let underWay = 0;
  let cancelWake = () => {};

  const nowMs = (): number => pause?.nowMs() ?? 0;
  const pauseMs = (owner: string): number => pauses?.pauseMs(owner, nowMs()) ?? 0;

  function takeBatch(): Waiting<Item, Result>[] {
    const batch = queue.takeBatch(maxWeight, (owner) => pauseMs(owner) === 0);
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
    while (!queue.isEmpty) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      const startedAt = nowMs();
      const writing = writeBatch(batch);
      // Answering is work of this process, during which the database need not be idle: the next batch leaves before.
      setImmediate(tell);
      tell = await writing;
      pauses?.record(batch, startedAt, nowMs());
    }
    underWay -= 1;
    tell();
    if (!queue.isEmpty) wakeAfterPause();
  }

  /** Goes on once the first of those who wait has rested. */
  function wakeAfterPause(): void {
    cancelWake();
    cancelWake = pause?.after(Math.min(...queue.owners().map(pauseMs)), start) ?? cancelWake;
  }

  function start(): void {
    if (underWay >= batchesAtOnce) return;
    underWay += 1;
    // Not before the caller is through: what comes in one go shall be one batch.
    queueMicrotask(() => void writeBatches());
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const [owner, weight] = [ownerOf(item), weigh(item)];
      // What it throws rejects.
      weights.add(owner, weight);
      queue.add(owner, { item, owner, weight, resolve, reject }, weight);
      start();
    });
}
