// A queue in which owners take turns by weight, so that none waits for all the items of another. Pure but for its own contents.

/** Limits on the waiting weight. */
interface WaitingLimits {
  readonly ofAll: number;
  /**
   * For one owner, which also never has more waiting than is still free, so that the next owner finds as much room. `undefined`
   * is no limit.
   */
  readonly ofOne: number | undefined;
}

/** The limit that refuses an item: its owner's, or that of all owners together. */
type Refusal = 'ownerFull' | 'full';

/** The waiting weight, in all and by owner. */
export class WaitingWeights {
  readonly #limits: WaitingLimits;
  readonly #byOwner = new Map<string, number>();
  #total = 0;

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** The total waiting weight. */
  get total(): number {
    return this.#total;
  }

  /**
   * Returns the limit that refuses an item of this weight; `undefined` when it may wait. An owner with nothing waiting is never
   * full.
   */
  refusal(owner: string, weight: number): Refusal | undefined {
    const { ofAll, ofOne } = this.#limits;
    const own = this.#byOwner.get(owner) ?? 0;
    const free = ofAll - this.#total;
    if (ofOne !== undefined && own > 0 && own + weight > Math.min(ofOne, free)) return 'ownerFull';
    return weight > free ? 'full' : undefined;
  }

  add(owner: string, weight: number): void {
    this.#byOwner.set(owner, (this.#byOwner.get(owner) ?? 0) + weight);
    this.#total += weight;
  }

  remove(owner: string, weight: number): void {
    const left = (this.#byOwner.get(owner) ?? 0) - weight;
    if (left > 0) this.#byOwner.set(owner, left);
    else this.#byOwner.delete(owner);
    this.#total -= weight;
  }
}

interface Waiting<Item> {
  readonly item: Item;
  readonly weight: number;
}

interface Owner<Item> {
  readonly name: string;
  readonly waiting: Waiting<Item>[];
  /** How many of `waiting` are taken out already. Removing them one by one from the front would move all others each time. */
  taken: number;
  /** The served weight at which its first item is due: what the owner was served, and no less than the queue's when it arrived. */
  dueAt: number;
}

/**
 * Returns items in batches. Items of one owner keep their order. Between owners, the one that was served the least weight since
 * it began to wait goes first (start-time fair queueing; Goyal, Vin and Cheng 1996): an owner that arrives waits for one item
 * of each other owner, not for all of them. A single owner is served as by a plain queue.
 */
export class FairQueue<Item> {
  /** Owners with waiting items, ordered by `dueAt`. */
  readonly #line: Owner<Item>[] = [];
  readonly #owners = new Map<string, Owner<Item>>();
  /** The `dueAt` of the item that was served last: an owner that arrives starts here. */
  #servedAt = 0;

  get isEmpty(): boolean {
    return this.#line.length === 0;
  }

  /** Returns the owners with waiting items. */
  owners(): string[] {
    return this.#line.map(({ name }) => name);
  }

  add(name: string, item: Item, weight: number): void {
    const owner = this.#owners.get(name) ?? { name, waiting: [], taken: 0, dueAt: this.#servedAt };
    this.#owners.set(name, owner);
    owner.waiting.push({ item, weight });
    if (owner.waiting.length - owner.taken > 1) return;
    owner.dueAt = Math.max(owner.dueAt, this.#servedAt);
    this.#insert(owner);
  }

  /**
   * Takes out the next items, of `maxWeight` together at most; an item that is heavier goes alone. An owner whose next item
   * does not fit, or for which `mayGo` returns false, is skipped and comes first in the next batch.
   */
  takeBatch(maxWeight: number, mayGo: (owner: string) => boolean = () => true): Item[] {
    const batch: Item[] = [];
    const skipped: Owner<Item>[] = [];
    let weight = 0;
    for (let owner = this.#line.shift(); owner !== undefined; owner = this.#line.shift()) {
      const first = owner.waiting[owner.taken];
      if (first === undefined) continue;
      const isTooHeavy = batch.length > 0 && weight + first.weight > maxWeight;
      if (isTooHeavy || !mayGo(owner.name)) {
        skipped.push(owner);
        continue;
      }
      owner.taken += 1;
      batch.push(first.item);
      weight += first.weight;
      this.#servedAt = Math.max(this.#servedAt, owner.dueAt);
      owner.dueAt += first.weight;
      if (owner.taken < owner.waiting.length) this.#insert(owner);
      if (weight >= maxWeight) break;
    }
    this.#line.unshift(...skipped);
    this.#compact();
    return batch;
  }

  /** Adds an owner to the line, behind those with the same `dueAt`. */
  #insert(owner: Owner<Item>): void {
    let [from, to] = [0, this.#line.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#line[middle]?.dueAt ?? 0) <= owner.dueAt) from = middle + 1;
      else to = middle;
    }
    this.#line.splice(from, 0, owner);
  }

  /** Deletes the owners without waiting items that were served no more than the others: a new entry would be the same. */
  #compact(): void {
    for (const owner of this.#owners.values()) {
      const { name, waiting, taken, dueAt } = owner;
      if (taken * 2 >= waiting.length) {
        waiting.splice(0, taken);
        owner.taken = 0;
      }
      if (waiting.length > 0) continue;
      if (this.isEmpty || dueAt <= this.#servedAt) this.#owners.delete(name);
    }
  }
}
