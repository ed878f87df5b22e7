// Dispatch: holds sender queues, and takes what is due out of each, in order and at its pace.

import { setImmediate } from 'node:timers/promises';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import type { AccountResets } from '../../events/account-resets.ts';
import type { Notifier } from '../../events/notifier.ts';
import { CampaignRoom } from './campaign-room.ts';
import { CarrierRoom, type CarrierRoomParts } from './carrier-room.ts';
import { HeldQueues } from './held-queues.ts';
import { JobLoader } from './job-loader.ts';
import { Submissions } from './submissions.ts';
import type { SubmitParts } from './submit-jobs.ts';
import { maxBatch, takeDue } from './take-due.ts';

const renewEveryMs = 5000;

interface DispatchParts extends Omit<SubmitParts, 'room'>, CarrierRoomParts {
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
  const { timers, inFlight, notifier, logger } = parts;
  const wake = () => worker.wake();
  const held = new HeldQueues(parts);
  const loader = new JobLoader(held, parts, wake);
  const room = new CarrierRoom(parts);
  const campaigns = new CampaignRoom(parts);
  const submissions = new Submissions(held, { ...parts, room }, wake);

  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs: notifier.lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'dispatching failed'),
    async round() {
      await held.giveUpIdle();
      await held.claim();
      await loader.load();
      await loader.forgetCancelled();
      // A start with ten thousand late numbers has them marked a batch after the other; the end of one wakes this.
      if (submissions.isFull) return undefined;
      // A carrier has room before its answer has come here. What it has answered counts as unknown until it is recorded.
      await setImmediate();
      const jobs = takeDue(held, room, campaigns, timers.now().getTime());
      if (jobs.length > 0) submissions.start(jobs);
      await leaveToOthers(held, notifier);
      // Within this turn of the worker, so that an advance of the clock waits for what the new permits let go.
      if (await campaigns.ask()) wake();
      return jobs.length === maxBatch || held.mayClaimMore ? timers.now() : nextMoment(held, campaigns);
    },
  });
  const keeper = startRenewing(held, parts);
  const stopListening = notifier.on('queues', (where) => {
    held.expectMore(where);
    wake();
  });
  const stopHearing = notifier.on('cancellations', () => {
    loader.expectFewer();
    wake();
  });
  const endResets = parts.resets.on({ forget: ({ queues }) => held.forget(queues) });

  return async (cutOff) => {
    stopListening();
    stopHearing();
    endResets();
    await worker.stop();
    await submissions.end(cutOff);
    await keeper.stop();
    // What is under way comes back with its sender queue, once the lease has run out: until then its end may still be written.
    if (submissions.isIdle) await held.giveUpAll();
  };
}

/**
 * Starts renewing the lease of the process. This goes on while a stop waits for the carrier: another process would take the jobs under way,
 * and submit them again. Leases end by the time of the database, which no simulation turns.
 */
function startRenewing(held: HeldQueues, { realTimers, inFlight, logger }: DispatchParts): Worker {
  return startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs: renewEveryMs,
    onError: (error) => logger.error({ err: error }, 'the lease was not renewed'),
    async round() {
      await held.renew();
      return undefined;
    },
  });
}

/** Ends the leases of sender queues whose carriers have their links in other processes, and wakes those. */
async function leaveToOthers(held: HeldQueues, notifier: Pick<Notifier, 'emit'>): Promise<void> {
  const elsewhere = [...held.values()].filter(({ isElsewhere }) => isElsewhere);
  if (elsewhere.length === 0) return;
  await held.leaveToOthers(elsewhere);
  notifier.emit('queues', []);
}

/** Returns when a job may go next, or permits are to be asked for; `undefined` if neither before something else happens. */
function nextMoment(held: HeldQueues, campaigns: CampaignRoom): Date | undefined {
  let next = campaigns.nextAt() ?? Number.POSITIVE_INFINITY;
  for (const queue of held.values()) next = Math.min(next, queue.nextAt() ?? next);
  return next === Number.POSITIVE_INFINITY ? undefined : new Date(next);
}
