// Delivers reports and inbound messages to the server at their due time, and repeats each until the server has stored it.
import { InFlightTracker } from '../../base/in-flight.ts';
import type { Timers } from '../../base/timers.ts';
import { DueQueue } from './due-queue.ts';

export interface Delivery {
  /** The main account that it concerns; undefined where no account is known. */
  readonly accountId: string | undefined;
  /** Resolves once the server has stored it. */
  deliver(): Promise<void>;
  /** Called when the simulator stops before the delivery has succeeded. */
  drop(): void;
}

export interface ReportSchedulerParts {
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /** Called with the error of each failed delivery. */
  readonly onError: (error: unknown) => void;
}

/** Delay after a failure, for example of the server's database. */
const repeatAfterMs = 1000;

/** Uses one timer for all waiting deliveries. */
export class ReportScheduler {
  readonly #parts: ReportSchedulerParts;
  readonly #due = new DueQueue<Delivery>();
  readonly #inHand = new InFlightTracker();
  #armedMs = Number.POSITIVE_INFINITY;
  #disarm = () => {};
  #stopped = false;

  constructor(parts: ReportSchedulerParts) {
    this.#parts = parts;
  }

  /** Schedules a delivery for `dueMs`; one that is past due is delivered as soon as possible. */
  deliverAt(dueMs: number, delivery: Delivery): void {
    if (this.#stopped) {
      delivery.drop();
      return;
    }
    this.#due.put(dueMs, delivery);
    this.#arm();
  }

  /** Delivers at once; resolves after the first attempt. A failed delivery is scheduled again. */
  deliverNow(delivery: Delivery): Promise<void> {
    return this.#inHand.track(() => this.#parts.inFlight.track(() => this.#deliver(delivery)));
  }

  /** Drops the waiting deliveries of an account. */
  forget(accountId: string): void {
    this.#due.remove((delivery) => delivery.accountId === accountId);
  }

  /** Drops the waiting deliveries; resolves once those under way have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#disarm();
    for (const delivery of this.#due.takeDue(Number.POSITIVE_INFINITY)) delivery.drop();
    await this.#inHand.idle();
  }

  #arm(): void {
    const nextMs = this.#due.nextMs;
    if (nextMs === undefined || nextMs >= this.#armedMs) return;
    this.#disarm();
    this.#armedMs = nextMs;
    this.#disarm = this.#parts.timers.at(new Date(nextMs), () => {
      this.#armedMs = Number.POSITIVE_INFINITY;
      this.#deliverDue();
      this.#arm();
    });
  }

  #deliverDue(): void {
    for (const delivery of this.#due.takeDue(this.#parts.timers.now().getTime()))
      void this.deliverNow(delivery);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    try {
      await delivery.deliver();
    } catch (error) {
      this.#parts.onError(error);
      this.deliverAt(this.#parts.timers.now().getTime() + repeatAfterMs, delivery);
    }
  }
}
