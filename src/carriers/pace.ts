// How fast a carrier's account may be used: the rate that was agreed, and less while the carrier asks to slow down (carriers.md section 4.9). Pure.

const firstDelayMs = 1000;
const maxDelayMs = 30_000;

/** A rate that was cut grows by a tenth so often. */
const growEveryMs = 10_000;
const growth = 1.1;

/** A rate that nobody agreed is watched no longer once it is so many times what was too fast. */
const enough = 2;

/** A bucket of tokens, one a segment, that is filled by the rate and never holds more than a second's. */
export class Pace {
  #agreed: number;
  /** Segments a second; `undefined` is no limit. */
  #rate: number | undefined;
  /** Where a rate that nobody agreed ends to be watched. */
  #ceiling = Number.POSITIVE_INFINITY;
  #tokens: number;
  #filledMs: number;
  #delayMs = 0;
  #throttledMs = 0;
  #throttledUntilMs = 0;
  #grownMs = 0;
  #secondMs = 0;
  #inSecond = 0;
  #lastSecond = 0;

  /** @param agreed segments a second; 0 is no limit. */
  constructor(agreed: number, now: Date) {
    this.#agreed = agreed;
    this.#rate = agreed === 0 ? undefined : agreed;
    this.#tokens = this.#capacity;
    this.#filledMs = now.getTime();
  }

  /** Segments a second that are possible now; `undefined` where there is no limit. */
  get rate(): number | undefined {
    return this.#rate;
  }

  /** Milliseconds of all delays that began until now, to their ends. */
  get throttledMs(): number {
    return this.#throttledMs;
  }

  /** Changes the agreed rate: other processes use some of the account's binds. */
  agree(agreed: number): void {
    const wasCut = this.#rate !== undefined && this.#rate < this.#agreed;
    this.#agreed = agreed;
    if (!wasCut && agreed > 0) this.#rate = agreed;
    this.#tokens = Math.min(this.#tokens, this.#capacity);
  }

  /** Returns how many segments may go now. */
  available(now: Date): number {
    this.#advance(now.getTime());
    if (now.getTime() < this.#throttledUntilMs) return 0;
    return this.#rate === undefined ? Number.POSITIVE_INFINITY : Math.max(Math.floor(this.#tokens), 0);
  }

  /** Returns whether a message may go now. One of more segments than a second has may go when none has for a second. */
  allows(segments: number, now: Date): boolean {
    return this.available(now) >= Math.min(segments, Math.floor(this.#capacity));
  }

  /** Returns when a message of so many segments may go; at once where it may now. */
  nextAt(now: Date, segments = 1): Date {
    const nowMs = now.getTime();
    this.#advance(nowMs);
    if (this.#rate === undefined) return new Date(Math.max(nowMs, this.#throttledUntilMs));
    const missing = Math.max(Math.min(segments, Math.floor(this.#capacity)) - this.#tokens, 0);
    return new Date(this.#filledMs + Math.ceil((missing / this.#rate) * 1000));
  }

  /** Counts segments that go. */
  use(segments: number, now: Date): void {
    this.#advance(now.getTime());
    this.#inSecond += segments;
    if (this.#rate !== undefined) this.#tokens -= segments;
  }

  /**
   * Delays what comes next because the carrier asked to slow down: by a second, doubling while it goes on, a fifth more or less. Halves the
   * rate, once a delay.
   * @param share from 0 to 1, by chance
   * @param leastMs the carrier's own word on how long to wait; half a minute of it counts
   */
  slowDown(now: Date, share: number, leastMs = 0): void {
    const nowMs = now.getTime();
    this.#advance(nowMs);
    if (nowMs < this.#throttledUntilMs) return;
    this.#delayMs = Math.min(Math.max(this.#delayMs * 2, firstDelayMs), maxDelayMs);
    const delayMs = Math.round(this.#delayMs * (0.8 + 0.4 * share));
    this.#throttledUntilMs = nowMs + Math.max(delayMs, Math.min(leastMs, maxDelayMs));
    this.#throttledMs += this.#throttledUntilMs - nowMs;
    const tooFast = this.#rate ?? Math.max(this.#inSecond, this.#lastSecond, 1);
    if (this.#agreed === 0 && this.#rate === undefined) this.#ceiling = tooFast * enough;
    this.#rate = Math.max(tooFast / 2, 1);
    this.#grownMs = nowMs;
    // Tokens that were not used meanwhile make no burst afterwards.
    this.#tokens = Math.min(this.#tokens, 1);
    this.#filledMs = this.#throttledUntilMs;
  }

  /** Records that the carrier took something: the next delay is short again. */
  goOn(now: Date): void {
    if (now.getTime() >= this.#throttledUntilMs) this.#delayMs = 0;
  }

  get #capacity(): number {
    return Math.max(this.#rate ?? 1, 1);
  }

  #advance(nowMs: number): void {
    this.#grow(nowMs);
    if (nowMs - this.#secondMs >= 1000) {
      this.#lastSecond = nowMs - this.#secondMs < 2000 ? this.#inSecond : 0;
      this.#inSecond = 0;
      this.#secondMs = nowMs;
    }
    const passedMs = Math.max(nowMs - this.#filledMs, 0);
    this.#filledMs = Math.max(nowMs, this.#throttledUntilMs);
    if (this.#rate !== undefined) {
      this.#tokens = Math.min(this.#tokens + (passedMs / 1000) * this.#rate, this.#capacity);
    }
  }

  #grow(nowMs: number): void {
    while (this.#isCut && nowMs - this.#grownMs >= growEveryMs) {
      this.#grownMs += growEveryMs;
      const grown = (this.#rate ?? 1) * growth;
      this.#rate = this.#agreed === 0 ? grown : Math.min(grown, this.#agreed);
      if (this.#agreed === 0 && grown > this.#ceiling) this.#rate = undefined;
    }
  }

  get #isCut(): boolean {
    return this.#rate !== undefined && (this.#agreed === 0 || this.#rate < this.#agreed);
  }
}
