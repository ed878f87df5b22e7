// The worker that makes the calls: takes what is due, calls many at once, writes the outcomes in batches.
import type { Activity } from '../base/activity.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import type { Sealer } from '../base/seal.ts';
import type { Timers } from '../base/timers.ts';
import type { Db } from '../db/db.ts';
import { batchWrites } from '../db/write-batch.ts';
import type { Signals } from '../queue/signals.ts';
import { startWorker, type Worker } from '../queue/worker.ts';
import type { Attempt, ClaimedWebhook } from './attempt.ts';
import { type CallTokens, callWebhook } from './call-webhook.ts';
import type { WebhookHandlers } from './handlers.ts';
import type { HttpClient } from './http-client.ts';
import { claimWebhooks, findNextDue, loadSealedTokens, releaseWebhooks } from './queue-store.ts';
import { Receivers, receiverOf } from './receivers.ts';
import { settleAttempts } from './settle.ts';
import type { WebhookKind } from './webhook.ts';

export interface WebhookParts {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly randomBytes: RandomBytes;
  /** What dues and leases are measured by. */
  readonly timers: Timers;
  /** Counts each call until its outcome is written. */
  readonly activity: Activity;
  readonly signals: Signals;
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

const maxClaim = 200;
/** The most calls that this process holds, under way or waiting for their turn. */
const maxHeld = 1000;
const maxSettled = 200;
/** How long a call may wait for its turn here, and be written afterwards, beside the time of the call itself. */
const waitMs = 20_000;
const writeMs = 2000;
const lookEveryMs = 1000;

type HeldWebhook = ClaimedWebhook & { readonly tokens: CallTokens };

/**
 * Starts the worker. A lease is never renewed: it lasts for the wait, the call and the writing; a call that has waited longer
 * is let go, and taken again by whoever is free. If this process dies, its leases run out. `stop` gives back what waits, and
 * lets the calls under way come to their end, which takes the time limit at most.
 */
export function startWebhooks(parts: WebhookParts): Worker {
  const { db, timers, activity, signals, timeoutMs, logger } = parts;
  const receivers = new Receivers<HeldWebhook>();
  /** Calls from their start until their outcome is written. */
  const underWay = new Set<Promise<void>>();
  /** Receivers whose calls the last look left where they are. */
  let left = new Set<string>();
  let wantsRoom = false;
  let stopped = false;
  let lookDue: Date | undefined;
  let cancelLook = () => {};
  const settle = batchWrites({
    write: (attempts: readonly Attempt[]) => settleAttempts(db, parts.handlers, attempts),
    weigh: () => 1,
    maxWeight: maxSettled,
    lanes: 1,
  });

  const countRoom = () => maxHeld - underWay.size - receivers.waiting;

  async function round(): Promise<Date | undefined> {
    wantsRoom = countRoom() < maxClaim;
    if (wantsRoom) return undefined;
    const now = timers.now();
    const exceptReceivers = receivers.listCrowded();
    left = new Set(exceptReceivers);
    const leasedUntil = new Date(now.getTime() + waitMs + timeoutMs + writeMs);
    const calls = await claimWebhooks(db, { now, leasedUntil, limit: maxClaim, exceptReceivers });
    for (const held of await findTokens(parts, calls)) receivers.add(held);
    startCalls();
    return calls.length === maxClaim ? now : findNextDue(db, now);
  }

  function startCalls(): void {
    const latestLease = timers.now().getTime() + timeoutMs + writeMs;
    while (!stopped) {
      const call = receivers.takeNext();
      if (call === undefined) return;
      if (call.leasedUntil.getTime() < latestLease) receivers.end(call);
      else start(call);
    }
  }

  function start(call: HeldWebhook): void {
    const made = activity
      .track(() => make(call))
      .finally(() => {
        underWay.delete(made);
        lookForMore(call);
      });
    underWay.add(made);
  }

  async function make(call: HeldWebhook): Promise<void> {
    try {
      const attempt = await callWebhook(parts, call, call.tokens).finally(() => {
        receivers.end(call);
        startCalls();
      });
      const isWritten = await settle(attempt);
      if (!isWritten) return;
      if (attempt.nextAt !== null) lookAt(attempt.nextAt);
      parts.countCall(call.kind, metricOf(attempt), attempt.record.durationMs);
    } catch (error) {
      logger.error(
        { err: error, webhook: call.id },
        'the outcome of a call was not written: it is made again',
      );
    }
  }

  /** Looks again when a retry is due. One timer is enough: whoever looks finds out when the next one is. */
  function lookAt(moment: Date): void {
    if (stopped || (lookDue !== undefined && lookDue <= moment)) return;
    cancelLook();
    lookDue = moment;
    cancelLook = timers.at(moment, () => {
      lookDue = undefined;
      worker.wake();
    });
  }

  /** Looks again at once for what the last look had no room for. */
  function lookForMore({ url }: HeldWebhook): void {
    const name = receiverOf(url);
    const isFree = left.has(name) && !receivers.isCrowded(name);
    if (isFree) left.delete(name);
    if (isFree || (wantsRoom && countRoom() >= maxClaim)) worker.wake();
  }

  const worker = startWorker({
    timers,
    activity,
    round,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'looking for calls to make failed'),
  });
  const endHints = signals.on('webhooks', worker.wake);

  return {
    wake: worker.wake,
    async stop() {
      stopped = true;
      endHints();
      cancelLook();
      await worker.stop();
      await releaseWebhooks(db, receivers.removeWaiting());
      await Promise.all(underWay);
    },
  };
}

/** The calls with the tokens that sign them, each account's read and opened once. */
async function findTokens(
  { db, sealer }: Pick<WebhookParts, 'db' | 'sealer'>,
  calls: readonly ClaimedWebhook[],
): Promise<HeldWebhook[]> {
  if (calls.length === 0) return [];
  const accountIds = new Set(calls.flatMap(({ accountId, mainId }) => [accountId, mainId]));
  const sealed = await loadSealedTokens(db, [...accountIds]);
  const tokens = new Map([...sealed].map(([accountId, token]) => [accountId, sealer.open(token)]));
  return calls.map((call) => ({
    ...call,
    tokens: { own: tokens.get(call.accountId), main: tokens.get(call.mainId) },
  }));
}

const metricOf = ({ outcome }: Attempt) => (outcome === 'pending' ? 'retried' : outcome);
