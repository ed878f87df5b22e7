// The sender queues that a process holds: claimed for a while, renewed, given up.
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { claimQueues, queuesWithJobs, releaseQueues, renewQueues } from '../outbox/outbox-store.ts';
import { HeldQueue } from './held-queue.ts';

/** How long a sender queue stays a process's without being renewed. When the process dies others take it after that. */
const leaseMs = 15_000;
/** How often sender queues are looked for that nobody has said anything of. */
export const lookEveryMs = 1000;
/** The most sender queues that one statement takes, reads, renews or gives up: requests wait for as long as it keeps this process busy. */
export const maxQueues = 250;

export interface HeldQueuesParts {
  readonly db: Db;
  /** Of send slots. */
  readonly timers: Pick<Timers, 'now'>;
  /** The name of the process. */
  readonly holder: string;
}

/** Keeps sender queues whose leases this process had when it last asked; `markJobs` asks the database once more before a submission. */
export class HeldQueues {
  readonly #parts: HeldQueuesParts;
  readonly #held = new Map<string, HeldQueue>();
  /** Sender queues that are said to have got messages and are not held; `all` for any. */
  #toClaim: Set<string> | 'all' = 'all';
  #lookAt = 0;
  #mayGiveUp = false;

  constructor(parts: HeldQueuesParts) {
    this.#parts = parts;
  }

  /** Returns the sender queues in the order in which they were leased, or were put last. */
  values(): IterableIterator<HeldQueue> {
    return this.#held.values();
  }

  /** Moves a sender queue behind all others. */
  putLast(queue: HeldQueue): void {
    if (this.#held.delete(queue.name)) this.#held.set(queue.name, queue);
  }

  /** Records that sender queues have new messages; any may have without `names`. */
  expectMore(names: readonly string[] | undefined): void {
    if (names === undefined) this.#toClaim = 'all';
    else if (this.#toClaim !== 'all') for (const name of names) this.#toClaim.add(name);
    for (const name of names ?? this.#held.keys()) this.#held.get(name)?.expectMore();
  }

  /** Whether there may be more to claim than one statement took. */
  get mayClaimMore(): boolean {
    return this.#toClaim === 'all';
  }

  /** Leases the sender queues that were announced to have messages, and every second any that has some and no live holder. */
  async claim(): Promise<void> {
    const { db, holder, timers } = this.#parts;
    const isLook = this.#toClaim === 'all' || performance.now() >= this.#lookAt;
    const queues =
      isLook || this.#toClaim === 'all'
        ? undefined
        : [...this.#toClaim].filter((name) => !this.#held.has(name));
    this.#toClaim = new Set();
    if (queues?.length === 0) return;
    const claimed = await claimQueues(db, { holder, leaseMs, now: timers.now(), queues, limit: maxQueues });
    for (const { queue, pacedUntil } of claimed) {
      // A lease of our own that ran out is only renewed by this: what is under way stays known.
      if (!this.#held.has(queue)) this.#held.set(queue, new HeldQueue(queue, pacedUntil));
    }
    if (claimed.length === maxQueues) this.#toClaim = 'all';
    else if (isLook) {
      await this.#lookAtIdle();
      this.#lookAt = performance.now() + lookEveryMs;
    }
  }

  /** Checks idle sender queues for messages whose wake-up was lost: no other process may lease them. */
  async #lookAtIdle(): Promise<void> {
    const idle = [...this.#held.values()].filter(({ isIdle }) => isIdle).map(({ name }) => name);
    for (const names of slices(idle, maxQueues)) {
      for (const name of await queuesWithJobs(this.#parts.db, names)) this.#held.get(name)?.expectMore();
    }
  }

  /** Restores the full time of leases. Sender queues whose leases were lost are dropped, unless they have been leased anew meanwhile. */
  async renew(): Promise<void> {
    this.#mayGiveUp = true;
    for (const some of slices([...this.#held.values()], maxQueues)) {
      const names = some.map(({ name }) => name);
      const kept = await renewQueues(this.#parts.db, this.#parts.holder, names, leaseMs);
      for (const queue of some) if (!kept.has(queue.name)) this.drop(queue);
    }
  }

  /**
   * Ends the leases of idle sender queues, once after each renewal. While it runs none may be leased or read: one that is just being read only
   * looks idle, and one that is just being released cannot be leased for a new message.
   */
  async giveUpIdle(): Promise<void> {
    if (!this.#mayGiveUp) return;
    this.#mayGiveUp = false;
    await this.#giveUp([...this.#held.values()].filter(({ isIdle }) => isIdle));
  }

  /** Ends all leases, so that another process may take the sender queues at once. */
  giveUpAll(): Promise<void> {
    return this.#giveUp([...this.#held.values()]);
  }

  /**
   * Drops a sender queue, whose lease runs out by itself. One that was leased anew meanwhile stays. Returns whether it was held.
   */
  drop(queue: HeldQueue): boolean {
    return this.#held.get(queue.name) === queue && this.#held.delete(queue.name);
  }

  /** Drops sender queues whose leases were taken away and whose jobs are gone. */
  forget(names: readonly string[]): void {
    for (const name of names) this.#held.delete(name);
  }

  async #giveUp(queues: readonly HeldQueue[]): Promise<void> {
    const names = queues.map(({ name }) => name);
    for (const name of names) this.#held.delete(name);
    for (const some of slices(names, maxQueues))
      await releaseQueues(this.#parts.db, this.#parts.holder, some);
  }
}
