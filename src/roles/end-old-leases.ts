// The start on an embedded database, which serves one process: what one that died had leased need not expire, and its links are gone.
import type { Reader } from '../db/db.ts';
import { releaseAllQueues } from '../messages/outbox/outbox-store.ts';
import { releaseAllReports } from '../messages/report/report-store.ts';
import { forgetAllStates } from '../routing/state-store.ts';
import { releaseAllWebhooks } from '../webhooks/delivery/queue-store.ts';

/**
 * Ends all leases, and forgets how carriers were: while one counts as up in another process, sender queues are left to that. Safe only while no
 * other process lives, and before anything is leased.
 */
export async function endOldLeases(db: Reader): Promise<void> {
  await forgetAllStates(db);
  await releaseAllQueues(db);
  await releaseAllReports(db);
  await releaseAllWebhooks(db);
}
