// Ending calls that nobody came to make.
import type { Db } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { refuseAttempt } from '../attempt.ts';
import type { WebhookHandlers } from '../handlers.ts';
import { leaseOverdueWebhooks } from './queue-store.ts';
import { recordAttempts } from './record-attempts.ts';

export interface GiveUpParts {
  readonly db: Db;
  readonly handlers: WebhookHandlers;
  readonly notifier: Notifier;
}

/** For how long the writing keeps others from taking the calls. */
const leaseMs = 60_000;

/**
 * Ends up to `rows` calls that have been due since before a moment as failed: their logs say why, and the handlers hear of it. Answers
 * how many were ended.
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
    refuseAttempt(call, now, 'the server did not come to call it for days'),
  );
  const written = await recordAttempts(db, handlers, attempts, notifier);
  return written.filter((isWritten) => isWritten).length;
}
