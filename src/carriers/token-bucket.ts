// The rate of a carrier's account: a token for each segment, and a burst of one second at most. Pure.

/** A bucket of tokens. Moments are milliseconds of any clock that does not go back. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #most: number;
  #tokens: number;
  #at: number;

  /** @param perSecond 0 is no limit. */
  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#most = Math.max(perSecond, 1);
    this.#tokens = this.#most;
    this.#at = nowMs;
  }

  /** Returns how many whole tokens there are. */
  available(nowMs: number): number {
    if (this.#perSecond === 0) return Number.POSITIVE_INFINITY;
    this.#fill(nowMs);
    return Math.max(Math.floor(this.#tokens), 0);
  }

  /** Takes tokens. A message larger than the bucket takes more than there are: the next one waits for it. */
  take(count: number, nowMs: number): void {
    if (this.#perSecond === 0) return;
    this.#fill(nowMs);
    this.#tokens -= count;
  }

  /** Returns when there is a whole token again: `nowMs` if there is one. */
  nextAt(nowMs: number): number {
    if (this.available(nowMs) >= 1) return nowMs;
    return nowMs + Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(nowMs - this.#at, 0);
    this.#tokens = Math.min(this.#tokens + (passedMs * this.#perSecond) / 1000, this.#most);
    this.#at += passedMs;
  }
}
