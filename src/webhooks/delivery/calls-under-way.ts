// Making the calls that this process has taken, many at once, and writing what came of them.

import type { RandomBytes } from '../../base/id.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { batchWrites } from '../../db/write-batch.ts';
import type { Notifier } from '../../events/notifier.ts';
import type { Attempt, ClaimedWebhook } from '../attempt.ts';
import type { WebhookHandlers } from '../handlers.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { WebhookKind } from '../webhook.ts';
import { type CallTokens, callWebhook } from './call-webhook.ts';
import { releaseWebhooks } from './queue-store.ts';
import type { Receivers } from './receivers.ts';
import { recordAttempts } from './record-attempts.ts';

/** A call that was taken, with what signs it. */
export type HeldWebhook = ClaimedWebhook & { readonly tokens: CallTokens };

export interface CallingParts {
  readonly db: Db;
  readonly randomBytes: RandomBytes;
  /** What leases and repetitions are measured by. */
  readonly timers: Timers;
  /** Counts each call until its outcome is written. */
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  /** Stays open when the worker stops: whoever made it closes it. */
  readonly client: HttpClient;
  /** The client's time limit, milliseconds. */
  readonly timeoutMs: number;
  readonly handlers: WebhookHandlers;
  /** Told of each attempt whose outcome was written: for metrics. */
  readonly countCall: (
    kind: WebhookKind,
    outcome: 'delivered' | 'retried' | 'failed',
    durationMs: number,
  ) => void;
  readonly logger: Logger;
}

/** What whoever fetches calls is told; none of them may throw. */
export interface CallEvents {
  /** A call has ended: there may be a place for more. */
  ended(call: HeldWebhook): void;
  /** Calls were given back, and may be taken again. */
  givenBack(): void;
  /** A call is to be tried again at that moment. */
  repeatedAt(moment: Date): void;
}

const maxSettled = 200;
/** How long the writing of an outcome may take. */
const writeMs = 2000;

/** Makes what waits in `receivers`; each call stays held there until its outcome is written. */
export class CallsUnderWay {
  readonly #parts: CallingParts;
  readonly #receivers: Receivers<HeldWebhook>;
  readonly #events: CallEvents;
  readonly #recordResult: (attempt: Attempt) => Promise<boolean>;
  /** Calls from their start until their outcome is written. */
  readonly #underWay = new Set<Promise<void>>();
  #stopped = false;

  constructor(parts: CallingParts, receivers: Receivers<HeldWebhook>, events: CallEvents) {
    this.#parts = parts;
    this.#receivers = receivers;
    this.#events = events;
    this.#recordResult = batchWrites({
      write: (attempts: readonly Attempt[]) =>
        recordAttempts(parts.db, parts.handlers, attempts, parts.notifier),
      weigh: () => 1,
      ownerOf: ({ call }) => call.mainId,
      maxWeight: maxSettled,
      batchesAtOnce: 1,
    });
  }

  /** How long a call and the writing of its outcome may take, milliseconds. */
  get longestMs(): number {
    return this.#parts.timeoutMs + writeMs;
  }

  /** Starts every call that waits and may be made now. */
  startCalls(): void {
    const latestLease = this.#parts.timers.now().getTime() + this.longestMs;
    while (!this.#stopped) {
      const call = this.#receivers.takeNext();
      if (call === undefined) return;
      if (call.leasedUntil.getTime() >= latestLease) this.#start(call);
      else this.#letGo(call);
    }
  }

  /** Starts no call any more. */
  stopStarting(): void {
    this.#stopped = true;
  }

  /** Gives back what waits, and resolves once the outcomes of the calls under way are written, or what was cut off is given back. */
  async finish(): Promise<void> {
    await releaseWebhooks(this.#parts.db, this.#receivers.removeWaiting());
    await Promise.all(this.#underWay);
  }

  /** It has waited too long: its lease runs out before it could be written. */
  #letGo(call: HeldWebhook): void {
    this.#receivers.end(call);
    this.#receivers.leave(call);
  }

  #start(call: HeldWebhook): void {
    const made = this.#parts.inFlight
      .track(() => this.#make(call))
      .finally(() => {
        this.#underWay.delete(made);
        this.#receivers.leave(call);
        this.#events.ended(call);
      });
    this.#underWay.add(made);
  }

  async #make(call: HeldWebhook): Promise<void> {
    const { db, logger } = this.#parts;
    const receivers = this.#receivers;
    try {
      const attempt = await callWebhook(this.#parts, call, call.tokens).finally(() => receivers.end(call));
      if (attempt === undefined) {
        await releaseWebhooks(db, [call]);
        return;
      }
      receivers.noteSilence(call, attempt.hasTimedOut);
      // Who hangs keeps no place: what waits for it is fetched again, a few at a time.
      const waiting = attempt.hasTimedOut ? receivers.removeWaitingFor(call.receiver) : [];
      this.startCalls();
      this.#events.ended(call);
      const [isWritten] = await Promise.all([this.#recordResult(attempt), releaseWebhooks(db, waiting)]);
      if (waiting.length > 0) this.#events.givenBack();
      if (isWritten) this.#noteWritten(attempt);
    } catch (error) {
      logger.error(
        { err: error, webhook: call.id },
        'the outcome of a call was not written: it is made again',
      );
    }
  }

  #noteWritten({ call, nextAt, outcome, record }: Attempt): void {
    if (nextAt !== null) this.#events.repeatedAt(nextAt);
    this.#parts.countCall(call.kind, outcome === 'pending' ? 'retried' : outcome, record.durationMs);
  }
}
