// The sender queues that a process holds: claimed, kept for as long as the lease of the process runs, given up.
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { endLease, forgetDead, renewLease } from '../outbox/dispatcher-lease-store.ts';
import {
  allQueuesOfHolder,
  claimQueues,
  listFreeQueues,
  queuesOfHolder,
  queuesWithJobs,
  releaseQueues,
} from '../outbox/outbox-store.ts';
import { HeldQueue } from './held-queue.ts';

/** How long a process owns its sender queues without a renewal. After it others take those of a process that has died. */
const leaseMs = 15_000;
/** The most sender queues that one statement takes, reads or gives up: requests wait for as long as it keeps this process busy. */
export const maxQueues = 250;
/** How long a sender queue that was left to another process is not claimed again. */
const leftForMs = 10_000;
/** For so long a statement may still take effect whose answer was lost: longer than the database lets one run. */
const unsureForMs = 45_000;

interface HeldQueuesParts {
  readonly db: Db;
  /** Of send slots. */
  readonly timers: Pick<Timers, 'now'>;
  /** Leases run by these. */
  readonly realTimers: Pick<Timers, 'now'>;
  /** Says how often sender queues are looked for without a wake-up. */
  readonly notifier: Pick<Notifier, 'lookEveryMs'>;
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
  #hasLease = false;
  /** When sender queues that were dropped are to be released, in milliseconds. */
  readonly #dropped = new Map<string, number>();
  /** Until when a claim or a release may take effect whose answer was lost, in milliseconds. */
  #unsureUntilMs = 0;
  /** Until when sender queues that were left to other processes are not claimed, in milliseconds; the first to end is the first. */
  readonly #left = new Map<string, number>();

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

  /** Leases the sender queues that were announced to have messages, and at each regular look any that has some and no live holder. */
  async claim(): Promise<void> {
    const { db, holder, timers, notifier } = this.#parts;
    if (!this.#hasLease) await this.#renewLease();
    const isLook = this.#toClaim === 'all' || performance.now() >= this.#lookAt;
    if (isLook && this.#nowMs() < this.#unsureUntilMs) await this.#releaseUnknown();
    const named = isLook || this.#toClaim === 'all' ? undefined : [...this.#toClaim];
    this.#toClaim = new Set();
    const queues = await this.#claimable(named);
    const claimed =
      queues?.length === 0
        ? []
        : await this.#noteIfUnknown(claimQueues(db, { holder, now: timers.now(), queues, limit: maxQueues }));
    for (const { queue, pacedUntil } of claimed) {
      // A lease of our own that ran out is only renewed by this: what is under way stays known.
      if (!this.#held.has(queue)) this.#held.set(queue, new HeldQueue(queue, pacedUntil));
      this.#dropped.delete(queue);
    }
    if (claimed.length === maxQueues) this.#toClaim = 'all';
    else if (isLook) {
      await this.#lookAtIdle();
      this.#lookAt = performance.now() + notifier.lookEveryMs;
    }
  }

  /** Returns those of the named sender queues, or of all, that are neither held nor left to others; `undefined` for all there are. */
  async #claimable(named: readonly string[] | undefined): Promise<readonly string[] | undefined> {
    const nowMs = this.#nowMs();
    for (const [name, untilMs] of this.#left) {
      if (untilMs > nowMs) break;
      this.#left.delete(name);
    }
    if (named === undefined && this.#left.size === 0) return undefined;
    const names = named ?? (await listFreeQueues(this.#parts.db, maxQueues + this.#left.size));
    // A lease of this process that has run out is among those that are free.
    const isHeld = (name: string) => named !== undefined && this.#held.has(name);
    return names.filter((name) => !isHeld(name) && !this.#left.has(name));
  }

  /** Checks idle sender queues for messages whose wake-up was lost: no other process may lease them. */
  async #lookAtIdle(): Promise<void> {
    const idle = [...this.#held.values()].filter(({ isIdle }) => isIdle).map(({ name }) => name);
    for (const names of slices(idle, maxQueues)) {
      for (const name of await queuesWithJobs(this.#parts.db, names)) this.#held.get(name)?.expectMore();
    }
  }

  /**
   * Restores the full time of the lease of the process: one row, however many sender queues it holds. Where the lease had run out, sender queues that others have
   * taken meanwhile are dropped. Those that were dropped a lease ago are released.
   */
  async renew(): Promise<void> {
    this.#mayGiveUp = true;
    const { db, holder } = this.#parts;
    const before = [...this.#held.values()];
    if (!(await this.#renewLease())) {
      for (const some of slices(before, maxQueues)) {
        const names = some.map(({ name }) => name);
        const kept = await queuesOfHolder(db, holder, names);
        for (const queue of some) if (!kept.has(queue.name)) this.#forgetOne(queue);
      }
    }
    const nowMs = this.#nowMs();
    const due = [...this.#dropped].flatMap(([name, untilMs]) => (untilMs <= nowMs ? [name] : []));
    for (const names of slices(due, maxQueues)) {
      await releaseQueues(db, holder, names);
      for (const name of names) this.#dropped.delete(name);
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

  /**
   * Ends the leases of sender queues that another process can send from and this one cannot, and claims none of them for ten seconds. While it
   * runs none may be leased or read.
   */
  async leaveToOthers(queues: readonly HeldQueue[]): Promise<void> {
    const untilMs = this.#nowMs() + leftForMs;
    for (const { name } of queues) {
      this.#left.delete(name);
      this.#left.set(name, untilMs);
    }
    await this.#giveUp(queues);
  }

  /** Ends all leases, so that another process may take the sender queues at once. */
  async giveUpAll(): Promise<void> {
    await this.#giveUp([...this.#held.values()]);
    if (this.#dropped.size === 0) await endLease(this.#parts.db, this.#parts.holder);
  }

  /**
   * Drops a sender queue, whose state may be wrong here: it is released a lease later, as if this process had died. One that was leased anew
   * meanwhile stays. Returns whether it was held.
   */
  drop(queue: HeldQueue): boolean {
    const wasHeld = this.#forgetOne(queue);
    if (wasHeld) this.#dropped.set(queue.name, this.#nowMs() + leaseMs);
    return wasHeld;
  }

  /** Drops sender queues whose leases were taken away and whose jobs are gone. */
  forget(names: readonly string[]): void {
    for (const name of names) this.#held.delete(name);
  }

  #forgetOne(queue: HeldQueue): boolean {
    return this.#held.get(queue.name) === queue && this.#held.delete(queue.name);
  }

  async #renewLease(): Promise<boolean> {
    const { db, holder } = this.#parts;
    const wasRunning = await renewLease(db, holder, leaseMs);
    this.#hasLease = true;
    if (!wasRunning) await forgetDead(db);
    return wasRunning;
  }

  async #giveUp(queues: readonly HeldQueue[]): Promise<void> {
    const names = queues.map(({ name }) => name);
    for (const name of names) this.#held.delete(name);
    for (const some of slices(names, maxQueues))
      await this.#noteIfUnknown(releaseQueues(this.#parts.db, this.#parts.holder, some));
  }

  /**
   * Waits for a statement that takes sender queues or gives them up. One that fails has perhaps been carried out, or will be: a lost connection
   * does not say.
   */
  async #noteIfUnknown<Result>(statement: Promise<Result>): Promise<Result> {
    try {
      return await statement;
    } catch (error) {
      this.#unsureUntilMs = this.#nowMs() + unsureForMs;
      this.#toClaim = 'all';
      throw error;
    }
  }

  /**
   * Ends the leases of sender queues that the database counts as this process's, and its memory does not: no process would send from them while
   * its lease runs. No sender queue may be claimed or given up meanwhile.
   */
  async #releaseUnknown(): Promise<void> {
    const { db, holder } = this.#parts;
    const owned = await allQueuesOfHolder(db, holder);
    const unknown = owned.filter((name) => !this.#held.has(name) && !this.#dropped.has(name));
    for (const names of slices(unknown, maxQueues))
      await this.#noteIfUnknown(releaseQueues(db, holder, names));
  }

  #nowMs(): number {
    return this.#parts.realTimers.now().getTime();
  }
}
