// SQL of the parts of long messages from handsets (3GPP 23.040 section 9.2.3.24).
import type { Reader, Transaction } from '../../db/db.ts';

/** The key that the parts of one message have in common. */
export interface PartGroup {
  readonly carrier: string;
  readonly sender: string;
  readonly destination: string;
  readonly width: number;
  readonly reference: number;
  readonly total: number;
}

/** A part as it is stored. */
export interface StoredPart {
  readonly part: number;
  readonly id: string;
  readonly text: string;
  readonly detail: string | undefined;
  readonly receivedAt: Date;
}

interface PartRow {
  part: number;
  id: string;
  text_utf16: Uint8Array;
  detail: string | null;
  received_at: Date;
}

const keyOf = ({ carrier, sender, destination, width, reference, total }: PartGroup): unknown[] => [
  carrier,
  sender,
  destination,
  width,
  reference,
  total,
];

const isGroup =
  '(carrier, sender, destination, width, reference, total) = ($1, $2, $3, $4::smallint, $5::integer, $6::smallint)';

/** Takes the lock of a group until the transaction ends: its last two parts may come to two processes at once, and one must see both. */
export async function lockGroup(tx: Transaction, group: PartGroup): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(keyOf(group))]);
}

/** Returns the parts of a group that are there, in order. */
export async function listParts(tx: Transaction, group: PartGroup): Promise<StoredPart[]> {
  const rows = await tx.query<PartRow>(
    `select part, id, text_utf16, detail, received_at from inbound_parts where ${isGroup} order by part`,
    keyOf(group),
  );
  return rows.map((row) => ({
    part: row.part,
    id: row.id,
    text: Buffer.from(row.text_utf16).toString('utf16le'),
    detail: row.detail ?? undefined,
    receivedAt: row.received_at,
  }));
}

/** Stores a part of a group that has none of its number. */
export function insertPart(tx: Transaction, group: PartGroup, name: string, part: StoredPart): void {
  tx.send(
    `insert into inbound_parts
       (carrier, sender, destination, width, reference, total, part, id, name, text_utf16, detail, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...keyOf(group),
      part.part,
      part.id,
      name,
      Buffer.from(part.text, 'utf16le'),
      part.detail ?? null,
      part.receivedAt,
    ],
  );
}

/** Deletes the parts of a group. */
export function deleteParts(tx: Transaction, group: PartGroup): void {
  tx.send(`delete from inbound_parts where ${isGroup}`, keyOf(group));
}

/** Returns groups with a part from `before` or earlier, `limit` at most. */
export async function listOldGroups(db: Reader, before: Date, limit: number): Promise<PartGroup[]> {
  return db.query<PartGroup>(
    `select distinct carrier, sender, destination, width, reference, total from (
       select * from inbound_parts where received_at <= $1 order by received_at limit $2) old`,
    [before, limit],
  );
}

/** Returns when the oldest part came; undefined while none waits. */
export async function oldestPart(db: Reader): Promise<Date | undefined> {
  const [row] = await db.query<{ received_at: Date }>(
    'select received_at from inbound_parts order by received_at limit 1',
  );
  return row?.received_at;
}
