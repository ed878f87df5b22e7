// Things that have come and requests that wait for one, matched with each other. Each thing is given once.

interface Wait<Item> {
  readonly matches: (item: Item) => boolean;
  readonly resolve: (item: Item) => void;
}

/** Keeps what came and was not wanted yet, in order. */
export class WaitingList<Item> {
  readonly #what: string;
  #items: Item[] = [];
  readonly #waits = new Set<Wait<Item>>();

  /** @param what in the plural or with an article, for errors: "no callback". */
  constructor(what: string) {
    this.#what = what;
  }

  /** Adds a thing: it goes to the first that waits for it, or is kept. */
  add(item: Item): void {
    for (const wait of this.#waits) {
      if (!wait.matches(item)) continue;
      this.#waits.delete(wait);
      wait.resolve(item);
      return;
    }
    this.#items.push(item);
  }

  /** Returns the first thing that matches and was not given before; waits until it comes, and rejects when it does not in time. */
  next(matches: (item: Item) => boolean, timeoutMs: number): Promise<Item> {
    const index = this.#items.findIndex(matches);
    const [item] = index === -1 ? [] : this.#items.splice(index, 1);
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve, reject) => {
      const wait = {
        matches,
        resolve: (come: Item) => {
          clearTimeout(timer);
          resolve(come);
        },
      };
      const timer = setTimeout(() => {
        this.#waits.delete(wait);
        reject(new Error(`no ${this.#what} of that kind came within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waits.add(wait);
    });
  }

  /** Drops what has come. */
  clear(): void {
    this.#items = [];
  }
}
