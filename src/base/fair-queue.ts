// A queue in which owners take turns by weight, so that none waits for all that another one has brought. Pure but for being changed.

/** How much may wait, by weight. */
export interface WaitingLimits {
  readonly ofAll: number;
  /** Of one owner; it may never have more waiting than is free besides, so that the next owner finds as much room. Without it, no bound. */
  readonly ofOne: number | undefined;
}

/** Why something may not wait: its owner has too much waiting already, or all of them together have. */
export type Refusal = 'ownerFull' | 'full';

/** How much waits, in all and of each owner. */
export class WaitingWeights {
  readonly #limits: WaitingLimits;
  readonly #byOwner = new Map<string, number>();
  #total = 0;

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** The weight of all that waits. */
  get total(): number {
    return this.#total;
  }

  /** Returns why something of this weight may not wait; `undefined` when it may. An owner that has nothing waiting is never full. */
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
  /** How many of them are taken out already: moving the others up for each would cost more than taking it. */
  taken: number;
  /** The weight at which its first item is due: what it has been given so far, and no less than those who wait had when it came. */
  dueAt: number;
}

/**
 * Gives out items in batches. Items of one owner keep their order. Between owners the one goes first that has been given least, by
 * weight, since it began to wait (start-time fair queueing; Goyal, Vin and Cheng 1996): so an owner that comes waits for one item of
 * each other owner, and not for all that they have. A single owner is served as by a plain queue.
 */
export class FairQueue<Item> {
  /** Those who wait, by the weight at which they are due. */
  readonly #line: Owner<Item>[] = [];
  readonly #owners = new Map<string, Owner<Item>>();
  /** The weight at which the item that was given out last was due: whoever comes begins here. */
  #servedAt = 0;

  get isEmpty(): boolean {
    return this.#line.length === 0;
  }

  /** Those who wait. */
  owners(): string[] {
    return this.#line.map(({ name }) => name);
  }

  add(name: string, item: Item, weight: number): void {
    const owner = this.#owners.get(name) ?? { name, waiting: [], taken: 0, dueAt: this.#servedAt };
    this.#owners.set(name, owner);
    owner.waiting.push({ item, weight });
    if (owner.waiting.length - owner.taken > 1) return;
    owner.dueAt = Math.max(owner.dueAt, this.#servedAt);
    this.#putInLine(owner);
  }

  /**
   * Takes out the next items, which weigh `maxWeight` together at most; one that weighs more goes alone. An owner whose next item does
   * not fit, or that `mayGo` keeps back, lets the others go by, and is the first of the next batch.
   */
  takeBatch(maxWeight: number, mayGo: (owner: string) => boolean = () => true): Item[] {
    const batch: Item[] = [];
    const passedBy: Owner<Item>[] = [];
    let weight = 0;
    for (let owner = this.#line.shift(); owner !== undefined; owner = this.#line.shift()) {
      const first = owner.waiting[owner.taken];
      if (first === undefined) continue;
      const isTooHeavy = batch.length > 0 && weight + first.weight > maxWeight;
      if (isTooHeavy || !mayGo(owner.name)) {
        passedBy.push(owner);
        continue;
      }
      owner.taken += 1;
      batch.push(first.item);
      weight += first.weight;
      this.#servedAt = Math.max(this.#servedAt, owner.dueAt);
      owner.dueAt += first.weight;
      if (owner.taken < owner.waiting.length) this.#putInLine(owner);
      if (weight >= maxWeight) break;
    }
    this.#line.unshift(...passedBy);
    this.#tidy();
    return batch;
  }

  /** Behind those who are due at the same weight. */
  #putInLine(owner: Owner<Item>): void {
    let [from, to] = [0, this.#line.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#line[middle]?.dueAt ?? 0) <= owner.dueAt) from = middle + 1;
      else to = middle;
    }
    this.#line.splice(from, 0, owner);
  }

  /** An owner that has nothing waiting and was given no more than others is as good as a new one. */
  #tidy(): void {
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
