// Counts how often a message was told to wait: a carrier may mean one recipient's queue or limit, and says it as of its own (NowSMS; carriers.md section 4.5). Pure.
import { LRUCache } from 'lru-cache';

/** So often in a row it is the message, if others pass meanwhile. */
const tooOften = 3;

/** A message that alone is asked to slow down is tried again so late: as late as after the longest wait of the account. */
export const aloneRetryMs = 30_000;

/** Messages that are counted at once. */
const maxMessages = 10_000;

interface Refusals {
  readonly count: number;
  /** How many messages the carrier had taken by the last of them. */
  readonly takenBefore: number;
}

/** Forgets the oldest messages beyond ten thousand. */
export class RepeatedRefusals {
  readonly #refusals = new LRUCache<string, Refusals>({ max: maxMessages });
  #taken = 0;

  /**
   * Records a refusal, and returns whether it is of the message alone: its third or a later one. One before which the carrier took nothing since
   * the last does not count.
   */
  refused(reference: string): boolean {
    const before = this.#refusals.get(reference);
    if (before?.takenBefore === this.#taken) return false;
    const count = (before?.count ?? 0) + 1;
    this.#refusals.set(reference, { count, takenBefore: this.#taken });
    return count >= tooOften;
  }

  /** Removes the count of a message. */
  forget(reference: string): void {
    if (this.#refusals.size > 0) this.#refusals.delete(reference);
  }

  /** Records that the carrier took a message. */
  taken(reference: string): void {
    this.#taken += 1;
    this.forget(reference);
  }
}
