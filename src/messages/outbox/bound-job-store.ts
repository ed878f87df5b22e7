// SQL of jobs that are bound to a carrier: it perhaps has them, or has parts of them, so they go to no other one.
import type { Reader } from '../../db/db.ts';

/** A job and the only carrier that it may go to. */
interface BoundJob {
  readonly messageId: string;
  readonly carrier: string;
}

/** Jobs that were submitted stand at the head of their sender queue: no more than this are with a carrier at once. */
const headOfQueue = 20;

const headSql = `
  select message_id, case when unknown_attempts > 0 or parts_taken > 0 then carrier end as bound_to
  from outbox where queue = $1 order by position limit ${headOfQueue}`;

/** Returns the first bound job of a sender queue up to a message, its own included; `undefined` where there is none. */
export async function findBoundUpTo(
  db: Reader,
  queue: string,
  messageId: string,
): Promise<BoundJob | undefined> {
  const head = await db.query<{ message_id: string; bound_to: string | null }>(headSql, [queue]);
  const own = head.findIndex((job) => job.message_id === messageId);
  for (const job of own < 0 ? head : head.slice(0, own + 1)) {
    if (job.bound_to !== null) return { messageId: job.message_id, carrier: job.bound_to };
  }
  return undefined;
}
