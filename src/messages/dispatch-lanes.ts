// Dispatch: holds lanes, and takes what is due out of each, in order and at its pace.
import type { Activity } from '../base/activity.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import type { Db } from '../db/db.ts';
import type { Signals } from '../queue/signals.ts';
import { startWorker } from '../queue/worker.ts';
import { HeldLane } from './held-lane.ts';
import { claimLanes, loadJobs, releaseLanes, renewLanes } from './outbox-store.ts';
import { makeSubmit, type SubmitParts, type TakenJob } from './submit-jobs.ts';

/** How long a lane stays a process's without being renewed. When the process dies others take it after that. */
const leaseMs = 15_000;
const renewEveryMs = 5000;
const lookEveryMs = 1000;
/** The most lanes that are taken at a time, and the most jobs that go at once. */
const maxClaim = 1000;
const maxBatch = 500;

export interface DispatchParts extends SubmitParts {
  readonly db: Db;
  /** Appointments are kept by these. */
  readonly timers: Timers;
  /** Leases are renewed by these. They end by the time of the database, which no simulation turns. */
  readonly leaseTimers: Timers;
  readonly activity: Activity;
  readonly signals: Signals;
  /** A new name for this process. */
  readonly holder: string;
  readonly logger: Logger;
}

/** Starts dispatching. The answer stops it: takes nothing more, waits for what is with the carrier, and gives the lanes up. */
export function startDispatch(parts: DispatchParts): () => Promise<void> {
  const { db, timers, leaseTimers, activity, signals, holder, logger } = parts;
  const held = new Map<string, HeldLane>();
  const submit = makeSubmit(parts);
  const underWay = new Set<Promise<void>>();
  /** Lanes that are said to have got messages and are not held; `all` for any. */
  let toClaim: Set<string> | 'all' = 'all';
  let lookAt = 0;
  let mayGiveUp = false;
  let turn = 0;

  const worker = startWorker({
    timers,
    activity,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'dispatching failed'),
    async round() {
      await giveUpIdle();
      await claim();
      await load();
      const jobs = takeDue();
      if (jobs.length > 0) start(jobs);
      return jobs.length === maxBatch ? timers.now() : nextMoment();
    },
  });
  // Renewing goes on while a stop waits for the carrier: else somebody would take what is under way, and submit it again.
  const keeper = startWorker({
    timers: leaseTimers,
    activity,
    lookEveryMs: renewEveryMs,
    onError: (error) => logger.error({ err: error }, 'leases were not renewed'),
    async round() {
      mayGiveUp = true;
      await renew();
      return undefined;
    },
  });
  const stopListening = signals.on('lanes', (where) => {
    if (where === undefined) toClaim = 'all';
    else if (toClaim !== 'all') for (const lane of where) toClaim.add(lane);
    for (const lane of where ?? held.keys()) held.get(lane)?.expectMore();
    worker.wake();
  });

  /**
   * Gives up lanes that have nothing to do, once after each renewal. It is a part of the round, because a lane that is just being
   * read only looks idle, and one that is just being released cannot be claimed for what comes to it.
   */
  async function giveUpIdle(): Promise<void> {
    if (!mayGiveUp) return;
    mayGiveUp = false;
    await giveUp([...held.values()].filter(({ isIdle }) => isIdle).map(({ name }) => name));
  }

  async function claim(): Promise<void> {
    const isLook = toClaim === 'all' || performance.now() >= lookAt;
    const lanes = isLook || toClaim === 'all' ? undefined : [...toClaim].filter((lane) => !held.has(lane));
    toClaim = new Set();
    if (lanes?.length === 0) return;
    const claimed = await claimLanes(db, { holder, leaseMs, now: timers.now(), lanes, limit: maxClaim });
    for (const { lane, pacedUntil } of claimed) {
      // A lease of our own that ran out is only renewed by this: what is under way stays known.
      if (!held.has(lane)) held.set(lane, new HeldLane(lane, pacedUntil));
    }
    if (claimed.length === maxClaim) toClaim = 'all';
    else if (isLook) lookAt = performance.now() + lookEveryMs;
  }

  /** Renews leases. Lanes that were lost are forgotten, unless they have been claimed anew meanwhile. */
  async function renew(): Promise<void> {
    const lanes = [...held.values()];
    if (lanes.length === 0) return;
    const names = lanes.map(({ name }) => name);
    const kept = await renewLanes(db, holder, names, leaseMs);
    for (const lane of lanes) if (!kept.has(lane.name)) drop(lane);
  }

  async function giveUp(lanes: readonly string[]): Promise<void> {
    for (const lane of lanes) held.delete(lane);
    if (lanes.length > 0) await releaseLanes(db, holder, lanes);
  }

  async function load(): Promise<void> {
    const wanting = [...held.values()].filter(({ wantsJobs }) => wantsJobs);
    if (wanting.length === 0) return;
    const wanted = wanting.map((lane) => ({
      lane: lane.name,
      after: lane.loadedUpTo,
      most: lane.beginLoad(),
    }));
    const jobs = await loadJobs(db, wanted).catch((error: unknown) => {
      for (const lane of wanting) lane.expectMore();
      throw error;
    });
    const now = timers.now().getTime();
    for (const lane of wanting) lane.load(jobs.get(lane.name) ?? [], now);
  }

  /** Begins with another lane each time, so that the last ones have their turn when there is too much for all. */
  function takeDue(): TakenJob[] {
    const now = timers.now().getTime();
    const taken: TakenJob[] = [];
    const lanes = [...held.values()];
    turn += 1;
    for (let index = 0; index < lanes.length && taken.length < maxBatch; index++) {
      const lane = lanes[(turn + index) % lanes.length];
      for (const next of lane?.takeDue(now, maxBatch - taken.length) ?? []) {
        if (lane !== undefined) taken.push({ lane, ...next });
      }
    }
    return taken;
  }

  /** Submits without waiting for the end, so that quick lanes do not wait for slow ones. */
  function start(jobs: readonly TakenJob[]): void {
    const progress = { onEnd: worker.wake, onLost: forget };
    const work = activity
      .track(() => submit(jobs, progress))
      .catch((error: unknown) => {
        for (const { lane } of jobs) forget(lane, error);
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  /** Leaves a lane to its lease: it is taken anew once that has run out, and its jobs come back with their marks. */
  function forget(lane: HeldLane, error: unknown): void {
    logger.error({ err: error, lane: lane.name }, 'a lane is given up');
    drop(lane);
  }

  function drop(lane: HeldLane): void {
    if (held.get(lane.name) === lane) held.delete(lane.name);
  }

  function nextMoment(): Date | undefined {
    let next = Number.POSITIVE_INFINITY;
    for (const lane of held.values()) next = Math.min(next, lane.nextAt() ?? next);
    return next === Number.POSITIVE_INFINITY ? undefined : new Date(next);
  }

  return async () => {
    stopListening();
    await worker.stop();
    await Promise.all(underWay);
    await keeper.stop();
    await giveUp([...held.keys()]);
  };
}
