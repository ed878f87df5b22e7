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

/** What is held here counts as held until `renew` says otherwise; whoever submits asks the database once more (`markJobs`). */
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

  /** In the order in which they were claimed, or were put last. */
  values(): IterableIterator<HeldQueue> {
    return this.#held.values();
  }

  /** Puts a sender queue behind all others. */
  putLast(queue: HeldQueue): void {
    if (this.#held.delete(queue.name)) this.#held.set(queue.name, queue);
  }

  /** Says that sender queues have got messages, without `names` that any may have. */
  expectMore(names: readonly string[] | undefined): void {
    if (names === undefined) this.#toClaim = 'all';
    else if (this.#toClaim !== 'all') for (const name of names) this.#toClaim.add(name);
    for (const name of names ?? this.#held.keys()) this.#held.get(name)?.expectMore();
  }

  /** Whether there may be more to claim than one statement took. */
  get mayClaimMore(): boolean {
    return this.#toClaim === 'all';
  }

  /** Claims the sender queues that are said to have got messages, and every second any that has some and no live holder. */
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

  /** Finds what came to sender queues that are held and have nothing to do, where the hint was lost: nobody else may claim them. */
  async #lookAtIdle(): Promise<void> {
    const idle = [...this.#held.values()].filter(({ isIdle }) => isIdle).map(({ name }) => name);
    for (const names of slices(idle, maxQueues)) {
      for (const name of await queuesWithJobs(this.#parts.db, names)) this.#held.get(name)?.expectMore();
    }
  }

  /** Renews leases. Sender queues that were lost are forgotten, unless they have been claimed anew meanwhile. */
  async renew(): Promise<void> {
    this.#mayGiveUp = true;
    for (const some of slices([...this.#held.values()], maxQueues)) {
      const names = some.map(({ name }) => name);
      const kept = await renewQueues(this.#parts.db, this.#parts.holder, names, leaseMs);
      for (const queue of some) if (!kept.has(queue.name)) this.drop(queue);
    }
  }

  /**
   * Gives up sender queues that have nothing to do, once after each renewal. While it runs nothing may be claimed or read: a sender queue that is just
   * being read only looks idle, and one that is just being released cannot be claimed for what comes to it.
   */
  async giveUpIdle(): Promise<void> {
    if (!this.#mayGiveUp) return;
    this.#mayGiveUp = false;
    await this.#giveUp([...this.#held.values()].filter(({ isIdle }) => isIdle));
  }

  /** Gives up everything, so that another process may take it at once. */
  giveUpAll(): Promise<void> {
    return this.#giveUp([...this.#held.values()]);
  }

  /** Leaves a sender queue to its lease: it is taken anew once that has run out. One that was claimed anew meanwhile stays. */
  drop(queue: HeldQueue): void {
    if (this.#held.get(queue.name) === queue) this.#held.delete(queue.name);
  }

  async #giveUp(queues: readonly HeldQueue[]): Promise<void> {
    const names = queues.map(({ name }) => name);
    for (const name of names) this.#held.delete(name);
    for (const some of slices(names, maxQueues))
      await releaseQueues(this.#parts.db, this.#parts.holder, some);
  }
}
