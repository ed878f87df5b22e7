// How an HTTP carrier's link is: in use, backing off after failures, or tried by one request. Pure.
import { doubledDelayMs } from '../../base/backoff.ts';

/** Failures in a row after which the link backs off. */
const failuresToBackOff = 5;
const firstBackoffMs = 5000;
const longestBackoffMs = 60_000;

/** The state of a link. Moments are milliseconds. */
export class LinkState {
  #failures = 0;
  /** Backoffs in a row, each twice as long as the one before. */
  #backoffs = 0;
  #backsOffUntilMs = 0;

  /** Returns how many requests may be under way because of what came of earlier ones: none, one that tries the link, or any number. */
  most(nowMs: number): number {
    if (nowMs < this.#backsOffUntilMs) return 0;
    return this.#backoffs > 0 ? 1 : Number.POSITIVE_INFINITY;
  }

  /** Returns whether the carrier cannot be reached. */
  isDown(): boolean {
    return this.#backoffs > 0;
  }

  /** Returns when a backoff ends; a moment in the past where there is none. */
  get backsOffUntilMs(): number {
    return this.#backsOffUntilMs;
  }

  /** Records that the carrier has answered, whatever it said. */
  noteAnswer(): void {
    this.#failures = 0;
    this.#backoffs = 0;
  }

  /** Records that a request did not reach the carrier or got no answer. After five in a row the link backs off for 5 s, doubled up to a minute. */
  noteFailure(nowMs: number): void {
    this.#failures += 1;
    if (this.#failures < failuresToBackOff && this.#backoffs === 0) return;
    if (nowMs < this.#backsOffUntilMs) return;
    this.#backoffs += 1;
    this.#backsOffUntilMs = nowMs + doubledDelayMs(firstBackoffMs, this.#backoffs, longestBackoffMs);
  }
}
