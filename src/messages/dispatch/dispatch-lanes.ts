// Dispatch: holds lanes, and takes what is due out of each, in order and at its pace.
import type { Activity } from '../../base/activity.ts';
import { FairQueue } from '../../base/fair-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { slices } from '../../base/slices.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import type { Signals } from '../../events/signals.ts';
import { deleteJobs, loadJobs, type Place } from '../outbox/outbox-store.ts';
import type { HeldLane } from './held-lane.ts';
import { HeldLanes, lookEveryMs, maxLanes } from './held-lanes.ts';
import { LostLanes } from './lost-lanes.ts';
import { makeSubmit, type SubmitParts, type TakenJob } from './submit-jobs.ts';

const renewEveryMs = 5000;
/** The most jobs that go at once: requests wait for as long as a batch keeps this process busy. */
const maxBatch = 100;
/** The most batches whose marks are under way: each takes a connection. */
const marksAtOnce = 2;

export interface DispatchParts extends SubmitParts {
  readonly db: Db;
  /** Appointments are kept by these. */
  readonly timers: Timers;
  readonly activity: Activity;
  readonly signals: Signals;
  /** A new name for this process. */
  readonly holder: string;
  readonly logger: Logger;
}

/**
 * Starts dispatching. The answer stops it: takes nothing more, waits until `cutOff` for what is with the carrier, and gives the lanes
 * up.
 */
export function startDispatch(parts: DispatchParts): (cutOff: Promise<void>) => Promise<void> {
  const { db, timers, realTimers, activity, signals, logger } = parts;
  const held = new HeldLanes(parts);
  const submit = makeSubmit(parts);
  const underWay = new Set<Promise<void>>();
  const lost = new LostLanes(logger);
  /** Batches whose marks are under way. */
  let marking = 0;

  const worker = startWorker({
    timers,
    activity,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'dispatching failed'),
    async round() {
      await held.giveUpIdle();
      await held.claim();
      await load();
      // A start with ten thousand late numbers has them marked a batch after the other; the end of one wakes this.
      if (marking === marksAtOnce) return undefined;
      const jobs = takeDue();
      if (jobs.length > 0) start(jobs);
      return jobs.length === maxBatch ? timers.now() : nextMoment();
    },
  });
  // Renewing goes on while a stop waits for the carrier: else somebody would take what is under way, and submit it again.
  // Leases end by the time of the database, which no simulation turns.
  const keeper = startWorker({
    timers: realTimers,
    activity,
    lookEveryMs: renewEveryMs,
    onError: (error) => logger.error({ err: error }, 'leases were not renewed'),
    async round() {
      await held.renew();
      return undefined;
    },
  });
  const stopListening = signals.on('lanes', (where) => {
    held.expectMore(where);
    worker.wake();
  });

  async function load(): Promise<void> {
    const wanting = [...held.values()].filter(({ wantsJobs }) => wantsJobs);
    for (const some of slices(wanting, maxLanes)) await loadSome(some);
  }

  async function loadSome(lanes: readonly HeldLane[]): Promise<void> {
    const wanted = lanes.map((lane) => ({
      lane: lane.name,
      after: lane.loadedUpTo,
      most: lane.beginLoad(),
    }));
    const { byLane, orphans } = await loadJobs(db, wanted).catch((error: unknown) => {
      for (const lane of lanes) lane.expectMore();
      throw error;
    });
    const now = timers.now().getTime();
    for (const lane of lanes) lane.load(byLane.get(lane.name) ?? [], now);
    if (orphans.length > 0) await takeOut(orphans);
  }

  /** Takes jobs whose message is gone out of their lanes, which they would block, and lets the lanes be read again. */
  async function takeOut(orphans: readonly Place[]): Promise<void> {
    logger.error({ jobs: orphans }, 'queued messages are gone, and are taken out of their lanes');
    held.expectMore(orphans.map(({ lane }) => lane));
    await db.transaction(async (tx) => deleteJobs(tx, orphans, new Map()));
    worker.wake();
  }

  /** Accounts take turns, and so do the lanes of each. */
  function takeDue(): TakenJob[] {
    const now = timers.now().getTime();
    const due = new FairQueue<HeldLane>();
    const lanesOf = new Map<string, number>();
    for (const lane of held.values()) {
      const count = lane.mostDue(now);
      if (count === 0) continue;
      const account = lane.accountId ?? '';
      const lanes = lanesOf.get(account) ?? 0;
      // A batch has no room for more of one account, however many thousand are late.
      if (lanes === maxBatch) continue;
      lanesOf.set(account, lanes + 1);
      due.add(account, lane, count);
    }
    const taken: TakenJob[] = [];
    for (const lane of due.takeBatch(maxBatch)) {
      if (taken.length === maxBatch) break;
      held.putLast(lane);
      for (const next of lane.takeDue(now, maxBatch - taken.length)) taken.push({ lane, ...next });
    }
    return taken;
  }

  /** Submits without waiting for the end, so that quick lanes do not wait for slow ones. */
  function start(jobs: readonly TakenJob[]): void {
    marking += 1;
    const progress = {
      onMarked() {
        marking -= 1;
        worker.wake();
      },
      onEnd: worker.wake,
      onLost: forget,
    };
    const work = activity
      .track(() => submit(jobs, progress))
      .catch((error: unknown) =>
        forget(
          jobs.map(({ lane }) => lane),
          error,
        ),
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  /** What is known here of lanes may be wrong: once their leases have run out, their jobs come back with their marks. */
  function forget(lanes: readonly HeldLane[], error: unknown): void {
    for (const lane of lanes) {
      held.drop(lane);
      lost.note(lane.name, error);
    }
  }

  function nextMoment(): Date | undefined {
    let next = Number.POSITIVE_INFINITY;
    for (const lane of held.values()) next = Math.min(next, lane.nextAt() ?? next);
    return next === Number.POSITIVE_INFINITY ? undefined : new Date(next);
  }

  return async (cutOff) => {
    stopListening();
    await worker.stop();
    await Promise.race([Promise.all(underWay), cutOff]);
    await keeper.stop();
    // What is under way comes back with its lane, once the lease has run out: until then its end may still be written.
    if (underWay.size === 0) await held.giveUpAll();
  };
}
