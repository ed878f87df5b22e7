// SQL of the carriers' own names of messages.
import type { Taken } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';

export interface CarrierMessage {
  readonly carrier: string;
  readonly name: string;
  readonly messageId: string;
  /** From 1; undefined where the message is one part. */
  readonly part: number | undefined;
  readonly at: Date;
}

/** Returns the names of the parts that a carrier has taken, without those that it did not name. */
export function namesOf(
  messageId: string,
  taken: (Taken & { readonly carrier: string }) | undefined,
  at: Date,
): CarrierMessage[] {
  if (taken === undefined) return [];
  const { carrier, parts, totalParts } = taken;
  return parts
    .filter(({ name }) => name !== '')
    .map(({ name, part }) => ({ carrier, name, messageId, part: totalParts === 1 ? undefined : part, at }));
}

// A carrier that gives a name twice means the later message. What was reported of a name counts on where the same message is recorded again, because
// nothing said that the first time was durable.
const insertSql = `
  insert into carrier_messages (carrier, carrier_message_id, message_id, part, at)
  select * from unnest($1::text[], $2::text[], $3::uuid[], $4::smallint[], $5::timestamptz[])
  on conflict (carrier, carrier_message_id) do update
  set message_id = excluded.message_id, part = excluded.part, at = excluded.at,
    outcome = case when carrier_messages.message_id = excluded.message_id then carrier_messages.outcome end`;

/**
 * Stores a carrier's names for messages of ours, in the order of its names, so that two transactions that store the same do not
 * deadlock.
 */
export function insertCarrierMessages(tx: Transaction, names: readonly CarrierMessage[]): void {
  if (names.length === 0) return;
  // Of two uses of one name the later counts, here as in the table.
  const byName = new Map(names.map((name) => [`${name.carrier} ${name.name}`, name]));
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  tx.send(insertSql, [
    sorted.map(({ carrier }) => carrier),
    sorted.map(({ name }) => name),
    sorted.map(({ messageId }) => messageId),
    sorted.map(({ part }) => part ?? null),
    sorted.map(({ at }) => at),
  ]);
}

/** Stores an inbound message under its carrier's name. Returns the message that already has the name; `undefined` if it was free. */
export async function noteInbound(
  tx: Transaction,
  name: Omit<CarrierMessage, 'part'>,
): Promise<string | undefined> {
  const rows = await tx.query<{ message_id: string }>(
    `insert into carrier_messages (carrier, carrier_message_id, message_id, at) values ($1, $2, $3, $4)
     on conflict (carrier, carrier_message_id) do update set at = carrier_messages.at
     returning message_id`,
    [name.carrier, name.name, name.messageId, name.at],
  );
  return rows.map(({ message_id }) => message_id).find((known) => known !== name.messageId);
}
