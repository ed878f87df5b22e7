// The batches of jobs that are being submitted.
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { HeldQueue } from './held-queue.ts';
import type { HeldQueues } from './held-queues.ts';
import { LostQueues } from './lost-queues.ts';
import { makeSubmit, type Progress, type Submit, type SubmitParts } from './submit-jobs.ts';
import type { TakenJob } from './take-due.ts';

/** The most batches whose marks are under way: each takes a connection. */
const marksAtOnce = 2;

interface SubmissionsParts extends SubmitParts {
  readonly inFlight: InFlightTracker;
  readonly logger: Logger;
}

/** Submits batches of jobs, several at the same time, and drops sender queues whose state in memory may be wrong afterwards. */
export class Submissions {
  readonly #held: HeldQueues;
  readonly #inFlight: InFlightTracker;
  readonly #submit: Submit;
  readonly #lost: LostQueues;
  readonly #progress: Progress;
  readonly #underWay = new Set<Promise<void>>();
  /** Batches whose marks are under way. */
  #marking = 0;

  /** @param wake called when sender queues may go on. */
  constructor(held: HeldQueues, parts: SubmissionsParts, wake: () => void) {
    this.#held = held;
    this.#inFlight = parts.inFlight;
    this.#submit = makeSubmit(parts);
    this.#lost = new LostQueues(parts.logger);
    this.#progress = {
      onMarked: () => {
        this.#marking -= 1;
        wake();
      },
      onEnd: wake,
      onLeaseLost: (queues, error) => this.#forget(queues, error),
    };
  }

  /** Whether no batch may start before the marks of another one are stored. */
  get isFull(): boolean {
    return this.#marking === marksAtOnce;
  }

  /** Starts a batch without waiting for its end, so that quick sender queues do not wait for slow ones. */
  start(jobs: readonly TakenJob[]): void {
    this.#marking += 1;
    const work = this.#inFlight
      .track(() => this.#submit(jobs, this.#progress))
      .catch((error: unknown) =>
        this.#forget(
          jobs.map(({ queue }) => queue),
          error,
        ),
      )
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /** Whether no batch is under way. */
  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  /** Waits until all batches have ended, or for `cutOff`. */
  async end(cutOff: Promise<void>): Promise<void> {
    await Promise.race([Promise.all(this.#underWay), cutOff]);
  }

  /** Drops sender queues whose state in memory may be wrong: a lease later their jobs come back with their marks. */
  #forget(queues: readonly HeldQueue[], error: unknown): void {
    for (const queue of queues) if (this.#held.drop(queue)) this.#lost.note(queue.name, error);
  }
}
