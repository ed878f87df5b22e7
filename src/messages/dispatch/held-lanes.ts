// The lanes that a process holds: claimed for a while, renewed, given up.
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { claimLanes, lanesWithJobs, releaseLanes, renewLanes } from '../outbox/outbox-store.ts';
import { HeldLane } from './held-lane.ts';

/** How long a lane stays a process's without being renewed. When the process dies others take it after that. */
const leaseMs = 15_000;
/** How often lanes are looked for that nobody has said anything of. */
export const lookEveryMs = 1000;
/** The most lanes that one statement takes, reads, renews or gives up: requests wait for as long as it keeps this process busy. */
export const maxLanes = 250;

export interface HeldLanesParts {
  readonly db: Db;
  /** Of appointments. */
  readonly timers: Pick<Timers, 'now'>;
  /** The name of the process. */
  readonly holder: string;
}

/** What is held here counts as held until `renew` says otherwise; whoever submits asks the database once more (`markJobs`). */
export class HeldLanes {
  readonly #parts: HeldLanesParts;
  readonly #held = new Map<string, HeldLane>();
  /** Lanes that are said to have got messages and are not held; `all` for any. */
  #toClaim: Set<string> | 'all' = 'all';
  #lookAt = 0;
  #mayGiveUp = false;

  constructor(parts: HeldLanesParts) {
    this.#parts = parts;
  }

  /** In the order in which they were claimed, or were put last. */
  values(): IterableIterator<HeldLane> {
    return this.#held.values();
  }

  /** Puts a lane behind all others. */
  putLast(lane: HeldLane): void {
    if (this.#held.delete(lane.name)) this.#held.set(lane.name, lane);
  }

  /** Says that lanes have got messages, without `names` that any may have. */
  expectMore(names: readonly string[] | undefined): void {
    if (names === undefined) this.#toClaim = 'all';
    else if (this.#toClaim !== 'all') for (const name of names) this.#toClaim.add(name);
    for (const name of names ?? this.#held.keys()) this.#held.get(name)?.expectMore();
  }

  /** Claims the lanes that are said to have got messages, and every second any that has some and no live holder. */
  async claim(): Promise<void> {
    const { db, holder, timers } = this.#parts;
    const isLook = this.#toClaim === 'all' || performance.now() >= this.#lookAt;
    const lanes =
      isLook || this.#toClaim === 'all'
        ? undefined
        : [...this.#toClaim].filter((name) => !this.#held.has(name));
    this.#toClaim = new Set();
    if (lanes?.length === 0) return;
    const claimed = await claimLanes(db, { holder, leaseMs, now: timers.now(), lanes, limit: maxLanes });
    for (const { lane, pacedUntil } of claimed) {
      // A lease of our own that ran out is only renewed by this: what is under way stays known.
      if (!this.#held.has(lane)) this.#held.set(lane, new HeldLane(lane, pacedUntil));
    }
    if (claimed.length === maxLanes) this.#toClaim = 'all';
    else if (isLook) {
      await this.#lookAtIdle();
      this.#lookAt = performance.now() + lookEveryMs;
    }
  }

  /** Finds what came to lanes that are held and have nothing to do, where the hint was lost: nobody else may claim them. */
  async #lookAtIdle(): Promise<void> {
    const idle = [...this.#held.values()].filter(({ isIdle }) => isIdle).map(({ name }) => name);
    for (const names of slices(idle, maxLanes)) {
      for (const name of await lanesWithJobs(this.#parts.db, names)) this.#held.get(name)?.expectMore();
    }
  }

  /** Renews leases. Lanes that were lost are forgotten, unless they have been claimed anew meanwhile. */
  async renew(): Promise<void> {
    this.#mayGiveUp = true;
    for (const some of slices([...this.#held.values()], maxLanes)) {
      const names = some.map(({ name }) => name);
      const kept = await renewLanes(this.#parts.db, this.#parts.holder, names, leaseMs);
      for (const lane of some) if (!kept.has(lane.name)) this.drop(lane);
    }
  }

  /**
   * Gives up lanes that have nothing to do, once after each renewal. While it runs nothing may be claimed or read: a lane that is just
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

  /** Leaves a lane to its lease: it is taken anew once that has run out. One that was claimed anew meanwhile stays. */
  drop(lane: HeldLane): void {
    if (this.#held.get(lane.name) === lane) this.#held.delete(lane.name);
  }

  async #giveUp(lanes: readonly HeldLane[]): Promise<void> {
    const names = lanes.map(({ name }) => name);
    for (const name of names) this.#held.delete(name);
    for (const some of slices(names, maxLanes)) await releaseLanes(this.#parts.db, this.#parts.holder, some);
  }
}
