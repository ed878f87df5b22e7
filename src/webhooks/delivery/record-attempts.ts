// The only place that records outcomes of calls, and runs the handlers of higher layers in the same transaction.
import type { Db } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import type { Attempt } from '../attempt.ts';
import type { DeliveredWebhook, FailedWebhook, WebhookHandlers } from '../handlers.ts';
import { announceWebhooks } from '../webhook.ts';
import { recordWebhookAttempts } from './queue-store.ts';

/**
 * Records attempts, runs the handlers of the calls that are done, and sends the changes to clients that watch. Returns for each attempt
 * whether it was recorded: not if another process leased its call meanwhile.
 */
export function recordAttempts(
  db: Db,
  handlers: WebhookHandlers,
  attempts: readonly Attempt[],
  notifier: Notifier,
): Promise<boolean[]> {
  return db.transaction(async (tx) => {
    const written = await recordWebhookAttempts(tx, attempts);
    tx.afterCommit(() =>
      announceWebhooks(
        written.map(({ call }) => call),
        notifier,
      ),
    );
    const inbound = written.filter(({ call }) => call.kind === 'inbound');
    const delivered = inbound.flatMap(toDelivered);
    const failed = inbound.flatMap(toFailed);
    if (delivered.length > 0) await handlers.inbound.delivered(tx, delivered);
    if (failed.length > 0) await handlers.inbound.failed(tx, failed);
    const done = new Set(written);
    return attempts.map((attempt) => done.has(attempt));
  });
}

function toDelivered({ call, outcome, answer, endedAt }: Attempt): DeliveredWebhook[] {
  const { messageId } = call;
  if (messageId === undefined || outcome !== 'delivered' || answer === undefined) return [];
  return [{ call, messageId, answer, at: endedAt }];
}

function toFailed({ call, outcome, record, endedAt }: Attempt): FailedWebhook[] {
  const { messageId } = call;
  if (messageId === undefined || outcome !== 'failed') return [];
  return [{ call, messageId, status: record.status, error: record.error, at: endedAt }];
}
