// Dispatch: holds sender queues, and takes what is due out of each, in order and at its pace.

import { FairQueue } from '../../base/fair-queue.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import type { AccountResets } from '../../events/account-resets.ts';
import type { Notifier } from '../../events/notifier.ts';
import { findSettled } from '../outbox/mark-store.ts';
import { deleteJobs, type Job, loadJobs, type Place } from '../outbox/outbox-store.ts';
import { CampaignRoom } from './campaign-room.ts';
import { CarrierRoom, type CarrierRoomParts } from './carrier-room.ts';
import type { HeldQueue } from './held-queue.ts';
import { HeldQueues, maxQueues } from './held-queues.ts';
import { LostQueues } from './lost-queues.ts';
import { makeSubmit, type SubmitParts, type TakenJob } from './submit-jobs.ts';

const renewEveryMs = 5000;
/** The most jobs that go at once: requests wait for as long as a batch keeps this process busy. */
const maxBatch = 100;
/** The most batches whose marks are under way: each takes a connection. */
const marksAtOnce = 2;

export interface DispatchParts extends Omit<SubmitParts, 'room'>, CarrierRoomParts {
  readonly db: Db;
  /** Send slots are kept by these. */
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly resets: Pick<AccountResets, 'on'>;
  /** A new name for this process. */
  readonly holder: string;
  readonly logger: Logger;
}

/**
 * Starts dispatching. The returned function stops it: takes no more jobs, waits until `cutOff` for those that are with the carrier, and gives
 * the sender queues up.
 */
export function startDispatch(parts: DispatchParts): (cutOff: Promise<void>) => Promise<void> {
  const { db, timers, realTimers, inFlight, notifier, holder, logger } = parts;
  const held = new HeldQueues(parts);
  const room = new CarrierRoom(parts);
  const campaigns = new CampaignRoom(parts);
  const submit = makeSubmit({ ...parts, room });
  const underWay = new Set<Promise<void>>();
  const lost = new LostQueues(logger);
  /** Batches whose marks are under way. */
  let marking = 0;

  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs: notifier.lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'dispatching failed'),
    async round() {
      await held.giveUpIdle();
      await held.claim();
      await load();
      await forgetCancelled();
      // A start with ten thousand late numbers has them marked a batch after the other; the end of one wakes this.
      if (marking === marksAtOnce) return undefined;
      const jobs = takeDue();
      if (jobs.length > 0) start(jobs);
      await leaveToOthers();
      // Within this turn of the worker, so that an advance of the clock waits for what the new permits let go.
      if (await campaigns.ask()) worker.wake();
      return jobs.length === maxBatch || held.mayClaimMore ? timers.now() : nextMoment();
    },
  });
  // The lease is renewed while a stop waits for the carrier: another process would take the jobs under way, and submit them again.
  // Leases end by the time of the database, which no simulation turns.
  const keeper = startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs: renewEveryMs,
    onError: (error) => logger.error({ err: error }, 'the lease was not renewed'),
    async round() {
      await held.renew();
      return undefined;
    },
  });
  const stopListening = notifier.on('queues', (where) => {
    held.expectMore(where);
    worker.wake();
  });
  /** Whether jobs may be gone from the outbox that are here. */
  let mayHaveFewer = false;
  const stopHearing = notifier.on('cancellations', () => {
    mayHaveFewer = true;
    worker.wake();
  });
  const endResets = parts.resets.on({ forget: ({ queues }) => held.forget(queues) });

  async function load(): Promise<void> {
    const wanting = [...held.values()].filter(({ wantsJobs }) => wantsJobs);
    for (const some of slices(wanting, maxQueues)) await loadSome(some);
  }

  async function loadSome(queues: readonly HeldQueue[]): Promise<void> {
    const wanted = queues.map((queue) => ({ queue: queue.name, ...queue.beginLoad() }));
    const { byQueue, pacedUntil, orphans } = await loadJobs(db, wanted).catch((error: unknown) => {
      for (const queue of queues) queue.expectMore();
      throw error;
    });
    const now = timers.now().getTime();
    for (const queue of queues) queue.load(byQueue.get(queue.name) ?? [], now, pacedUntil.get(queue.name));
    if (orphans.length > 0) await takeOut(orphans);
  }

  /**
   * Removes jobs that were cancelled from sender queues that wait for them: for a repetition, a moment or a carrier. Those that go on come to them by
   * themselves, and lose no time by them.
   */
  async function forgetCancelled(): Promise<void> {
    if (!mayHaveFewer) return;
    mayHaveFewer = false;
    const now = timers.now().getTime();
    const waiting = [...held.values()]
      .map((queue) => ({ queue, jobs: queue.jobsKeptWaiting(now) }))
      .filter(({ jobs }) => jobs.length > 0);
    for (const some of slices(waiting, maxQueues)) {
      const gone = new Set(
        await findSettled(
          db,
          holder,
          some.flatMap(({ jobs }) => jobs),
        ),
      );
      if (gone.size > 0) for (const { queue } of some) queue.forget(gone);
    }
  }

  /** Takes jobs whose message is gone out of their sender queues, which they would block, and lets the sender queues be read again. */
  async function takeOut(orphans: readonly Place[]): Promise<void> {
    logger.error({ jobs: orphans }, 'queued messages are gone, and are taken out of their sender queues');
    held.expectMore(orphans.map(({ queue }) => queue));
    const unsent = orphans.map((place) => ({ ...place, isUnsent: true }));
    await db.transaction(async (tx) => deleteJobs(tx, unsent, new Map(), timers.now()));
    worker.wake();
  }

  /** Takes the jobs that may go now. Accounts take turns, and so do the sender queues of each. */
  function takeDue(): TakenJob[] {
    const now = timers.now().getTime();
    room.beginRound();
    campaigns.beginRound();
    const hindranceOf = (job: Job) => room.hindranceOf(job) ?? (campaigns.mayGo(job) ? undefined : 'noRoom');
    const reserve = (job: Job) => {
      if (!campaigns.mayGo(job)) return 'noRoom';
      const passage = room.reserve(job);
      if (typeof passage === 'object') campaigns.take(job);
      return passage;
    };
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
    const taken: TakenJob[] = [];
    for (const queue of due.takeBatch(maxBatch)) {
      if (taken.length === maxBatch) break;
      held.putLast(queue);
      for (const next of queue.takeDue(now, maxBatch - taken.length, reserve)) taken.push({ queue, ...next });
    }
    return taken;
  }

  /** Starts a submission without waiting for its end, so that quick sender queues do not wait for slow ones. */
  function start(jobs: readonly TakenJob[]): void {
    marking += 1;
    const progress = {
      onMarked() {
        marking -= 1;
        worker.wake();
      },
      onEnd: worker.wake,
      onLeaseLost: forget,
    };
    const work = inFlight
      .track(() => submit(jobs, progress))
      .catch((error: unknown) =>
        forget(
          jobs.map(({ queue }) => queue),
          error,
        ),
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  /** Ends the leases of sender queues whose carriers have their links in other processes, and wakes those. */
  async function leaveToOthers(): Promise<void> {
    const elsewhere = [...held.values()].filter(({ isElsewhere }) => isElsewhere);
    if (elsewhere.length === 0) return;
    await held.leaveToOthers(elsewhere);
    notifier.emit('queues', []);
  }

  /** Drops sender queues whose state in memory may be wrong: a lease later their jobs come back with their marks. */
  function forget(queues: readonly HeldQueue[], error: unknown): void {
    for (const queue of queues) if (held.drop(queue)) lost.note(queue.name, error);
  }

  function nextMoment(): Date | undefined {
    let next = campaigns.nextAt() ?? Number.POSITIVE_INFINITY;
    for (const queue of held.values()) next = Math.min(next, queue.nextAt() ?? next);
    return next === Number.POSITIVE_INFINITY ? undefined : new Date(next);
  }

  return async (cutOff) => {
    stopListening();
    stopHearing();
    endResets();
    await worker.stop();
    await Promise.race([Promise.all(underWay), cutOff]);
    await keeper.stop();
    // What is under way comes back with its sender queue, once the lease has run out: until then its end may still be written.
    if (underWay.size === 0) await held.giveUpAll();
  };
}
