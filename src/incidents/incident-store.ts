// The SQL of incidents.
import { firstIdOf } from '../base/id.ts';
import type { Db, Reader, Transaction } from '../db/db.ts';
import { type Incident, type IncidentKind, sentenceOf, type Trouble } from './incident.ts';

/** Returns whether an account has an open incident. */
export async function hasOpenIncidents(reader: Reader): Promise<boolean> {
  const rows = await reader.query('select from incidents where ended_at is null limit 1');
  return rows.length > 0;
}

// Of several processes that record at a time, an index keeps one row. An account may be deleted meanwhile.
const recordSql = `
  insert into incidents (id, account_id, kind, subject, began_at, seen_at, affected, total, sentence)
  select found.id, account_id, kind, subject, began_at, $9, affected, total, sentence
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::integer[], $7::integer[], $8::text[])
    as found (id, account_id, kind, subject, began_at, affected, total, sentence)
  join accounts on accounts.auth_id = account_id
  order by account_id, kind, subject
  on conflict (account_id, kind, md5(subject)) where ended_at is null do update set
    seen_at = greatest(incidents.seen_at, excluded.seen_at),
    sentence = case when excluded.affected >= incidents.affected then excluded.sentence else incidents.sentence end,
    total = case when excluded.affected >= incidents.affected then excluded.total else incidents.total end,
    affected = greatest(incidents.affected, excluded.affected)`;

/** Opens incidents for troubles that have none, and notes of the others that they last, and how bad they are at the worst. */
export async function recordTroubles(
  tx: Transaction,
  troubles: readonly Trouble[],
  now: Date,
  newId: () => string,
): Promise<void> {
  if (troubles.length === 0) return;
  const column = (read: (trouble: Trouble) => unknown) => troubles.map(read);
  await tx.query(recordSql, [
    column(newId),
    column(({ accountId }) => accountId),
    column(({ kind }) => kind),
    column(({ subject }) => subject),
    column(({ beganAt }) => beganAt),
    column(({ affected }) => affected),
    column(({ total }) => total),
    column(sentenceOf),
    now,
  ]);
}

/** Ends the incidents that were not seen since a moment: they ended when they were seen last. */
export async function endIncidents(tx: Transaction, seenBefore: Date): Promise<void> {
  await tx.query('update incidents set ended_at = seen_at where ended_at is null and seen_at < $1', [
    seenBefore,
  ]);
}

export interface IncidentFilters {
  readonly isOpen: boolean | undefined;
  readonly kind: IncidentKind | undefined;
}

interface Row {
  id: string;
  kind: IncidentKind;
  subject: string;
  began_at: Date;
  ended_at: Date | null;
  affected: number;
  total: number;
  sentence: string;
}

const listSql = `
  select id, kind, subject, began_at, ended_at, affected, total, sentence from incidents
  where account_id = $1 and ($2::uuid is null or id < $2) and ($3::boolean is null or $3 = (ended_at is null))
    and ($4::text is null or kind = $4)
  order by id desc limit $5`;

/** Returns up to `limit` incidents of a main account that were found before `before`, the newest first. */
export async function listIncidents(
  reader: Reader,
  accountId: string,
  { isOpen, kind }: IncidentFilters,
  before: string | undefined,
  limit: number,
): Promise<Incident[]> {
  const rows = await reader.query<Row>(listSql, [
    accountId,
    before ?? null,
    isOpen ?? null,
    kind ?? null,
    limit,
  ]);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    beganAt: row.began_at,
    endedAt: row.ended_at ?? undefined,
    affected: row.affected,
    total: row.total,
    sentence: row.sentence,
  }));
}

/** Deletes up to `rows` incidents that ended before a moment, and returns how many. */
export async function deleteOldIncidents(db: Db, before: Date, rows: number): Promise<number> {
  const deleted = await db.query(
    `delete from incidents where id = any(array(
       select id from incidents where id < $1 and ended_at < $2 order by id limit $3)) returning 1`,
    [firstIdOf(before.getTime()), before, rows],
  );
  return deleted.length;
}
