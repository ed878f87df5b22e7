// The queue of a restored database: messages that its source may have handed over after the backup.
import type { Reader } from '../../db/db.ts';

/**
 * Stores that the messages which were to go between the backup and now are being submitted, as a crash leaves them: they go again, and their
 * history says that the carrier may have them twice. Those that were being submitted stay as they are. Scheduled messages whose moment has
 * come are not in the queue yet: their history says it at once. So does that of messages whose slots are still to come, and which have others before
 * them: the source has sent them early if those were cancelled after the backup (ADR 0088).
 */
export async function markPerhapsSubmitted(db: Reader, madeAt: Date, now: Date): Promise<void> {
  await db.query(
    `update outbox set submitting_at = $1, unknown_attempts = greatest(unknown_attempts, 1)
     where submitting_at is null and due_at <= $2`,
    [madeAt, now],
  );
  await db.query(
    `insert into message_events (message_id, at, event, detail)
     select message_id, $1, 'repeated', 'due before the backup was restored: the carrier may have taken the message twice'
     from scheduled_messages where ended_at is null and send_at <= $1`,
    [now],
  );
  await db.query(
    `insert into message_events (message_id, at, event, detail)
     select message_id, $1, 'repeated', 'it may have gone before its slot, if messages before it were cancelled after the backup: the carrier may have taken it twice'
     from outbox
     where submitting_at is null and due_at > $1 and (not_before is null or not_before <= $1)
       and exists (select from outbox earlier where earlier.queue = outbox.queue and earlier.position < outbox.position)`,
    [now],
  );
}
