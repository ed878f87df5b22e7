// Which Idempotency-Key a request goes out with, so that a message whose answer was lost is never sent twice.

export class SendAttempts {
  readonly #makeKey: () => string;
  #open: { readonly content: string; readonly key: string } | undefined;

  constructor(makeKey: () => string) {
    this.#makeKey = makeKey;
  }

  /** The key for a content: that of the attempt before where its end is not known and it was the same, else a new one. */
  keyFor(content: string): string {
    if (this.#open?.content !== content) this.#open = { content, key: this.#makeKey() };
    return this.#open.key;
  }

  /** The attempt has an answer: what is sent from now on is another message, even if it says the same. */
  settle(): void {
    this.#open = undefined;
  }
}

/**
 * Whether an attempt that ended with this status may have been accepted all the same: the answer was lost (`undefined`), the server
 * failed, or the first request with the key is still under way.
 */
export const isUnsettled = (status: number | undefined): boolean =>
  status === undefined || status >= 500 || status === 409 || status === 429;
