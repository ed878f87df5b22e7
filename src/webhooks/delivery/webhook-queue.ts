// The worker that has the calls made: takes what is due, as much as there is a place for, and hands it to whoever makes it.
import type { Encrypter } from '../../base/encrypt.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import { type CallingParts, CallsUnderWay, type HeldWebhook } from './calls-under-way.ts';
import { EarliestMoment } from './earliest-moment.ts';
import { findTokens } from './find-tokens.ts';
import { claimWebhooks } from './queue-store.ts';
import { ReceiverScan } from './receiver-scan.ts';
import { maxFetchedAtOnce, Receivers } from './receivers.ts';

export interface WebhookParts extends CallingParts {
  readonly encrypter: Encrypter;
  /** The most calls to one receiver at once; the client has as many connections to it. */
  readonly callsPerHost: number;
}

/** How many calls have to be free again before it is looked for more, once there was no place at all. */
const enoughFree = 50;
/** How long a call may wait for its turn here, beside the time of the call itself and of its writing. */
const waitMs = 20_000;
const lookEveryMs = 1000;

/**
 * Starts the worker. A lease is never renewed: it lasts for the wait, the call and the writing; a call that has waited longer
 * is let go, and taken again by whoever is free. If this process dies, its leases run out. `stop` gives back what waits, and
 * lets the calls under way come to their end, which takes the time limit at most.
 */
export function startWebhooks(parts: WebhookParts): Worker {
  const { db, timers, inFlight, notifier, logger } = parts;
  const receivers = new Receivers<HeldWebhook>(parts.callsPerHost);
  const scan = new ReceiverScan();
  const repetitions = new EarliestMoment(timers, () => worker.wake());
  const calls = new CallsUnderWay(parts, receivers, {
    ended: fetchMore,
    givenBack: () => worker.wake(),
    repeatedAt: (moment) => repetitions.wait(moment),
  });
  /** Whether the last round found no place for a single call. */
  let wasFull = false;

  async function round(): Promise<Date | undefined> {
    const limit = Math.min(maxFetchedAtOnce, receivers.free);
    wasFull = limit === 0;
    if (wasFull) return undefined;
    const now = timers.now();
    const due = await scan.look(db, now);
    const places = receivers.sharePlaces(due);
    const leasedUntil = new Date(now.getTime() + waitMs + calls.longestMs);
    const taken = await claimWebhooks(db, { now, leasedUntil, places, limit });
    scan.noteTaken(due, places, taken);
    for (const held of await findTokens(parts, taken)) receivers.add(held);
    calls.startCalls();
    return taken.length === limit || !scan.isOver ? now : scan.nextDue;
  }

  /** Looks again at once for what there was no place for, once there is one. */
  function fetchMore(call: HeldWebhook): void {
    const isWanted = scan.hasLeft(call.receiver) && receivers.isHungry(call);
    if (isWanted) scan.forgetLeft(call.receiver);
    if (isWanted || (wasFull && receivers.free >= enoughFree)) worker.wake();
  }

  const worker = startWorker({
    timers,
    inFlight,
    round,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'looking for calls to make failed'),
  });
  const endHints = notifier.on('webhooks', worker.wake);

  return {
    wake: worker.wake,
    async stop() {
      calls.stopStarting();
      endHints();
      repetitions.stop();
      await worker.stop();
      await calls.finish();
    },
  };
}
