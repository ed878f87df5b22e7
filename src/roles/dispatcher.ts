// The role "dispatcher": starts the loops that submit messages to the carrier, match its reports and send webhooks.

import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import type { Tracer } from '../base/tracer.ts';
import type { Db } from '../db/db.ts';
import type { AccountResets } from '../events/account-resets.ts';
import type { Notifier } from '../events/notifier.ts';
import { startReleasing } from '../messages/accept/release-scheduled.ts';
import type { CarrierRoomParts } from '../messages/dispatch/carrier-room.ts';
import { startDispatch } from '../messages/dispatch/dispatch.ts';
import { startResuming } from '../messages/dispatch/resume-carrier.ts';
import type { SubmitParts } from '../messages/dispatch/submit-jobs.ts';
import { makeWebhookHandlers } from '../messages/inbound/apply-answer.ts';
import type { ReceiveParts } from '../messages/inbound/receive-message.ts';
import { startReceivingIncomplete } from '../messages/inbound/receive-part.ts';
import { type MatchingParts, startMatching } from '../messages/report/match-reports.ts';
import { loadTraces } from '../messages/trace-store.ts';
import type { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';
import { startWebhooks, type WebhookParts } from '../webhooks/delivery/webhook-worker.ts';
import type { HttpClient } from '../webhooks/http/http-client.ts';

interface DispatcherParts
  extends Pick<CarrierRoomParts, 'carriers' | 'carriersOf' | 'hasCarrier' | 'isUpElsewhere'> {
  readonly db: Db;
  readonly client: HttpClient;
  readonly timers: Timers;
  /** Timers of the real time, even with a virtual clock. */
  readonly realTimers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly resets: AccountResets;
  readonly callbacks: CallbackQueue;
  readonly settings: Settings;
  readonly pools: PoolCache;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly newId: () => string;
  readonly publicUrl: string;
  readonly routing: ReceiveParts['routing'];
  readonly noteForeign: ReceiveParts['noteForeign'];
  readonly webhooks: Pick<WebhookParts, 'timeoutMs' | 'callsPerHost'>;
  readonly metrics: Pick<SubmitParts, 'countSubmission'> &
    Pick<WebhookParts, 'countCall'> &
    Pick<MatchingParts, 'countReport'>;
  readonly logger: Logger;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
}

/**
 * Starts the loops, the last stage first, so that each stage's output is processed; then tells the carrier which messages have
 * no report yet. Returns a function that stops them in reverse: first submitting, then matching and webhooks. Submissions
 * without an answer by `cutOff` are not waited for; closing the HTTP client afterwards cuts off the webhooks.
 */
export function startDispatcher(parts: DispatcherParts): (cutOff: Promise<void>) => Promise<void> {
  const { tracer } = parts;
  const webhooks = startWebhooks({
    ...parts,
    ...parts.webhooks,
    countCall: parts.metrics.countCall,
    handlers: makeWebhookHandlers(parts),
    tracing: tracer && {
      tracer,
      contextOf: async (messageId) => (await loadTraces(parts.db, [messageId])).get(messageId),
    },
  });
  const incomplete = startReceivingIncomplete({
    ...parts,
    onError: (error) => parts.logger.error({ err: error }, 'receiving incomplete messages failed'),
  });
  const matching = startMatching({ ...parts, countReport: parts.metrics.countReport });
  const stopDispatch = startDispatch({
    ...parts,
    holder: parts.newId(),
    countSubmission: parts.metrics.countSubmission,
  });
  const releasing = startReleasing(parts);
  const stopResuming = startResuming(parts);
  return async (cutOff) => {
    await stopResuming();
    await releasing.stop();
    await stopDispatch(cutOff);
    await matching.stop();
    await incomplete.stop();
    await webhooks.stop();
  };
}
