// The end of an attempt: records it, and lets the sender queue of the job go on.
import { type Timers, waitFor } from '../../base/timers.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import type { Job } from '../outbox/outbox-store.ts';
import { makeRecordResult, type Outcome, type RecordResultParts } from './record-results.ts';
import type { TakenJob } from './take-due.ts';

/** How long to wait before what came of a submission is written once more, milliseconds; a minute in all. */
const recordRetriesMs = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

export interface EndJobParts extends RecordResultParts {
  /** The machine's own, which no simulation turns: the database is waited for by these. */
  readonly realTimers: Timers;
}

/** Makes the function that records how a job ended and lets its sender queue go on. */
export function makeEndJob(parts: EndJobParts): (taken: TakenJob, outcome: Outcome) => Promise<void> {
  const recordResult = makeRecordResult(parts);

  /** Records the result of a job, also where the database is away for a moment: a message that the carrier has taken must not be lost. */
  async function recordSurely(job: Job, outcome: Outcome): Promise<void> {
    for (const retryMs of recordRetriesMs) {
      try {
        return await recordResult({ job, outcome });
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
        await waitFor(parts.realTimers, retryMs);
      }
    }
    await recordResult({ job, outcome });
  }

  return async ({ queue, job }, outcome) => {
    await recordSurely(job, outcome);
    if (outcome.kind !== 'deferred') return queue.finished(job);
    const { dueAt, refusals, isOutcomeUnknown, unknownAttempts, carrier, taken } = outcome;
    const partsTaken = job.partsTaken + (taken?.parts.length ?? 0);
    const progress = { refusals, isOutcomeUnknown, unknownAttempts, carrier, partsTaken };
    queue.retry(job, { ...job, dueAt, attempts: job.attempts + 1, ...progress }, dueAt.getTime());
  };
}
