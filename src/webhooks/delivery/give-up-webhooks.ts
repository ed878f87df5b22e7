// Giving up calls that have been due for too long.
import type { Db } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { refuseAttempt } from '../attempt.ts';
import type { WebhookHandlers } from '../handlers.ts';
import { leaseOverdueWebhooks } from './queue-store.ts';
import { recordAttempts } from './record-attempts.ts';

interface GiveUpParts {
  readonly db: Db;
  readonly handlers: WebhookHandlers;
  readonly notifier: Notifier;
}

/** How long recording may take, while no other process leases the calls. */
const leaseMs = 60_000;

/**
 * Records up to `rows` calls that have been due since before a moment as failed, with the reason in their logs, and runs the handlers.
 * Returns how many were recorded.
 */
export async function giveUpWebhooks(
  { db, handlers, notifier }: GiveUpParts,
  now: Date,
  dueBefore: Date,
  rows: number,
): Promise<number> {
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const calls = await leaseOverdueWebhooks(db, { now, leasedUntil }, dueBefore, rows);
  if (calls.length === 0) return 0;
  const attempts = calls.map((call) =>
    refuseAttempt(call, now, 'the server did not come to call it for days, or its URL was paused'),
  );
  const written = await recordAttempts(db, handlers, attempts, notifier);
  return written.filter((isWritten) => isWritten).length;
}
