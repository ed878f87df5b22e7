// Passes through the accounts with calls to make and their hosts, a page a look.
import type { Reader } from '../../db/db.ts';
import type { Flow } from './call-phases.ts';
import { listWaiting, type WaitingAccount } from './queue-store.ts';

/** How many accounts one look sees, and how many hosts of all of them; of more, the next look sees the next ones. */
const maxListed = 1000;

/**
 * Makes one pass after the other over all accounts, by name. An account with more hosts than its part of a look goes on with the next
 * look, and no other account waits for that: each of the page is looked at again with every look.
 */
export class HostScan {
  /** The account with which the last look ended; empty when it saw the last one. */
  #after = '';
  /** The host with which the last look at an account ended, of those that this pass has not seen whole. */
  readonly #seen = new Map<string, string>();
  /** The accounts that this pass has seen whole. */
  readonly #whole = new Set<string>();
  #nextDue: Date | undefined;

  /** Whether the pass is over: the next look begins another. */
  get isOver(): boolean {
    return this.#after === '' && this.#seen.size === 0;
  }

  /** When the earliest call is due of those that were not due yet when this pass saw them. */
  get nextDue(): Date | undefined {
    return this.#nextDue;
  }

  /** Reads the next page. Returns the flows with calls that are due at `now`, by account and host. */
  async look(db: Reader, now: Date): Promise<Flow[]> {
    if (this.isOver) {
      this.#nextDue = undefined;
      this.#whole.clear();
    }
    const listed = await listWaiting(db, now, { after: this.#after, seen: this.#seen }, maxListed);
    const last = listed.length === maxListed ? listed.at(-1)?.name : undefined;
    this.#forgetGone(listed, last);
    for (const account of listed) this.#note(account);
    this.#after = last ?? '';
    return listed.flatMap(({ name: account, hosts }) =>
      hosts.flatMap(({ name: host, isDue }) => (isDue ? [{ account, host }] : [])),
    );
  }

  #note({ name, hosts, hasMore }: WaitingAccount): void {
    for (const { nextAt } of hosts) {
      if (nextAt !== undefined && (this.#nextDue === undefined || nextAt < this.#nextDue))
        this.#nextDue = nextAt;
    }
    const last = hosts.at(-1);
    if (hasMore && last !== undefined && !this.#whole.has(name)) this.#seen.set(name, last.name);
    else {
      this.#seen.delete(name);
      this.#whole.add(name);
    }
  }

  /** Removes the accounts of a page that are no longer listed, because their last call is made. The page ends with `last`, or with all. */
  #forgetGone(listed: readonly WaitingAccount[], last: string | undefined): void {
    const names = new Set(listed.map(({ name }) => name));
    for (const name of this.#seen.keys()) {
      const isOfPage = name > this.#after && (last === undefined || name <= last);
      if (isOfPage && !names.has(name)) this.#seen.delete(name);
    }
  }
}
