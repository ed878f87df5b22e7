// Going through the receivers with calls to make, a page a look; what a pass has seen ahead, and what it left where it is.
import type { Reader } from '../db/db.ts';
import { listReceivers } from './queue-store.ts';

/** How many receivers one look sees; of more, the next look sees the next ones. */
const maxListed = 1000;

/** A pass after the other over all receivers, each from the first name to the last. */
export class ReceiverScan {
  /** Where the last look ended, by name; empty when it saw the last receiver. */
  #seen = '';
  #nextDue: Date | undefined;
  readonly #left = new Set<string>();

  /** Whether the pass is over: the next look begins with the first receiver again. */
  get isOver(): boolean {
    return this.#seen === '';
  }

  /** When the earliest call is due that this pass has seen ahead. */
  get nextDue(): Date | undefined {
    return this.#nextDue;
  }

  /** Looks at the next page; answers the receivers with calls that are due at `now`, by name. */
  async look(db: Reader, now: Date): Promise<string[]> {
    if (this.isOver) {
      this.#nextDue = undefined;
      this.#left.clear();
    }
    const listed = await listReceivers(db, now, this.#seen, maxListed);
    for (const { nextAt } of listed) {
      if (nextAt !== undefined && (this.#nextDue === undefined || nextAt < this.#nextDue))
        this.#nextDue = nextAt;
    }
    this.#seen = listed.length === maxListed ? (listed.at(-1)?.name ?? '') : '';
    return listed.flatMap(({ name, isDue }) => (isDue ? name : []));
  }

  /** Notes which of the receivers that were due may have more than what was taken: as much as they had `places` for. */
  noteTaken(
    due: readonly string[],
    places: ReadonlyMap<string, number>,
    calls: readonly { readonly receiver: string }[],
  ): void {
    const taken = new Map<string, number>();
    for (const { receiver } of calls) taken.set(receiver, (taken.get(receiver) ?? 0) + 1);
    for (const name of due) {
      if ((taken.get(name) ?? 0) >= (places.get(name) ?? 0)) this.#left.add(name);
    }
  }

  /** Whether this pass left calls to a receiver where they are, as far as it knows. */
  hasLeft(name: string): boolean {
    return this.#left.has(name);
  }

  /** Says that somebody looks again for what was left of a receiver's. */
  forgetLeft(name: string): void {
    this.#left.delete(name);
  }
}
