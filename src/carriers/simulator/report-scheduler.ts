// Tells the server what is due, all that is due together at once, and each again until it was taken.
import { InFlightTracker } from '../../base/in-flight.ts';
import type { Timers } from '../../base/timers.ts';
import { DueQueue } from './due-queue.ts';

export interface Telling {
  /** Resolves once what was told is durable. */
  tell(): Promise<void>;
  /** Called instead when the simulator stops before it was told. */
  drop(): void;
}

export interface TellerParts {
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /** Told of each telling that failed. */
  readonly onError: (error: unknown) => void;
}

/** After a failure: the server's database may be away. */
const repeatAfterMs = 1000;

/** One timer for all that waits, however much that is. */
export class ReportScheduler {
  readonly #parts: TellerParts;
  readonly #due = new DueQueue<Telling>();
  readonly #inHand = new InFlightTracker();
  #armedMs = Number.POSITIVE_INFINITY;
  #disarm = () => {};
  #stopped = false;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** Tells it at `dueMs`, as soon as possible if that is past. */
  tellAt(dueMs: number, telling: Telling): void {
    if (this.#stopped) {
      telling.drop();
      return;
    }
    this.#due.put(dueMs, telling);
    this.#arm();
  }

  /** Tells it at once; resolves after the first time, whether it was taken or has to be told again. */
  tellNow(telling: Telling): Promise<void> {
    return this.#inHand.track(() => this.#parts.inFlight.track(() => this.#tell(telling)));
  }

  /** Drops what waits, and resolves once what is being told has been taken or refused. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#disarm();
    for (const telling of this.#due.takeDue(Number.POSITIVE_INFINITY)) telling.drop();
    await this.#inHand.idle();
  }

  #arm(): void {
    const nextMs = this.#due.nextMs;
    if (nextMs === undefined || nextMs >= this.#armedMs) return;
    this.#disarm();
    this.#armedMs = nextMs;
    this.#disarm = this.#parts.timers.at(new Date(nextMs), () => {
      this.#armedMs = Number.POSITIVE_INFINITY;
      this.#tellDue();
      this.#arm();
    });
  }

  #tellDue(): void {
    for (const telling of this.#due.takeDue(this.#parts.timers.now().getTime())) void this.tellNow(telling);
  }

  async #tell(telling: Telling): Promise<void> {
    try {
      await telling.tell();
    } catch (error) {
      this.#parts.onError(error);
      this.tellAt(this.#parts.timers.now().getTime() + repeatAfterMs, telling);
    }
  }
}
