// SQL of the retry schedules of messages, read from a view: messages are a higher layer.
import type { Reader } from '../db/db.ts';

/** Returns the seconds before each retry of a call about a message, where it has a schedule of its own. */
export async function findRetrySeconds(
  db: Reader,
  messageId: string,
): Promise<readonly number[] | undefined> {
  const rows = await db.query<{ retry_seconds: number[] | null }>(
    'select retry_seconds from message_retries where message_id = $1',
    [messageId],
  );
  return rows[0]?.retry_seconds ?? undefined;
}
