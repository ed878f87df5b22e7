// Counts of a carrier, and its last error, for people and measurements.
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';

/** The same failure is logged once a minute: a carrier that is away fails again and again. */
const logEveryMs = 60_000;

/** A carrier with more codes of its own than these has the rest counted together. */
const maxAnswers = 50;
const otherAnswers = 'other';

/** Counts since the start of the process, by names in words. */
export class Tally<Counted extends string> {
  readonly #now: Clock;
  readonly #logger: Logger;
  readonly #carrier: string;
  readonly #counts = new Map<Counted, number>();
  readonly #answers = new Map<string, number>();
  #lastError: { readonly at: Date; readonly text: string } | undefined;
  #loggedMs = Number.NEGATIVE_INFINITY;

  constructor(now: Clock, logger: Logger, carrier: string) {
    this.#now = now;
    this.#logger = logger;
    this.#carrier = carrier;
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** The carrier's answers other than yes, by its own codes. */
  get answers(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#answers);
  }

  get lastError(): { readonly at: Date; readonly text: string } | undefined {
    return this.#lastError;
  }

  /** Counts one more. */
  count(what: Counted): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  /** Counts an answer other than yes by the carrier's own code. */
  countAnswer(code: string): void {
    const name = this.#answers.has(code) || this.#answers.size < maxAnswers ? code : otherAnswers;
    this.#answers.set(name, (this.#answers.get(name) ?? 0) + 1);
  }

  /** Records what is wrong with the connection or the account. Texts and secrets have no place in `text`. */
  failed(text: string): void {
    const at = this.#now();
    const isNews = text !== this.#lastError?.text || at.getTime() - this.#loggedMs >= logEveryMs;
    this.#lastError = { at, text };
    if (!isNews) return;
    this.#loggedMs = at.getTime();
    this.#logger.warn({ carrier: this.#carrier, reason: text }, 'a carrier has a fault');
  }
}
