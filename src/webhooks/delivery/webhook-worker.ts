// The worker that makes the calls: leases those that are due, as many as there are slots for, makes them and records their results.
import type { Encrypter } from '../../base/encrypt.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { AccountResets } from '../../events/account-resets.ts';
import type { CallbackQueue, CallStarter } from '../callback-queue.ts';
import type { LeasedWebhook } from '../webhook.ts';
import { ArrivingCalls } from './arriving-calls.ts';
import { findTokens, type SignableWebhook } from './find-tokens.ts';
import { HostScan } from './host-scan.ts';
import { HostScheduler } from './host-scheduler.ts';
import { leaseEnd, leastLeaseAhead } from './lease-times.ts';
import { CallMaker, type CallMakerParts } from './make-calls.ts';
import { PausedUrls } from './paused-urls.ts';
import { leaseWebhooks, releaseWebhooks } from './queue-store.ts';

export interface WebhookParts extends CallMakerParts {
  readonly encrypter: Encrypter;
  readonly resets: Pick<AccountResets, 'on'>;
  readonly callbacks: CallbackQueue;
  /** The most calls to one host at once; the client has as many connections to it. */
  readonly callsPerHost: number;
}

/**
 * Starts the worker. A call that has waited for most of its lease is dropped, and leased again by any process with a free slot. If this
 * process dies, its leases run out. `stop` gives back what waits, and lets the calls under way come to their end, which takes the time
 * limit at most.
 */
export function startWebhooks(parts: WebhookParts): Worker {
  const { db, timers, timeoutMs, inFlight, notifier, logger } = parts;
  const scheduler = new HostScheduler<SignableWebhook>(parts.callsPerHost);
  const scan = new HostScan();
  /** Accounts that are being reset: no call of theirs is started. */
  const resetting = new Set<string>();
  const paused = new PausedUrls({
    ...parts,
    timers: parts.realTimers,
    now: () => timers.now(),
    onError: (error) =>
      logger.error({ err: error }, 'paused URLs were not read, or not all their calls made due'),
  });
  const endFollowing = paused.follow();
  const arriving = new ArrivingCalls({ hold, logger });
  const worker = startWorker({
    timers,
    inFlight,
    round,
    lookEveryMs: notifier.lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'looking for callbacks that are due failed'),
  });
  const maker = new CallMaker(parts, scheduler, worker);

  /** Leases the calls of one page of hosts. Returns when to look again. */
  async function round(): Promise<Date | undefined> {
    const limit = scheduler.beginLook(scan.isOver);
    if (limit === 0) return undefined;
    const now = timers.now();
    const due = await scan.look(db, now);
    const slots = scheduler.shareSlots(due.filter(({ account }) => !resetting.has(account)));
    const leasedUntil = leaseEnd(now, timeoutMs);
    const fetched = await leaseWebhooks(db, { now, leasedUntil, slots, limit });
    scheduler.endLook({ due, slots, limit, fetched, endsPass: scan.isOver });
    await arriving.takeIn(fetched);
    return scheduler.mode === 'fetching' ? now : scan.nextDue;
  }

  async function hold(calls: readonly LeasedWebhook[]): Promise<void> {
    const signable = await findTokens(parts, await paused.pass(calls));
    for (const call of signable) if (!resetting.has(call.mainId)) scheduler.add(call);
    maker.startCalls();
  }

  const starter: CallStarter = {
    lease(calls) {
      const now = timers.now();
      const leasedUntil = leaseEnd(now, timeoutMs);
      const startable = calls.filter(({ mainId }) => !resetting.has(mainId));
      const chosen = new Set(scheduler.chooseNew(startable, leastLeaseAhead(now, timeoutMs)));
      for (const call of calls) if (!chosen.has(call)) scheduler.noteLeft(call.host);
      return calls.map((call) => (chosen.has(call) ? leasedUntil : undefined));
    },
    start: (calls) => void inFlight.track(() => arriving.takeIn(calls)),
  };

  const endWakeUps = notifier.on('webhooks', worker.wake);
  const endStarting = parts.callbacks.startBy(starter);
  const endResets = parts.resets.on({
    async hold(mainId) {
      resetting.add(mainId);
      scheduler.removeWaiting(mainId);
      await maker.endOf(mainId);
      return () => void resetting.delete(mainId);
    },
  });

  return {
    ...worker,
    async stop() {
      scheduler.stop();
      await endFollowing();
      endWakeUps();
      endStarting();
      endResets();
      await worker.stop();
      await arriving.idle();
      await releaseWebhooks(db, scheduler.removeWaiting());
      await maker.idle();
    },
  };
}
