// Batches of writes by key, side by side: what one key waits for, the others do not.
import { DatabaseUnavailable } from './unavailable.ts';
import { batchWrites, maxWaitingWeight, type WriteBatchOptions } from './write-batch.ts';

export interface WriteApartOptions<Item, Result>
  extends Pick<WriteBatchOptions<Item, Result>, 'write' | 'weigh' | 'maxWeight'> {
  /** The most keys that are written at once: each takes a connection. */
  readonly keysAtOnce: number;
}

interface OfKey<Item, Result> {
  readonly write: (item: Item) => Promise<Result>;
  unwritten: number;
}

/** Batches as `batchWrites` makes them, each of one key, and one of each key at a time. All that waits weighs no more than it may there. */
export class WritesApart<Item, Result> {
  readonly #options: WriteApartOptions<Item, Result>;
  readonly #keys = new Map<string, OfKey<Item, Result>>();
  readonly #waitingForPlace: (() => void)[] = [];
  #freePlaces: number;
  #weight = 0;

  constructor(options: WriteApartOptions<Item, Result>) {
    this.#options = options;
    this.#freePlaces = options.keysAtOnce;
  }

  /** Whether something of this key is not written yet. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  async write(key: string, item: Item): Promise<Result> {
    const weight = this.#options.weigh(item);
    if (this.#weight + weight > maxWaitingWeight) {
      throw new DatabaseUnavailable(`too much waits apart for the database already: ${this.#weight} writes`);
    }
    const ofKey = this.#keys.get(key) ?? this.#newKey();
    this.#keys.set(key, ofKey);
    ofKey.unwritten += 1;
    this.#weight += weight;
    try {
      return await ofKey.write(item);
    } finally {
      this.#weight -= weight;
      ofKey.unwritten -= 1;
      if (ofKey.unwritten === 0) this.#keys.delete(key);
    }
  }

  #newKey(): OfKey<Item, Result> {
    const { write, weigh, maxWeight } = this.#options;
    const inPlace = (items: readonly Item[]) => this.#inPlace(() => write(items));
    return { write: batchWrites({ write: inPlace, weigh, maxWeight, batchesAtOnce: 1 }), unwritten: 0 };
  }

  async #inPlace<Written>(work: () => Promise<Written>): Promise<Written> {
    if (this.#freePlaces === 0) await new Promise<void>((resolve) => this.#waitingForPlace.push(resolve));
    else this.#freePlaces -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waitingForPlace.shift();
      if (next === undefined) this.#freePlaces += 1;
      else next();
    }
  }
}
