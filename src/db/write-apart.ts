// Batches of writes by key, side by side: writes of one key do not wait for those of another.
import { FairSemaphore } from '../base/fair-semaphore.ts';
import { batchWrites, WaitingWrites, type WriteBatchOptions } from './write-batch.ts';

interface WriteApartOptions<Item, Result>
  extends Pick<WriteBatchOptions<Item, Result>, 'write' | 'weigh' | 'ownerOf' | 'waiting' | 'maxWeight'> {
  /** The most keys that are written at once: each takes a connection. */
  readonly keysAtOnce: number;
}

interface OfKey<Item, Result> {
  readonly write: (item: Item) => Promise<Result>;
  unwritten: number;
}

/**
 * Writes batches as `batchWrites` does, each of one key, and one of each key at a time. The limit on all waiting items is the
 * same, and owners take turns.
 */
export class WritesApart<Item, Result> {
  readonly #options: WriteApartOptions<Item, Result>;
  readonly #keys = new Map<string, OfKey<Item, Result>>();
  readonly #semaphore: FairSemaphore;
  readonly #weights: WaitingWrites;

  constructor(options: WriteApartOptions<Item, Result>) {
    this.#options = options;
    this.#weights = options.waiting ?? new WaitingWrites();
    this.#semaphore = new FairSemaphore(options.keysAtOnce);
  }

  /** Returns whether an item of this key is not written yet. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  async write(key: string, item: Item): Promise<Result> {
    const { weigh, ownerOf } = this.#options;
    const [owner, weight] = [ownerOf(item), weigh(item)];
    this.#weights.add(owner, weight);
    const ofKey = this.#keys.get(key) ?? this.#newKey();
    this.#keys.set(key, ofKey);
    ofKey.unwritten += 1;
    try {
      return await ofKey.write(item);
    } finally {
      this.#weights.remove(owner, weight);
      ofKey.unwritten -= 1;
      if (ofKey.unwritten === 0) this.#keys.delete(key);
    }
  }

  #newKey(): OfKey<Item, Result> {
    const { write, weigh, ownerOf, maxWeight } = this.#options;
    const writeInPlace = (items: readonly Item[]) => {
      const [first] = items;
      const weight = items.reduce((sum, item) => sum + weigh(item), 0);
      return this.#semaphore.run(first === undefined ? '' : ownerOf(first), weight, () => write(items));
    };
    return {
      write: batchWrites({ write: writeInPlace, weigh, ownerOf, maxWeight, batchesAtOnce: 1 }),
      unwritten: 0,
    };
  }
}
