// Which Idempotency-Key a request goes out with, so that a message whose answer was lost is never sent twice.

export class SendAttempts {
  readonly #makeKey: () => string;
  #open: { readonly content: string; readonly key: string } | undefined;

  constructor(makeKey: () => string) {
    this.#makeKey = makeKey;
  }

  /** Returns the key for a content: that of the last attempt if its outcome is unknown and its content was the same, else a new one. */
  keyFor(content: string): string {
    if (this.#open?.content !== content) this.#open = { content, key: this.#makeKey() };
    return this.#open.key;
  }

  /** Ends the attempt, because it has a known outcome: the next one is another message, even with the same content. */
  finish(): void {
    this.#open = undefined;
  }
}

/**
 * Returns whether an attempt that ended with this status may have been accepted all the same: the response was lost (`undefined`), the
 * server failed, or the first request with the key is still under way.
 */
export const isOutcomeUnknown = (status: number | undefined): boolean =>
  status === undefined || status >= 500 || status === 409 || status === 429;
