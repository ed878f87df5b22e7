// Making a call again at the request of its account.
import { ApiError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import type { Scope } from '../http/endpoint.ts';
import { lockWebhook, restartWebhook } from './store.ts';

/**
 * Makes a call due at once: one that is done begins anew, with all its attempts; one that waits to be tried again waits no
 * longer. Rejects with 404 for a call that the scope does not see, and with 409 where its parameters are not kept.
 */
export async function replayWebhook(
  db: Db,
  scope: Scope,
  id: string,
  now: Date,
  notifier: Notifier,
): Promise<void> {
  await db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, scope, id);
    if (webhook === undefined) throw new ApiError('notFound', 'webhook not found');
    if (webhook.parameters === null) {
      throw new ApiError(
        'conflict',
        'the parameters of this webhook are not kept: it cannot be called again',
      );
    }
    await restartWebhook(tx, id, now);
    tx.afterCommit(() => notifier.emit('webhooks'));
  });
}
