// The jobs that go in one round of dispatch, taken out of their sender queues.
import { FairQueue } from '../../base/fair-queue.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { CampaignRoom } from './campaign-room.ts';
import type { CarrierRoom, Hindrance, ReservedRoom } from './carrier-room.ts';
import type { DueJob, HeldQueue } from './held-queue.ts';
import type { HeldQueues } from './held-queues.ts';

/** The most jobs that go at once: requests wait for as long as a batch keeps this process busy. */
export const maxBatch = 100;

/** A job that was taken out of its sender queue. */
export interface TakenJob extends DueJob {
  readonly queue: HeldQueue;
}

/** A job that has room at a carrier. */
export interface LiveJob extends TakenJob {
  readonly passage: ReservedRoom;
}

/** Takes the jobs that may go at `now`, in milliseconds. Accounts take turns, and so do the sender queues of each. */
export function takeDue(
  held: HeldQueues,
  room: CarrierRoom,
  campaigns: CampaignRoom,
  now: number,
): TakenJob[] {
  room.beginRound();
  campaigns.beginRound();
  const hindranceOf = (job: Job) => room.hindranceOf(job) ?? (campaigns.mayGo(job) ? undefined : 'noRoom');
  const reserve = (job: Job) => {
    if (!campaigns.mayGo(job)) return 'noRoom';
    const passage = room.reserve(job);
    if (typeof passage === 'object') campaigns.take(job);
    return passage;
  };
  const taken: TakenJob[] = [];
  for (const queue of queuesInTurn(held, now, hindranceOf)) {
    if (taken.length === maxBatch) break;
    held.putLast(queue);
    for (const next of queue.takeDue(now, maxBatch - taken.length, reserve)) taken.push({ queue, ...next });
  }
  return taken;
}

/** Returns the sender queues of one batch that have jobs which may go at `now`, in the order in which they are served. */
function queuesInTurn(
  held: HeldQueues,
  now: number,
  hindranceOf: (job: Job) => Hindrance | undefined,
): HeldQueue[] {
  const due = new FairQueue<HeldQueue>();
  const queuesOf = new Map<string, number>();
  for (const queue of held.values()) {
    const count = queue.mostDue(now, hindranceOf);
    if (count === 0) continue;
    const account = queue.accountId ?? '';
    const queues = queuesOf.get(account) ?? 0;
    // A batch has no room for more of one account, however many thousand are late.
    if (queues === maxBatch) continue;
    queuesOf.set(account, queues + 1);
    due.add(account, queue, count);
  }
  return due.takeBatch(maxBatch);
}
