// The role "dispatcher": the loops that hand messages to the carrier, match its reports and call customers.

import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import type { Carrier } from '../carriers/carrier.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { startDispatch } from '../messages/dispatch/dispatch.ts';
import { startResuming } from '../messages/dispatch/resume-carrier.ts';
import type { SubmitParts } from '../messages/dispatch/submit-jobs.ts';
import { makeWebhookHandlers } from '../messages/inbound/apply-answer.ts';
import { releaseAllQueues } from '../messages/outbox/outbox-store.ts';
import { startMatching } from '../messages/report/apply-delivery-report.ts';
import type { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import { releaseAllWebhooks } from '../webhooks/delivery/queue-store.ts';
import { startWebhooks, type WebhookParts } from '../webhooks/delivery/webhook-worker.ts';
import type { HttpClient } from '../webhooks/http/http-client.ts';

export interface DispatcherParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly client: HttpClient;
  readonly timers: Timers;
  /** The machine's own, however `timers` are turned. */
  readonly realTimers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly settings: Settings;
  readonly pools: PoolCache;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly newId: () => string;
  readonly publicUrl: string;
  readonly webhooks: Pick<WebhookParts, 'timeoutMs' | 'callsPerHost'>;
  readonly metrics: Pick<SubmitParts, 'countSubmission'> & Pick<WebhookParts, 'countCall'>;
  readonly logger: Logger;
}

/**
 * Starts the loops, the last stage first, so that what a stage makes finds somebody to take it; then tells the carrier what it has
 * not reported on. The answer stops them in reverse: nothing new goes to the carrier, then the calls under way end. What the
 * carrier has not answered by `cutOff` is not waited for; whoever closes the client then cuts off the calls.
 */
export async function startDispatcher(
  parts: DispatcherParts,
): Promise<(cutOff: Promise<void>) => Promise<void>> {
  // The embedded database serves one process: what is still leased was left by one that died, and need not wait for its lease.
  if (parts.db.engine === 'embedded') {
    await releaseAllQueues(parts.db);
    await releaseAllWebhooks(parts.db);
  }
  const webhooks = startWebhooks({
    ...parts,
    ...parts.webhooks,
    countCall: parts.metrics.countCall,
    handlers: makeWebhookHandlers(parts),
  });
  const matching = startMatching(parts);
  const stopDispatch = startDispatch({
    ...parts,
    holder: parts.newId(),
    countSubmission: parts.metrics.countSubmission,
  });
  const stopResuming = startResuming(parts);
  return async (cutOff) => {
    await stopResuming();
    await stopDispatch(cutOff);
    await matching.stop();
    await webhooks.stop();
  };
}
