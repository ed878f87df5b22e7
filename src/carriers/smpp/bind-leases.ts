// The binds of an account, shared between processes: accounts allow few of them (carriers.md section 4.2).
import type { Timers } from '../../base/timers.ts';

/** Leases the binds of carriers to one process each. The leases end by themselves when a process does. */
export interface BindLeases {
  /**
   * Renews what this process holds of a carrier's binds and takes free ones up to its share. Returns the numbers of those that it holds
   * now, from 0; they are its own for 15 s.
   */
  hold(carrier: string, binds: number): Promise<readonly number[]>;
  /** Gives a carrier's binds back. */
  release(carrier: string): Promise<void>;
}

const renewEveryMs = 5000;
const leaseMs = 15_000;

interface LeaseEvents {
  /** Says which binds this process holds, each time that it asked. */
  held(binds: ReadonlySet<number>): void;
  failed(reason: string): void;
}

/** Holds a carrier's binds until it is stopped. */
export class LeaseKeeper {
  readonly #timers: Timers;
  readonly #leases: BindLeases;
  readonly #carrier: string;
  readonly #binds: number;
  readonly #events: LeaseEvents;
  #heldUntilMs = 0;
  #cancel = () => {};
  #hasStopped = false;

  constructor(timers: Timers, leases: BindLeases, carrier: string, binds: number, events: LeaseEvents) {
    this.#timers = timers;
    this.#leases = leases;
    this.#carrier = carrier;
    this.#binds = binds;
    this.#events = events;
  }

  /** Takes what there is, and looks again every five seconds. What could not be renewed in time is not held any more. */
  async start(): Promise<void> {
    const askedMs = this.#timers.now().getTime();
    try {
      const binds = await this.#leases.hold(this.#carrier, this.#binds);
      if (this.#hasStopped) return;
      this.#heldUntilMs = askedMs + leaseMs;
      this.#events.held(new Set(binds));
    } catch (error) {
      if (this.#hasStopped) return;
      this.#events.failed(`the leases of binds cannot be renewed: ${(error as Error).message}`);
      if (askedMs >= this.#heldUntilMs - renewEveryMs) this.#events.held(new Set());
    }
    const next = new Date(this.#timers.now().getTime() + renewEveryMs);
    this.#cancel = this.#timers.at(next, () => void this.start());
  }

  /** Ends the leases. */
  async stop(): Promise<void> {
    this.#hasStopped = true;
    this.#cancel();
    try {
      await this.#leases.release(this.#carrier);
    } catch (error) {
      this.#events.failed(`the leases of binds cannot be given back: ${(error as Error).message}`);
    }
  }
}
