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
import { claimWebhooks, listReceivers, loadSealedTokens, releaseWebhooks } from './queue-store.ts';
import { Receivers } from './receivers.ts';
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
/** How many receivers one look sees; of more, the next look sees the next ones. */
const maxListed = 1000;
/** How many calls have to be free again before it is looked for more, once there was no room at all. */
const enoughFree = 50;
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
  /** Where the last look ended, by name; empty when it saw all receivers. */
  let seen = '';
  /** When the earliest call is due that the looks since the first receiver have seen ahead. */
  let nextDue: Date | undefined;
  /** Receivers with calls that these looks left where they are. */
  const left = new Set<string>();
  let wantsRoom = false;
  let stopped = false;
  let lookDue: Date | undefined;
  let cancelLook = () => {};
  const settle = batchWrites({
    write: (attempts: readonly Attempt[]) => settleAttempts(db, parts.handlers, attempts, signals),
    weigh: () => 1,
    maxWeight: maxSettled,
    lanes: 1,
  });

  async function round(): Promise<Date | undefined> {
    const limit = Math.min(maxClaim, receivers.free);
    wantsRoom = limit === 0;
    if (wantsRoom) return undefined;
    const now = timers.now();
    const due = await look(now);
    const rooms = receivers.shareRoom(due);
    const leasedUntil = new Date(now.getTime() + waitMs + timeoutMs + writeMs);
    const calls = await claimWebhooks(db, { now, leasedUntil, rooms, limit });
    noteLeft(due, rooms, calls);
    for (const held of await findTokens(parts, calls)) receivers.add(held);
    startCalls();
    return calls.length === limit || seen !== '' ? now : nextDue;
  }

  /** The receivers with due calls, a page at a time. */
  async function look(now: Date): Promise<string[]> {
    if (seen === '') {
      nextDue = undefined;
      left.clear();
    }
    const listed = await listReceivers(db, now, seen, maxListed);
    for (const { nextAt } of listed) {
      if (nextAt !== undefined && (nextDue === undefined || nextAt < nextDue)) nextDue = nextAt;
    }
    seen = listed.length === maxListed ? (listed.at(-1)?.name ?? '') : '';
    return listed.flatMap(({ name, isDue }) => (isDue ? name : []));
  }

  /** Notes who may have more than was taken. */
  function noteLeft(
    due: readonly string[],
    rooms: ReadonlyMap<string, number>,
    calls: readonly ClaimedWebhook[],
  ): void {
    const taken = new Map<string, number>();
    for (const { receiver } of calls) taken.set(receiver, (taken.get(receiver) ?? 0) + 1);
    for (const name of due) {
      if ((taken.get(name) ?? 0) >= (rooms.get(name) ?? 0)) left.add(name);
    }
  }

  function startCalls(): void {
    const latestLease = timers.now().getTime() + timeoutMs + writeMs;
    while (!stopped) {
      const call = receivers.takeNext();
      if (call === undefined) return;
      if (call.leasedUntil.getTime() >= latestLease) start(call);
      else letGo(call);
    }
  }

  /** It has waited too long: its lease runs out before it could be written. */
  function letGo(call: HeldWebhook): void {
    receivers.end(call);
    receivers.leave();
  }

  function start(call: HeldWebhook): void {
    const made = activity
      .track(() => make(call))
      .finally(() => {
        underWay.delete(made);
        receivers.leave();
        lookForMore(call.receiver);
      });
    underWay.add(made);
  }

  async function make(call: HeldWebhook): Promise<void> {
    try {
      const attempt = await callWebhook(parts, call, call.tokens).finally(() => receivers.end(call));
      receivers.noteSilence(call, attempt.hasTimedOut);
      // Who hangs keeps no room: what waits for it is fetched again, a few at a time.
      const waiting = attempt.hasTimedOut ? receivers.removeWaitingFor(call.receiver) : [];
      startCalls();
      lookForMore(call.receiver);
      const [isWritten] = await Promise.all([settle(attempt), releaseWebhooks(db, waiting)]);
      if (waiting.length > 0) worker.wake();
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
  function lookForMore(receiver: string): void {
    const isFree = left.has(receiver) && receivers.isHungry(receiver);
    if (isFree) left.delete(receiver);
    if (isFree || (wantsRoom && receivers.free >= enoughFree)) worker.wake();
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
  const kept = await loadSealedTokens(db, [...accountIds]);
  const tokens = new Map([...kept].map(([accountId, { sealed }]) => [accountId, sealer.open(sealed)]));
  return calls.map((call) => ({
    tokens: { own: tokens.get(call.accountId), main: tokens.get(call.mainId) },
    ...call,
  }));
}

const metricOf = ({ outcome }: Attempt) => (outcome === 'pending' ? 'retried' : outcome);
