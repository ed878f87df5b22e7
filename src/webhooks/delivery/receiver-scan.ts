// Going through the accounts with calls to make and their receivers, a page a look; what a pass has seen ahead, and what it left where it is.
import type { Reader } from '../../db/db.ts';
import { listWaiting, type WaitingAccount } from './queue-store.ts';
import type { Line, Places } from './receivers.ts';

/** How many accounts one look sees, and how many receivers of all of them; of more, the next look sees the next ones. */
const maxListed = 1000;

/**
 * A pass after the other over all accounts, from the first name to the last. An account with more receivers than its part of a look goes
 * on with the next look, and no other account waits for that: each is looked at again with every look.
 */
export class ReceiverScan {
  /** The account with which the last look ended; empty when it saw the last one. */
  #after = '';
  /** The receiver with which the last look at an account ended, of those that this pass has not seen whole. */
  readonly #seen = new Map<string, string>();
  /** The accounts that this pass has seen whole. */
  readonly #whole = new Set<string>();
  #nextDue: Date | undefined;
  /** Receivers to which calls were left. */
  readonly #left = new Set<string>();

  /** Whether the pass is over: the next look begins another. */
  get isOver(): boolean {
    return this.#after === '' && this.#seen.size === 0;
  }

  /** When the earliest call is due that this pass has seen ahead. */
  get nextDue(): Date | undefined {
    return this.#nextDue;
  }

  /** Looks at the next page. Returns the lines with calls that are due at `now`, by account and receiver. */
  async look(db: Reader, now: Date): Promise<Line[]> {
    if (this.isOver) {
      this.#nextDue = undefined;
      this.#whole.clear();
      this.#left.clear();
    }
    const listed = await listWaiting(db, now, { after: this.#after, seen: this.#seen }, maxListed);
    const last = listed.length === maxListed ? listed.at(-1)?.name : undefined;
    this.#forgetGone(listed, last);
    for (const account of listed) this.#note(account);
    this.#after = last ?? '';
    return listed.flatMap(({ name: account, receivers }) =>
      receivers.flatMap(({ name: receiver, isDue }) => (isDue ? [{ account, receiver }] : [])),
    );
  }

  /** Notes which of the receivers that were due may have more than what was taken: as much as there were `places` for. */
  noteTaken(
    due: readonly Line[],
    places: readonly Places[],
    calls: readonly { readonly mainId: string; readonly receiver: string }[],
  ): void {
    const free = new Map(places.map((line) => [nameOf(line), line.most]));
    for (const { mainId, receiver } of calls) {
      const name = nameOf({ account: mainId, receiver });
      free.set(name, (free.get(name) ?? 0) - 1);
    }
    for (const line of due) {
      if ((free.get(nameOf(line)) ?? 0) <= 0) this.#left.add(line.receiver);
    }
  }

  /** Whether this pass left calls to a receiver where they are, as far as it knows. */
  hasLeft(receiver: string): boolean {
    return this.#left.has(receiver);
  }

  /** Says that another look for what was left of a receiver's is under way. */
  forgetLeft(receiver: string): void {
    this.#left.delete(receiver);
  }

  #note({ name, receivers, hasMore }: WaitingAccount): void {
    for (const { nextAt } of receivers) {
      if (nextAt !== undefined && (this.#nextDue === undefined || nextAt < this.#nextDue))
        this.#nextDue = nextAt;
    }
    const last = receivers.at(-1);
    if (hasMore && last !== undefined && !this.#whole.has(name)) this.#seen.set(name, last.name);
    else {
      this.#seen.delete(name);
      this.#whole.add(name);
    }
  }

  /** Forgets the accounts of a page that are listed no more, because their last call is made. The page ends with `last`, or with all. */
  #forgetGone(listed: readonly WaitingAccount[], last: string | undefined): void {
    const names = new Set(listed.map(({ name }) => name));
    for (const name of this.#seen.keys()) {
      const isOfPage = name > this.#after && (last === undefined || name <= last);
      if (isOfPage && !names.has(name)) this.#seen.delete(name);
    }
  }
}

const nameOf = ({ account, receiver }: Line): string => `${account} ${receiver}`;
