// Makes the calls that a process holds, each in its turn, and records their results.
import type { RandomBytes } from '../../base/id.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Worker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import type { Notifier } from '../../events/notifier.ts';
import { type Attempt, retriedAfter } from '../attempt.ts';
import type { WebhookHandlers } from '../handlers.ts';
import type { CutOffSwitch } from '../http/cut-off-switch.ts';
import type { HttpClient } from '../http/http-client.ts';
import { findRetrySeconds } from '../retry-store.ts';
import type { WebhookKind } from '../webhook.ts';
import { callWebhook } from './call-webhook.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { FailureWarnings } from './failure-warnings.ts';
import type { SignableWebhook } from './find-tokens.ts';
import type { HostScheduler } from './host-scheduler.ts';
import { latestStart } from './lease-times.ts';
import { releaseWebhooks } from './queue-store.ts';
import { recordAttempts } from './record-attempts.ts';
import { ResultGathering } from './result-gathering.ts';
import { type CallTracing, callTraced } from './trace-call.ts';

export interface CallMakerParts {
  readonly db: Db;
  readonly randomBytes: RandomBytes;
  /** Measure leases and retries. */
  readonly timers: Timers;
  /** The machine's own: a reset waits for calls by these, and results are gathered by them. */
  readonly realTimers: Timers;
  /** Counts each call until its result is recorded. */
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  /** Stays open when the worker stops. */
  readonly client: HttpClient;
  /** The client's time limit, milliseconds. */
  readonly timeoutMs: number;
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

/** The most results that are recorded in one transaction. */
const maxRecorded = 200;

/** Makes the calls that a scheduler holds. */
export class CallMaker {
  readonly #parts: CallMakerParts;
  readonly #scheduler: HostScheduler<SignableWebhook>;
  readonly #looks: Pick<Worker, 'wake' | 'wakeAt'>;
  readonly #underWay: CallsUnderWay;
  readonly #gathering: ResultGathering;
  readonly #warnings: FailureWarnings;
  readonly #record: (attempt: Attempt) => Promise<boolean>;

  /** @param looks the worker that fetches more calls. */
  constructor(
    parts: CallMakerParts,
    scheduler: HostScheduler<SignableWebhook>,
    looks: Pick<Worker, 'wake' | 'wakeAt'>,
  ) {
    this.#parts = parts;
    this.#scheduler = scheduler;
    this.#looks = looks;
    this.#underWay = new CallsUnderWay(parts.realTimers);
    this.#gathering = new ResultGathering(parts.realTimers, maxRecorded);
    this.#warnings = new FailureWarnings(parts.logger);
    const { db, handlers, notifier } = parts;
    this.#record = batchWrites({
      write: (attempts: readonly Attempt[]) => recordAttempts(db, handlers, attempts, notifier),
      weigh: () => 1,
      ownerOf: ({ call }) => call.mainId,
      maxWeight: maxRecorded,
      batchesAtOnce: 1,
    });
  }

  /** Starts every call that waits and may be made now. */
  startCalls(): void {
    const { timers, timeoutMs, inFlight } = this.#parts;
    const latest = latestStart(timers.now(), timeoutMs);
    for (let next = this.#scheduler.takeNext(); next !== undefined; next = this.#scheduler.takeNext()) {
      const call = next;
      if (call.leasedUntil.getTime() >= latest)
        this.#underWay.run(call.mainId, (cutOff) => inFlight.track(() => this.#make(call, cutOff)));
      // Its lease would run out before its result could be recorded.
      else this.#scheduler.leave(call);
    }
  }

  /** Waits for the calls of an account, and cuts off those that take longer than a moment. */
  endOf(mainId: string): Promise<void> {
    return this.#underWay.end(mainId);
  }

  /** Waits for all calls under way. */
  idle(): Promise<void> {
    return this.#underWay.idle();
  }

  async #make(call: SignableWebhook, cutOff: CutOffSwitch): Promise<void> {
    const { db, logger } = this.#parts;
    try {
      const attempt = await this.#attempt(call, cutOff).finally(() => this.#scheduler.end(call));
      if (attempt === undefined) await releaseWebhooks(db, [call]);
      else await this.#endAttempt(await this.#byOwnSchedule(attempt), call);
    } catch (error) {
      logger.error(
        { err: error, webhook: call.id },
        'the result of a callback was not recorded: it is made again',
      );
    } finally {
      this.#scheduler.leave(call);
      this.#lookForMore(call);
    }
  }

  #attempt(call: SignableWebhook, cutOff: CutOffSwitch): Promise<Attempt | undefined> {
    const { tracing } = this.#parts;
    return tracing === undefined
      ? callWebhook(this.#parts, call, call.tokens, cutOff)
      : callTraced(tracing, this.#parts, call, call.tokens, cutOff);
  }

  /** Returns an attempt as its message's own retry schedule judges it: only attempts that deliver nothing ask for one. */
  async #byOwnSchedule(attempt: Attempt): Promise<Attempt> {
    const { messageId, kind } = attempt.call;
    const wasMade = attempt.record.nonce !== null;
    const isRetried = wasMade && attempt.outcome !== 'delivered' && kind !== 'opt_out';
    if (!isRetried || messageId === undefined) return attempt;
    const seconds = await findRetrySeconds(this.#parts.db, messageId);
    return seconds === undefined ? attempt : retriedAfter(attempt, seconds);
  }

  /** Starts the next call in the slot of one that has ended, and records the result. */
  async #endAttempt(attempt: Attempt, call: SignableWebhook): Promise<void> {
    // What waits for an unresponsive host is fetched again, a few calls at a time.
    const givenBack = this.#scheduler.noteResponse(call, attempt.hasTimedOut);
    this.startCalls();
    this.#lookForMore(call);
    await this.#gathering.wait(this.#scheduler.calling === 0);
    const [isRecorded] = await Promise.all([
      this.#record(attempt),
      releaseWebhooks(this.#parts.db, givenBack),
    ]);
    if (givenBack.length > 0) this.#looks.wake();
    if (isRecorded) this.#noteResult(attempt);
  }

  #noteResult(attempt: Attempt): void {
    const { call, nextAt, outcome, record } = attempt;
    this.#warnings.add(attempt);
    if (nextAt !== null) this.#looks.wakeAt(nextAt);
    this.#parts.countCall(call.kind, outcome === 'pending' ? 'retried' : outcome, record.durationMs);
  }

  #lookForMore(call: SignableWebhook): void {
    if (this.#scheduler.wantsLook(call)) this.#looks.wake();
  }
}
