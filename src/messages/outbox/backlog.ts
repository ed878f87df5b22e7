// What waits in the database, for the metrics.
import type { Reader } from '../../db/db.ts';

/** Messages that are queued and calls that are still to be made, by all processes together. */
export async function readBacklog(
  db: Reader,
): Promise<{ readonly messages: number; readonly webhooks: number }> {
  const [row] = await db.query<{ messages: number; webhooks: number }>(
    `select (select coalesce(sum(queued), 0) from lanes)::integer as messages,
       (select count(*) from webhook_calls where next_at is not null)::integer as webhooks`,
  );
  return row ?? { messages: 0, webhooks: 0 };
}
