// The worker that makes the calls: leases those that are due, as many as there are slots for, makes them and records their results.
import type { Encrypter } from '../../base/encrypt.ts';
import type { RandomBytes } from '../../base/id.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import type { AccountResets } from '../../events/account-resets.ts';
import type { Notifier } from '../../events/notifier.ts';
import { type Attempt, retriedAfter } from '../attempt.ts';
import type { CallbackQueue, CallStarter } from '../callback-queue.ts';
import type { WebhookHandlers } from '../handlers.ts';
import type { CutOffSwitch } from '../http/cut-off-switch.ts';
import type { HttpClient } from '../http/http-client.ts';
import { findRetrySeconds } from '../retry-store.ts';
import type { LeasedWebhook, WebhookKind } from '../webhook.ts';
import { callWebhook } from './call-webhook.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { FailureWarnings } from './failure-warnings.ts';
import { findTokens, type SignableWebhook } from './find-tokens.ts';
import { HostScan } from './host-scan.ts';
import { HostScheduler } from './host-scheduler.ts';
import { PausedUrls } from './paused-urls.ts';
import { leaseWebhooks, releaseWebhooks } from './queue-store.ts';
import { recordAttempts } from './record-attempts.ts';
import { ResultGathering } from './result-gathering.ts';
import { type CallTracing, callTraced } from './trace-call.ts';

export interface WebhookParts {
  readonly db: Db;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  /** Measure leases and retries. */
  readonly timers: Timers;
  /** The machine's own: a reset waits for calls by these, and results are gathered by them. */
  readonly realTimers: Timers;
  readonly resets: Pick<AccountResets, 'on'>;
  /** Counts each call until its result is recorded. */
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  /** Stays open when the worker stops. */
  readonly client: HttpClient;
  /** The client's time limit, milliseconds. */
  readonly timeoutMs: number;
  /** The most calls to one host at once; the client has as many connections to it. */
  readonly callsPerHost: number;
  readonly handlers: WebhookHandlers;
  /** Where tracing is on. */
  readonly tracing?: CallTracing | undefined;
  /** Counts an attempt whose result is recorded, for metrics. */
  readonly countCall: (
    kind: WebhookKind,
    outcome: 'delivered' | 'retried' | 'failed',
    durationMs: number,
  ) => void;
  readonly logger: Logger;
}

/** How long a call may wait for its turn, in addition to the time of the call itself and of recording its result. */
const waitMs = 20_000;
/** A new call is leased when it is stored, unless the first call that waits for the same host has waited for so long. */
const maxAheadMs = 10_000;
/** How long recording a result may take. */
const recordMs = 2000;
/** The most results that are recorded in one transaction. */
const maxRecorded = 200;

/**
 * Starts the worker. A lease is never renewed: it lasts for the wait, the call and recording its result. A call that has waited longer
 * is dropped, and leased again by any process with a free slot. If this process dies, its leases run out. `stop` gives back what waits,
 * and lets the calls under way come to their end, which takes the time limit at most.
 */
export function startWebhooks(parts: WebhookParts): Worker {
  const { db, timers, inFlight, notifier, handlers, logger } = parts;
  const scheduler = new HostScheduler<SignableWebhook>(parts.callsPerHost);
  const scan = new HostScan();
  const warnings = new FailureWarnings(logger);
  const paused = new PausedUrls({
    ...parts,
    timers: parts.realTimers,
    now: () => timers.now(),
    onError: (error) =>
      logger.error({ err: error }, 'paused URLs were not read, or not all their calls made due'),
  });
  const endFollowing = paused.follow();
  const underWay = new CallsUnderWay(parts.realTimers);
  /** Accounts that are being reset: no call of theirs is started. */
  const resetting = new Set<string>();
  const callMs = parts.timeoutMs + recordMs;
  /** Leased calls whose tokens are not read yet. */
  const arrived: LeasedWebhook[] = [];
  let takingIn: Promise<void> | undefined;

  const gathering = new ResultGathering(parts.realTimers, maxRecorded);
  const record = batchWrites({
    write: (attempts: readonly Attempt[]) => recordAttempts(db, handlers, attempts, notifier),
    weigh: () => 1,
    ownerOf: ({ call }) => call.mainId,
    maxWeight: maxRecorded,
    batchesAtOnce: 1,
  });

  async function round(): Promise<Date | undefined> {
    const limit = scheduler.beginLook(scan.isOver);
    if (limit === 0) return undefined;
    const now = timers.now();
    const due = await scan.look(db, now);
    const slots = scheduler.shareSlots(due.filter(({ account }) => !resetting.has(account)));
    const fetched = await leaseWebhooks(db, { now, leasedUntil: leaseEnd(now), slots, limit });
    scheduler.endLook({ due, slots, limit, fetched, endsPass: scan.isOver });
    await takeIn(fetched);
    return scheduler.mode === 'fetching' ? now : scan.nextDue;
  }

  /** Adds leased calls to those that wait for their turns, in the order in which they came, once the tokens that sign them are read. */
  function takeIn(calls: readonly LeasedWebhook[]): Promise<void> {
    arrived.push(...calls);
    if (arrived.length > 0) takingIn ??= takeInAll();
    return takingIn ?? Promise.resolve();
  }

  async function takeInAll(): Promise<void> {
    while (arrived.length > 0) {
      const calls = arrived.splice(0);
      try {
        const signable = await findTokens(parts, await paused.pass(calls));
        for (const call of signable) if (!resetting.has(call.mainId)) scheduler.add(call);
      } catch (error) {
        logger.error(
          { err: error, webhooks: calls.length },
          'callbacks were not started: they are leased again',
        );
      }
      startCalls();
    }
    // In the same step as the look at `arrived`: a call that came between the two would wait for the next one.
    takingIn = undefined;
  }

  /** Returns when the lease of a call ends that is leased now. */
  const leaseEnd = (now: Date): Date => new Date(now.getTime() + waitMs + callMs);

  const starter: CallStarter = {
    lease(calls) {
      const leasedUntil = leaseEnd(timers.now());
      const startable = calls.filter(({ mainId }) => !resetting.has(mainId));
      const chosen = new Set(scheduler.chooseNew(startable, new Date(leasedUntil.getTime() - maxAheadMs)));
      for (const call of calls) if (!chosen.has(call)) scheduler.noteLeft(call.host);
      return calls.map((call) => (chosen.has(call) ? leasedUntil : undefined));
    },
    start: (calls) => void inFlight.track(() => takeIn(calls)),
  };

  /** Starts every call that waits and may be made now. */
  function startCalls(): void {
    const latestStart = timers.now().getTime() + callMs;
    for (let call = scheduler.takeNext(); call !== undefined; call = scheduler.takeNext()) {
      if (call.leasedUntil.getTime() >= latestStart) startCall(call);
      // Its lease would run out before its result could be recorded.
      else scheduler.leave(call);
    }
  }

  function startCall(call: SignableWebhook): void {
    const make = (cutOff: CutOffSwitch) => inFlight.track(() => makeCall(call, cutOff));
    underWay.run(call.mainId, make);
  }

  function attemptCall(call: SignableWebhook, cutOff: CutOffSwitch): Promise<Attempt | undefined> {
    const { tracing } = parts;
    return tracing === undefined
      ? callWebhook(parts, call, call.tokens, cutOff)
      : callTraced(tracing, parts, call, call.tokens, cutOff);
  }

  async function makeCall(call: SignableWebhook, cutOff: CutOffSwitch): Promise<void> {
    try {
      const attempt = await attemptCall(call, cutOff).finally(() => scheduler.end(call));
      if (attempt === undefined) await releaseWebhooks(db, [call]);
      else await endAttempt(await byOwnSchedule(attempt), call);
    } catch (error) {
      logger.error(
        { err: error, webhook: call.id },
        'the result of a callback was not recorded: it is made again',
      );
    } finally {
      scheduler.leave(call);
      lookForMore(call);
    }
  }

  /** Returns an attempt as its message's own retry schedule judges it: only attempts that deliver nothing ask for one. */
  async function byOwnSchedule(attempt: Attempt): Promise<Attempt> {
    const { messageId, kind } = attempt.call;
    const wasMade = attempt.record.nonce !== null;
    const isRetried = wasMade && attempt.outcome !== 'delivered' && kind !== 'opt_out';
    const seconds = isRetried && messageId !== undefined ? await findRetrySeconds(db, messageId) : undefined;
    return seconds === undefined ? attempt : retriedAfter(attempt, seconds);
  }

  /** Starts the next call in the slot of one that has ended, and records the result. */
  async function endAttempt(attempt: Attempt, call: SignableWebhook): Promise<void> {
    // What waits for an unresponsive host is fetched again, a few calls at a time.
    const givenBack = scheduler.noteResponse(call, attempt.hasTimedOut);
    startCalls();
    lookForMore(call);
    await gathering.wait(scheduler.calling === 0);
    const [isRecorded] = await Promise.all([record(attempt), releaseWebhooks(db, givenBack)]);
    if (givenBack.length > 0) worker.wake();
    if (!isRecorded) return;
    warnings.add(attempt);
    const {
      nextAt,
      outcome,
      record: { durationMs },
    } = attempt;
    if (nextAt !== null) worker.wakeAt(nextAt);
    parts.countCall(call.kind, outcome === 'pending' ? 'retried' : outcome, durationMs);
  }

  function lookForMore(call: SignableWebhook): void {
    if (scheduler.wantsLook(call)) worker.wake();
  }

  const worker = startWorker({
    timers,
    inFlight,
    round,
    lookEveryMs: notifier.lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'looking for callbacks that are due failed'),
  });
  const endWakeUps = notifier.on('webhooks', worker.wake);
  const endStarting = parts.callbacks.startBy(starter);
  const endResets = parts.resets.on({
    async hold(mainId) {
      resetting.add(mainId);
      scheduler.removeWaiting(mainId);
      await underWay.end(mainId);
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
      await takingIn;
      await releaseWebhooks(db, scheduler.removeWaiting());
      await underWay.idle();
    },
  };
}
