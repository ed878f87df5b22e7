// Counts how often a message was told to wait: an SMSC says "queue full" of one recipient's queue as of its own (NowSMS; carriers.md section 4.5). Pure.

/** So often in a row it is the message, if others pass meanwhile. */
const tooOften = 3;

/** Messages that are counted at once. */
const maxMessages = 10_000;

/** Forgets the oldest messages beyond ten thousand. */
export class RepeatedRefusals {
  readonly #counts = new Map<string, number>();

  /** Records a refusal, and returns whether it is the third one of this message. */
  refused(reference: string): boolean {
    const count = (this.#counts.get(reference) ?? 0) + 1;
    this.#counts.delete(reference);
    if (count >= tooOften) return true;
    this.#counts.set(reference, count);
    if (this.#counts.size > maxMessages) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return false;
  }

  /** Removes the count of a message that was taken. */
  taken(reference: string): void {
    if (this.#counts.size > 0) this.#counts.delete(reference);
  }
}
