// SQL of reports that wait for their message.
import type { Db, Reader, Transaction } from '../../db/db.ts';
import type { CarrierReport } from './reported-message-store.ts';

export interface WaitingReport extends CarrierReport {
  readonly id: string;
  /** How often its message was looked for. */
  readonly attempts: number;
  readonly nextAt: Date;
}

const insertSql = `
  insert into unmatched_reports
    (id, carrier, candidates, reference, destination, sender, outcome, covers, error_code, detail, reported_at, attempts, next_at)
  select * from unnest(
    $1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::smallint[],
    $10::text[], $11::timestamptz[], $12::smallint[], $13::timestamptz[])`;

/** Stores reports whose messages are not known yet. */
export function insertReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send(insertSql, [
    reports.map(({ id }) => id),
    reports.map(({ carrier }) => carrier),
    reports.map(({ names }) => JSON.stringify(names)),
    reports.map(({ reference }) => reference ?? null),
    reports.map(({ destination }) => destination ?? null),
    reports.map(({ sender }) => sender ?? null),
    reports.map(({ outcome }) => outcome),
    reports.map(({ covers }) => covers),
    reports.map(({ errorCode }) => errorCode ?? null),
    reports.map(({ detail }) => detail ?? null),
    reports.map(({ at }) => at),
    reports.map(({ attempts }) => attempts),
    reports.map(({ nextAt }) => nextAt),
  ]);
}

interface ReportRow {
  id: string;
  carrier: string;
  candidates: string[];
  reference: string | null;
  destination: string | null;
  sender: string | null;
  outcome: CarrierReport['outcome'];
  covers: CarrierReport['covers'];
  error_code: number | null;
  detail: string | null;
  reported_at: Date;
  attempts: number;
  next_at: Date;
}

const nextSql = `
  select least(
    (select min(next_at) from unmatched_reports),
    (select min(due_at) from awaited_parts)) as next_at`;

/** Returns when the next report or message with awaited parts is due; undefined while nothing waits. */
export async function nextReportWork(db: Reader): Promise<Date | undefined> {
  const [row] = await db.query<{ next_at: Date | null }>(nextSql);
  return row?.next_at ?? undefined;
}

/** Ends all leases of reports. Safe only while no other process looks for their messages. */
export async function releaseAllReports(db: Reader): Promise<void> {
  await db.query('update unmatched_reports set leased_until = null where leased_until is not null');
}

const claimSql = `
  with due as materialized (
    select id from unmatched_reports
    where next_at <= $1 and (leased_until is null or leased_until < $1)
    order by next_at limit $3 for update skip locked)
  update unmatched_reports set leased_until = $2 from due where unmatched_reports.id = due.id
  returning unmatched_reports.*`;

/** Takes reports that are due, `limit` at most. */
export async function claimReports(
  db: Db,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<readonly WaitingReport[]> {
  const rows = await db.query<ReportRow>(claimSql, [now, leaseUntil, limit]);
  return rows.map(reportFromRow);
}

function reportFromRow(row: ReportRow): WaitingReport {
  return {
    id: row.id,
    carrier: row.carrier,
    names: row.candidates,
    reference: row.reference ?? undefined,
    destination: row.destination ?? undefined,
    sender: row.sender ?? undefined,
    outcome: row.outcome,
    covers: row.covers,
    errorCode: row.error_code ?? undefined,
    detail: row.detail ?? undefined,
    at: row.reported_at,
    attempts: row.attempts,
    nextAt: row.next_at,
  };
}

/** The most reports that are kept for longer than minutes. */
const manyReports = 100_000;

/** Returns whether more reports wait than are kept for long. */
export async function hasManyReports(db: Reader): Promise<boolean> {
  const rows = await db.query('select from unmatched_reports offset $1 limit 1', [manyReports]);
  return rows.length > 0;
}

/** Deletes reports that found their message, or will not. */
export function deleteReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send('delete from unmatched_reports where id = any($1)', [reports.map(({ id }) => id)]);
}

const deferSql = `
  update unmatched_reports set attempts = later.attempts, next_at = later.next_at, leased_until = null
  from unnest($1::uuid[], $2::smallint[], $3::timestamptz[]) as later (id, attempts, next_at)
  where unmatched_reports.id = later.id`;

/** Delays reports until their `nextAt` and ends their lease. */
export function postponeReports(tx: Transaction, reports: readonly WaitingReport[]): void {
  if (reports.length === 0) return;
  tx.send(deferSql, [
    reports.map(({ id }) => id),
    reports.map(({ attempts }) => attempts),
    reports.map(({ nextAt }) => nextAt),
  ]);
}
