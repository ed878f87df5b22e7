// SQL of reports that wait for their message.
import type { DeliveryReport } from '../../carriers/carrier.ts';
import type { Db, Transaction } from '../../db/db.ts';

export interface WaitingReport extends DeliveryReport {
  readonly id: string;
  readonly carrier: string;
  /** How often its message was looked for. */
  readonly attempts: number;
  readonly nextAt: Date;
}

const insertSql = `
  insert into unmatched_reports
    (id, carrier, carrier_message_id, outcome, error_code, reported_at, attempts, next_at)
  select * from unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::timestamptz[], $7::smallint[], $8::timestamptz[])`;

/** Keeps reports whose messages are not known yet. */
export function insertReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send(insertSql, [
    reports.map(({ id }) => id),
    reports.map(({ carrier }) => carrier),
    reports.map(({ names }) => names[0] ?? ''),
    reports.map(({ outcome }) => outcome),
    reports.map(({ errorCode }) => errorCode ?? null),
    reports.map(({ at }) => at),
    reports.map(({ attempts }) => attempts),
    reports.map(({ nextAt }) => nextAt),
  ]);
}

interface ReportRow {
  id: string;
  carrier: string;
  carrier_message_id: string;
  outcome: DeliveryReport['outcome'];
  error_code: number | null;
  reported_at: Date;
  attempts: number;
  next_at: Date;
}

const claimSql = `
  with due as materialized (
    select id from unmatched_reports
    where next_at <= $1 and (leased_until is null or leased_until < $1)
    order by next_at limit $3 for update skip locked)
  update unmatched_reports set leased_until = $2 from due where unmatched_reports.id = due.id
  returning unmatched_reports.*`;

/** Takes reports that are due, and says when the next one is. */
export async function claimReports(
  db: Db,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<{ readonly reports: readonly WaitingReport[]; readonly nextAt: Date | undefined }> {
  const rows = await db.query<ReportRow>(claimSql, [now, leaseUntil, limit]);
  if (rows.length > 0) return { reports: rows.map(reportFromRow), nextAt: undefined };
  const [next] = await db.query<{ next_at: Date | null }>(
    'select min(next_at) as next_at from unmatched_reports where next_at > $1',
    [now],
  );
  return { reports: [], nextAt: next?.next_at ?? undefined };
}

function reportFromRow(row: ReportRow): WaitingReport {
  return {
    id: row.id,
    carrier: row.carrier,
    names: [row.carrier_message_id],
    reference: undefined,
    destination: undefined,
    outcome: row.outcome,
    covers: 'message',
    detail: undefined,
    errorCode: row.error_code ?? undefined,
    at: row.reported_at,
    attempts: row.attempts,
    nextAt: row.next_at,
  };
}

/** Forgets reports that found their message, or will not. */
export function deleteReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send('delete from unmatched_reports where id = any($1)', [reports.map(({ id }) => id)]);
}

const deferSql = `
  update unmatched_reports set attempts = later.attempts, next_at = later.next_at, leased_until = null
  from unnest($1::uuid[], $2::smallint[], $3::timestamptz[]) as later (id, attempts, next_at)
  where unmatched_reports.id = later.id`;

/** Puts reports off until their `nextAt` and ends their lease. */
export function postponeReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send(deferSql, [
    reports.map(({ id }) => id),
    reports.map(({ attempts }) => attempts),
    reports.map(({ nextAt }) => nextAt),
  ]);
}
