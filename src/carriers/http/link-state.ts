// How an HTTP carrier's link is: in use, paused after failures, or tried by one request. Pure.
import { doubledDelayMs } from '../../base/backoff.ts';

/** Failures in a row after which the link is paused. */
const failuresToPause = 5;
const firstPauseMs = 5000;
const longestPauseMs = 60_000;

/** The state of a link. Moments are milliseconds. */
export class LinkState {
  #failures = 0;
  /** Pauses in a row, each twice as long as the one before. */
  #pauses = 0;
  #pausedUntilMs = 0;

  /** Returns how many requests may be under way because of what came of earlier ones: none, one that tries the link, or any number. */
  most(nowMs: number): number {
    if (nowMs < this.#pausedUntilMs) return 0;
    return this.#pauses > 0 ? 1 : Number.POSITIVE_INFINITY;
  }

  /** Returns whether the carrier cannot be reached. */
  isDown(): boolean {
    return this.#pauses > 0;
  }

  /** Returns when a pause ends; a moment in the past where there is none. */
  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** Records that the carrier has answered, whatever it said. */
  noteAnswer(): void {
    this.#failures = 0;
    this.#pauses = 0;
  }

  /** Records that a request did not reach the carrier or got no answer. Five in a row pause the link for 5 s, doubled up to a minute. */
  noteFailure(nowMs: number): void {
    this.#failures += 1;
    if (this.#failures < failuresToPause && this.#pauses === 0) return;
    if (nowMs < this.#pausedUntilMs) return;
    this.#pauses += 1;
    this.#pausedUntilMs = nowMs + doubledDelayMs(firstPauseMs, this.#pauses, longestPauseMs);
  }
}
