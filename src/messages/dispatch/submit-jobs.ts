// Submitting: marks jobs, hands them to their carriers, and sees to it that what came of each is recorded.

import type { Db } from '../../db/db.ts';
import { mediaOfMessages } from '../../media/message-media-store.ts';
import { findSettled, type Mark, markJobs } from '../outbox/mark-store.ts';
import { type AttemptParts, attemptJob } from './attempt-job.ts';
import { type EndJobParts, makeEndJob } from './end-job.ts';
import type { HeldQueue } from './held-queue.ts';
import { barredOutcome, missedOutcome } from './judge-failure.ts';
import type { LiveJob, TakenJob } from './take-due.ts';

const noMedia: Awaited<ReturnType<typeof mediaOfMessages>> = new Map();

export interface SubmitParts extends AttemptParts, EndJobParts {
  readonly db: Db;
  readonly holder: string;
  /** How carriers reach this server, to fetch media; without a slash at the end. */
  readonly publicUrl: string;
}

/** Functions that are called as jobs go on. */
export interface Progress {
  /** The database has been asked whether the jobs may go, and has answered or failed: others may be taken. */
  readonly onMarked: () => void;
  /** Sender queues may go on. */
  readonly onEnd: () => void;
  /** Sender queues whose state in memory may be wrong now: they have to be leased anew. */
  readonly onLeaseLost: (queues: readonly HeldQueue[], error: unknown) => void;
}

/** Submits jobs; resolves once all of them have come to an end that is durable, or their sender queues are lost. */
export type Submit = (jobs: readonly TakenJob[], progress: Progress) => Promise<void>;

/** Makes the function that submits. */
export function makeSubmit(parts: SubmitParts): Submit {
  const { timers } = parts;
  const endJob = makeEndJob(parts);

  async function submitMarked(
    live: LiveJob,
    mark: Mark | 'settled' | undefined,
    mediaUrls: readonly string[],
    onGone: () => void,
  ): Promise<void> {
    const { queue, job } = live;
    if (mark === undefined) throw new Error('The sender queue was taken over by another process.');
    // The carrier's answer to an attempt that had been given up has come meanwhile, or a request has cancelled it.
    if (mark === 'settled') {
      queue.withdrawn(job);
      return queue.finished(job);
    }
    queue.departed(mark.departedUpTo);
    const barred = barredOutcome(job, mark, timers.now());
    if (barred !== undefined) {
      queue.withdrawn(job);
      return endJob(live, barred);
    }
    return endJob(live, await attemptJob(live, mediaUrls, onGone, parts));
  }

  return async (jobs, { onMarked, onEnd, onLeaseLost }) => {
    const follow = (taken: TakenJob, work: Promise<void>) =>
      work.catch((error: unknown) => onLeaseLost([taken.queue], error)).then(onEnd);
    const ending = jobs.flatMap((taken) =>
      typeof taken.passage === 'string'
        ? [follow(taken, endJob(taken, missedOutcome(taken.job, taken.passage, timers.now())))]
        : [],
    );

    const live = jobs.filter((taken): taken is LiveJob => typeof taken.passage === 'object');
    const [marks, media] = await Promise.all([markAll(live, parts), mediaOf(live, parts)])
      .catch((error: unknown) => {
        for (const { passage } of live) passage.end();
        throw error;
      })
      .finally(onMarked);
    const submitting = live.map((one) => {
      const { messageId } = one.job;
      const mediaUrls = (media.get(messageId) ?? []).map(({ url }) => url);
      const work = submitMarked(one, marks.get(messageId), mediaUrls, onEnd).finally(one.passage.end);
      return follow(one, work);
    });
    // These are on their way: the jobs behind them may go.
    onEnd();
    await Promise.all([...ending, ...submitting]);
  };
}

/** Stores the carriers of jobs as marks, and returns the marks; jobs that were settled without this process are `settled`. */
async function markAll(
  live: readonly LiveJob[],
  { db, holder, timers }: SubmitParts,
): Promise<ReadonlyMap<string, Mark | 'settled'>> {
  const marks = await markJobs(
    db,
    holder,
    live.map(({ job, passage }) => ({ ...job, carrier: passage.carrier.name })),
    timers.now(),
  );
  const unmarked = live.flatMap(({ job }) => (marks.has(job.messageId) ? [] : [job]));
  if (unmarked.length === 0) return marks;
  const settled = await findSettled(db, holder, unmarked);
  return new Map<string, Mark | 'settled'>([
    ...marks,
    ...settled.map((messageId) => [messageId, 'settled'] as const),
  ]);
}

/** Returns the media of the jobs that have any, by message. */
async function mediaOf(live: readonly LiveJob[], { db, publicUrl }: SubmitParts): Promise<typeof noMedia> {
  const pictures = live.filter(({ job }) => job.service === 'mms').map(({ job }) => job.messageId);
  return pictures.length === 0 ? noMedia : mediaOfMessages(db, publicUrl, pictures);
}
