// Time that can be frozen and turned: for tests, and for a simulation of days in milliseconds.
import type { Timers } from './timers.ts';

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
  readonly isLook: boolean;
}

/** Years of more than four digits cannot be written in ISO 8601 as everybody reads it. */
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Runs with the real time plus an offset until it is frozen. Few wait at a time, so who is next is found by looking at
 * all of them.
 */
export class VirtualClock implements Timers {
  readonly #real: Timers;
  #offsetMs = 0;
  /** The present moment while time stands still: frozen, or being advanced from moment to moment. */
  #stillAtMs: number | undefined;
  #isFrozen = false;
  #isAdvancing = false;
  #lastAdvance: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<Waiting>();
  #armedAtMs = Number.POSITIVE_INFINITY;
  #disarm = () => {};

  constructor(real: Timers) {
    this.#real = real;
  }

  readonly now = (): Date => new Date(this.#nowMs());

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /**
   * Calls `run` once `when` has come, in a later turn of the event loop if it is past. The answer cancels it.
   * @param isLook whether this is a regular look for work that might have been left: somebody who advances by days does not stop
   *   for each of them, and only makes the one that is due at the moments at which there is a reason to stop.
   */
  at(when: Date, run: () => void, isLook = false): () => void {
    const waiting = { atMs: when.getTime(), run, isLook };
    this.#waiting.add(waiting);
    if (this.#stillAtMs === undefined) this.#arm();
    else if (waiting.atMs <= this.#stillAtMs) this.#real.at(this.#real.now(), () => this.#run(waiting));
    return () => void this.#waiting.delete(waiting);
  }

  /** Stops the time where it is. */
  freeze(): void {
    this.#isFrozen = true;
    this.#holdStill();
  }

  /** Lets the time run on from where it stands. */
  resume(): void {
    this.#isFrozen = false;
    if (!this.#isAdvancing) this.#letRun();
  }

  /** Sets the time, back as well, and runs nothing: what it passes by waits for the next `advance` or `resume`. */
  set(when: Date): void {
    if (this.#stillAtMs !== undefined) {
      this.#stillAtMs = when.getTime();
      return;
    }
    this.#disarmTimer();
    this.#offsetMs = when.getTime() - this.#real.now().getTime();
    this.#arm();
  }

  /**
   * Turns the time by `durationMs` (never beyond the year 9999), going from one moment that somebody waits for to the next: sets
   * the time to it, runs what waits, and lets all that this caused come to an end, as `idle` says, before it goes on. Advances
   * that are asked for meanwhile follow one after the other. A clock that is not frozen runs on afterwards.
   */
  advance(durationMs: number, idle: () => Promise<void>): Promise<void> {
    const advance = this.#lastAdvance.then(() => this.#advance(durationMs, idle));
    this.#lastAdvance = advance.catch(() => {});
    return advance;
  }

  async #advance(durationMs: number, idle: () => Promise<void>): Promise<void> {
    const fromMs = this.#holdStill();
    const targetMs = Math.min(fromMs + Math.max(durationMs, 0), latestMs);
    this.#isAdvancing = true;
    try {
      await idle();
      for (let atMs = this.#nextStopMs(targetMs); atMs <= targetMs; atMs = this.#nextStopMs(targetMs)) {
        this.#stillAtMs = Math.max(atMs, this.#nowMs());
        for (const waiting of this.#dueBy(this.#stillAtMs)) this.#run(waiting);
        await idle();
      }
      this.#stillAtMs = Math.max(targetMs, this.#nowMs());
    } finally {
      this.#isAdvancing = false;
      if (!this.#isFrozen) this.#letRun();
    }
  }

  #nowMs(): number {
    return this.#stillAtMs ?? this.#real.now().getTime() + this.#offsetMs;
  }

  #holdStill(): number {
    this.#stillAtMs = this.#nowMs();
    this.#disarmTimer();
    return this.#stillAtMs;
  }

  #letRun(): void {
    if (this.#stillAtMs === undefined) return;
    this.#offsetMs = this.#stillAtMs - this.#real.now().getTime();
    this.#stillAtMs = undefined;
    this.#arm();
  }

  /** The next moment at which an advance stops. At its end everything due is run, looks as well. */
  #nextStopMs(targetMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { atMs, isLook } of this.#waiting) {
      if (atMs <= targetMs) nextMs = Math.min(nextMs, isLook ? targetMs : atMs);
    }
    return nextMs;
  }

  /** What waits for `momentMs` or earlier, the earliest first, and of the same moment who asked first. */
  #dueBy(momentMs: number): Waiting[] {
    return [...this.#waiting]
      .filter(({ atMs }) => atMs <= momentMs)
      .sort((one, other) => one.atMs - other.atMs);
  }

  /** Runs what still waits: what ran before it may have cancelled it. */
  #run(waiting: Waiting): void {
    if (this.#waiting.delete(waiting)) waiting.run();
  }

  /** While time runs: one real timer, for whoever is next. */
  #arm(): void {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { atMs } of this.#waiting) nextMs = Math.min(nextMs, atMs);
    if (nextMs === this.#armedAtMs) return;
    this.#disarmTimer();
    if (nextMs === Number.POSITIVE_INFINITY) return;
    this.#armedAtMs = nextMs;
    this.#disarm = this.#real.at(new Date(nextMs - this.#offsetMs), () => {
      this.#armedAtMs = Number.POSITIVE_INFINITY;
      for (const waiting of this.#dueBy(this.#nowMs())) this.#run(waiting);
      if (this.#stillAtMs === undefined) this.#arm();
    });
  }

  #disarmTimer(): void {
    this.#disarm();
    this.#armedAtMs = Number.POSITIVE_INFINITY;
  }
}
