// Reports on the parts of a message: it is delivered once all of them are (carriers.md section 4.7).
import type { Reader, Transaction } from '../../db/db.ts';

/** A carrier's report on one part. */
export interface PartOutcome {
  readonly messageId: string;
  readonly carrier: string;
  readonly name: string;
  readonly outcome: 'delivered' | 'undelivered';
}

/** How many parts of a message there are, as far as its carrier has named them, and how many of them are delivered. */
interface PartCount {
  readonly parts: number;
  readonly delivered: number;
}

const noteSql = `
  update carrier_messages set outcome = noted.outcome
  from unnest($1::text[], $2::text[], $3::text[]) as noted (carrier, carrier_message_id, outcome)
  where carrier_messages.carrier = noted.carrier and carrier_messages.carrier_message_id = noted.carrier_message_id
    and carrier_messages.outcome is null`;

/**
 * Records outcomes of parts; of two reports on one part the first counts. Returns how many parts of each message are delivered. Messages
 * are locked first: the reports on two of their parts may come to two processes at once.
 */
export async function notePartOutcomes(
  tx: Transaction,
  outcomes: readonly PartOutcome[],
): Promise<ReadonlyMap<string, PartCount>> {
  if (outcomes.length === 0) return new Map();
  const messageIds = [...new Set(outcomes.map(({ messageId }) => messageId))];
  await tx.query('select from messages where id = any($1::uuid[]) order by id for no key update', [
    messageIds,
  ]);
  const sorted = [...outcomes].sort((a, b) => (a.name < b.name ? -1 : 1));
  tx.send(noteSql, [
    sorted.map(({ carrier }) => carrier),
    sorted.map(({ name }) => name),
    sorted.map(({ outcome }) => outcome),
  ]);
  return countParts(tx, messageIds);
}

/** A part that was submitted twice counts once, and is delivered when one of the copies is. */
const countSql = `
  select message_id, count(distinct part)::integer as parts,
    (count(distinct part) filter (where outcome = 'delivered'))::integer as delivered
  from carrier_messages where message_id = any($1::uuid[]) and part is not null
  group by message_id`;

/** Returns how many parts of messages are delivered. */
export async function countParts(
  db: Reader,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, PartCount>> {
  const rows = await db.query<PartCount & { message_id: string }>(countSql, [messageIds]);
  return new Map(rows.map(({ message_id, parts, delivered }) => [message_id, { parts, delivered }]));
}

/** Stores messages of which parts are delivered and others awaited, until `dueAt`; one that is stored already stays as it is. */
export function awaitParts(tx: Transaction, messageIds: readonly string[], dueAt: Date): void {
  if (messageIds.length === 0) return;
  tx.send(
    'insert into awaited_parts (message_id, due_at) select id, $2 from unnest($1::uuid[]) as ids (id) on conflict do nothing',
    [messageIds, dueAt],
  );
}

/** Ends the waiting for parts of messages. */
export function endAwaiting(tx: Transaction, messageIds: readonly string[]): void {
  if (messageIds.length === 0) return;
  tx.send('delete from awaited_parts where message_id = any($1::uuid[])', [messageIds]);
}

/** Takes messages whose parts have been awaited for long enough, `limit` at most. */
export async function takeAwaited(tx: Transaction, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.query<{ message_id: string }>(
    `delete from awaited_parts where message_id = any(array(
       select message_id from awaited_parts where due_at <= $1 order by due_at limit $2 for update skip locked))
     returning message_id`,
    [now, limit],
  );
  return rows.map(({ message_id }) => message_id);
}
