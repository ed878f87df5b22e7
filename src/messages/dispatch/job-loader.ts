// Keeps the jobs of held sender queues in memory as the outbox has them: reads those that are new, and forgets those that are gone.
import type { Logger } from '../../base/logger.ts';
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { findSettled } from '../outbox/mark-store.ts';
import { deleteJobs, loadJobs, type Place } from '../outbox/outbox-store.ts';
import type { HeldQueue } from './held-queue.ts';
import { type HeldQueues, maxQueues } from './held-queues.ts';

interface JobLoaderParts {
  readonly db: Db;
  /** Of send slots. */
  readonly timers: Pick<Timers, 'now'>;
  /** The name of the process. */
  readonly holder: string;
  readonly logger: Logger;
}

/** Reads jobs for held sender queues. */
export class JobLoader {
  readonly #held: HeldQueues;
  readonly #parts: JobLoaderParts;
  readonly #wake: () => void;
  /** Whether jobs may be gone from the outbox that are here. */
  #mayHaveFewer = false;

  /** @param wake called when sender queues are to be read again. */
  constructor(held: HeldQueues, parts: JobLoaderParts, wake: () => void) {
    this.#held = held;
    this.#parts = parts;
    this.#wake = wake;
  }

  /** Records that jobs may have been cancelled. */
  expectFewer(): void {
    this.#mayHaveFewer = true;
  }

  /** Reads the jobs that sender queues want. */
  async load(): Promise<void> {
    const wanting = [...this.#held.values()].filter(({ wantsJobs }) => wantsJobs);
    for (const some of slices(wanting, maxQueues)) await this.#loadSome(some);
  }

  /**
   * Removes jobs that were cancelled from sender queues that wait for them: for a repetition, a moment or a carrier. Those that go on come to them by
   * themselves, and lose no time by them.
   */
  async forgetCancelled(): Promise<void> {
    if (!this.#mayHaveFewer) return;
    this.#mayHaveFewer = false;
    const { db, holder, timers } = this.#parts;
    const now = timers.now().getTime();
    const waiting = [...this.#held.values()]
      .map((queue) => ({ queue, jobs: queue.jobsKeptWaiting(now) }))
      .filter(({ jobs }) => jobs.length > 0);
    for (const some of slices(waiting, maxQueues)) {
      const jobs = some.flatMap((one) => one.jobs);
      const gone = new Set(await findSettled(db, holder, jobs));
      if (gone.size > 0) for (const { queue } of some) queue.forget(gone);
    }
  }

  async #loadSome(queues: readonly HeldQueue[]): Promise<void> {
    const wanted = queues.map((queue) => ({ queue: queue.name, ...queue.beginLoad() }));
    const { byQueue, pacedUntil, orphans } = await loadJobs(this.#parts.db, wanted).catch(
      (error: unknown) => {
        for (const queue of queues) queue.expectMore();
        throw error;
      },
    );
    const now = this.#parts.timers.now().getTime();
    for (const queue of queues) queue.load(byQueue.get(queue.name) ?? [], now, pacedUntil.get(queue.name));
    if (orphans.length > 0) await this.#takeOut(orphans);
  }

  /** Takes jobs whose message is gone out of their sender queues, which they would block, and lets the sender queues be read again. */
  async #takeOut(orphans: readonly Place[]): Promise<void> {
    const { db, timers, logger } = this.#parts;
    logger.error({ jobs: orphans }, 'queued messages are gone, and are taken out of their sender queues');
    this.#held.expectMore(orphans.map(({ queue }) => queue));
    const unsent = orphans.map((place) => ({ ...place, isUnsent: true }));
    await db.transaction(async (tx) => deleteJobs(tx, unsent, new Map(), timers.now()));
    this.#wake();
  }
}
