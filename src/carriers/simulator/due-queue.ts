// A queue ordered by due time: the earliest item comes out first, and of the same time the one that was added first. Pure but for its own contents.

interface Entry<Item> {
  readonly dueMs: number;
  /** Counts the items as they are added; decides between items of the same time. */
  readonly order: number;
  readonly item: Item;
}

/** A binary heap: adding and taking out cost the logarithm of its size. */
export class DueQueue<Item> {
  readonly #heap: Entry<Item>[] = [];
  #entered = 0;

  /** Due time of the first item, in milliseconds; `undefined` when the queue is empty. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.dueMs;
  }

  put(dueMs: number, item: Item): void {
    this.#entered += 1;
    this.#heap.push({ dueMs, order: this.#entered, item });
    this.#rise(this.#heap.length - 1);
  }

  /** Takes out all that is due at `nowMs`, in order. */
  takeDue(nowMs: number): Item[] {
    const due: Item[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.dueMs <= nowMs; first = this.#heap[0]) {
      due.push(first.item);
      const last = this.#heap.pop();
      if (last === undefined || last === first) continue;
      this.#heap[0] = last;
      this.#sink(0);
    }
    return due;
  }

  /** Takes out all that `isMeant` says. */
  remove(isMeant: (item: Item) => boolean): void {
    const kept = this.#heap
      .filter(({ item }) => !isMeant(item))
      .sort((one, other) => one.dueMs - other.dueMs || one.order - other.order);
    // What is in order is a heap.
    this.#heap.splice(0, this.#heap.length, ...kept);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0 && this.#comesBefore(at, (at - 1) >> 1)) at = this.#swap(at, (at - 1) >> 1);
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const least = this.#comesBefore(left + 1, left) ? left + 1 : left;
      if (!this.#comesBefore(least, at)) return;
      at = this.#swap(at, least);
    }
  }

  #comesBefore(one: number, other: number): boolean {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (first === undefined || second === undefined) return false;
    return first.dueMs < second.dueMs || (first.dueMs === second.dueMs && first.order < second.order);
  }

  /** Swaps two entries and returns the new index of the first. */
  #swap(one: number, other: number): number {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (first !== undefined && second !== undefined) {
      this.#heap[one] = second;
      this.#heap[other] = first;
    }
    return other;
  }
}
