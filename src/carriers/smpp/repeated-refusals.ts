// Counts how often a message was told that a queue is full: an SMSC says so of one recipient's queue as of its own (NowSMS; carriers.md section 4.5). Pure.
import { LRUCache } from 'lru-cache';

/** So often in a row it is the message, if others pass meanwhile. */
const tooOften = 3;

/** Messages that are counted at once. */
const maxMessages = 10_000;

interface Refusals {
  readonly count: number;
  /** How many messages the SMSC had taken by the last of them. */
  readonly takenBefore: number;
}

/** Forgets the oldest messages beyond ten thousand. */
export class RepeatedRefusals {
  readonly #refusals = new LRUCache<string, Refusals>({ max: maxMessages });
  #taken = 0;

  /** Records a refusal, and returns whether it is the third one of this message. Those between which the SMSC took nothing count as one. */
  refused(reference: string): boolean {
    const before = this.#refusals.get(reference);
    const isSame = before?.takenBefore === this.#taken;
    const count = (before?.count ?? 0) + (isSame ? 0 : 1);
    if (count >= tooOften) this.#refusals.delete(reference);
    else this.#refusals.set(reference, { count, takenBefore: this.#taken });
    return count >= tooOften;
  }

  /** Removes the count of a message that was taken. */
  taken(reference: string): void {
    this.#taken += 1;
    if (this.#refusals.size > 0) this.#refusals.delete(reference);
  }
}
