// A clock that can be frozen and advanced: for tests, and to simulate days in milliseconds.
import type { Timers } from './timers.ts';

interface Waiting {
  atMs: number;
  readonly run: () => void;
  readonly isLook: boolean;
}

/** How a clock begins: at the real time or another, running or frozen. */
interface ClockStart {
  readonly at: Date | undefined;
  readonly isFrozen: boolean;
}

/** The latest time: years of more than four digits are not valid in ISO 8601. */
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Follows the real time plus an offset until it is frozen. Few callbacks wait at a time, so the next one is found by scanning
 * all.
 */
export class VirtualClock implements Timers {
  readonly #real: Timers;
  #offsetMs = 0;
  /** The current time while it does not move: frozen, or during an advance. */
  #stillAtMs: number | undefined;
  #isFrozen = false;
  #isAdvancing = false;
  #lastAdvance: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<Waiting>();
  #armedAtMs = Number.POSITIVE_INFINITY;
  #disarm = () => {};
  readonly #start: ClockStart;

  constructor(real: Timers, { at, isFrozen }: ClockStart = { at: undefined, isFrozen: false }) {
    this.#real = real;
    if (isFrozen) this.freeze();
    if (at !== undefined) this.set(at);
    this.#start = { at: isFrozen ? this.now() : undefined, isFrozen };
  }

  readonly now = (): Date => new Date(this.#nowMs());

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /**
   * Calls `run` at `when`, in a later turn of the event loop if that is past. Returns a function that cancels it.
   * @param isLook whether this is a regular look for work. An advance by days does not stop for each of them; it only runs the
   *   one that is due at a time at which it stops anyway.
   */
  at(when: Date, run: () => void, isLook = false): () => void {
    const waiting = { atMs: when.getTime(), run, isLook };
    this.#waiting.add(waiting);
    if (this.#stillAtMs === undefined) this.#arm();
    else if (waiting.atMs <= this.#stillAtMs) this.#real.at(this.#real.now(), () => this.#run(waiting));
    return () => void this.#waiting.delete(waiting);
  }

  /** Stops the time. */
  freeze(): void {
    this.#isFrozen = true;
    this.#holdStill();
  }

  /** Starts the time again from where it stopped. */
  resume(): void {
    this.#isFrozen = false;
    if (!this.#isAdvancing) this.#letRun();
  }

  /** Changes the time, in either direction, and runs nothing: what became due waits for the next `advance` or `resume`. */
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
   * Changes the time back to that of the start, after advances under way: running or frozen as it was then. Nothing is run. Regular looks for
   * work keep their distance from now, so that they go on.
   */
  returnToStart(): Promise<void> {
    const back = this.#lastAdvance.then(() => {
      const beforeMs = this.#nowMs();
      const { at, isFrozen } = this.#start;
      this.#disarmTimer();
      this.#isFrozen = isFrozen;
      this.#stillAtMs = at?.getTime();
      this.#offsetMs = 0;
      const byMs = this.#nowMs() - beforeMs;
      for (const waiting of this.#waiting) if (waiting.isLook) waiting.atMs += byMs;
      if (this.#stillAtMs === undefined) this.#arm();
    });
    this.#lastAdvance = back;
    return back;
  }

  /**
   * Moves the time forward by `durationMs` (never beyond the year 9999), from one due callback to the next: sets the time, runs
   * what is due, and waits with `idle` for the work that it started. Further advances follow one after the other. A clock that
   * is not frozen runs on afterwards.
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

  /** Returns the next time at which an advance stops. At its end everything due runs, looks as well. */
  #nextStopMs(targetMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { atMs, isLook } of this.#waiting) {
      if (atMs <= targetMs) nextMs = Math.min(nextMs, isLook ? targetMs : atMs);
    }
    return nextMs;
  }

  /** Returns what is due at `momentMs`, ordered by time, then by the order of asking. */
  #dueBy(momentMs: number): Waiting[] {
    return [...this.#waiting]
      .filter(({ atMs }) => atMs <= momentMs)
      .sort((one, other) => one.atMs - other.atMs);
  }

  /** Runs a callback unless an earlier one has cancelled it. */
  #run(waiting: Waiting): void {
    if (this.#waiting.delete(waiting)) waiting.run();
  }

  /** Starts one real timer for the next callback, while the time runs. */
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
