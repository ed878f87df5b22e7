// SQL of messages with an attempt whose end is not known, and of the reports that may be on it (carriers.md section 4.7, 8).
import type { Db, Reader, Transaction } from '../../db/db.ts';

/** An attempt whose end is not known. */
export interface UnknownAttempt {
  readonly messageId: string;
  readonly carrier: string;
  readonly sender: string;
  readonly destination: string;
  readonly at: Date;
}

const insertSql = `
  insert into unknown_attempts (message_id, carrier, sender, destination, at)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
  on conflict do nothing`;

/** Stores messages with such an attempt; one that is stored already stays as it is. */
export function noteUnknownAttempts(tx: Transaction, attempts: readonly UnknownAttempt[]): void {
  if (attempts.length === 0) return;
  const sorted = [...attempts].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  tx.send(insertSql, [
    sorted.map(({ messageId }) => messageId),
    sorted.map(({ carrier }) => carrier),
    sorted.map(({ sender }) => sender),
    sorted.map(({ destination }) => destination),
    sorted.map(({ at }) => at),
  ]);
}

/** The sender and the destination of a message as its carrier writes them. */
interface Pair {
  readonly carrier: string;
  readonly sender?: string | undefined;
  readonly destination: string | undefined;
}

const findSql = `
  select wanted.place, min(message_id::text) as message_id
  from unnest($1::integer[], $2::text[], $3::text[], $4::text[]) as wanted (place, carrier, sender, destination)
  cross join lateral (
    select message_id from unknown_attempts
    where right(unknown_attempts.sender, 7) = wanted.sender and right(unknown_attempts.destination, 7) = wanted.destination
      and unknown_attempts.carrier = wanted.carrier
    limit 2) found
  group by wanted.place having count(*) = 1`;

/**
 * Returns, for each pair, the message with such an attempt that went from its sender to its destination over its carrier; `undefined` where
 * there is none, or more than one.
 */
export async function findUnknownAttempts(
  db: Reader,
  pairs: readonly Pair[],
): Promise<(string | undefined)[]> {
  const wanted = pairs.flatMap(({ carrier, sender = '', destination = '' }, place) =>
    sender === '' || destination === ''
      ? []
      : [{ place, carrier, sender: lastOf(sender), destination: lastOf(destination) }],
  );
  if (wanted.length === 0) return pairs.map(() => undefined);
  const rows = await db.query<{ place: number; message_id: string }>(findSql, [
    wanted.map(({ place }) => place),
    wanted.map(({ carrier }) => carrier),
    wanted.map(({ sender }) => sender),
    wanted.map(({ destination }) => destination),
  ]);
  const found = new Map(rows.map((row) => [row.place, row.message_id]));
  return pairs.map((_, place) => found.get(place));
}

const lastOf = (address: string): string => address.slice(-7);

/** Deletes up to `rows` attempts of before a moment: reports without a message are kept for a day. Returns how many. */
export async function deleteOldAttempts(db: Db, before: Date, rows: number): Promise<number> {
  const gone = await db.query(
    `delete from unknown_attempts
     where message_id = any(array(select message_id from unknown_attempts where at < $1 order by at limit $2))
     returning message_id`,
    [before, rows],
  );
  return gone.length;
}
