// A page of the simulator's submissions, limited to the messages that a scope may see.
import type { Records, ReportRecord, SubmissionRecord } from '../carriers/simulator/records.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import { visibleMessages } from './store.ts';

interface ShownSubmission {
  readonly submission: SubmissionRecord;
  /** In the order of delivery. */
  readonly reports: readonly ReportRecord[];
}

/** Returns submissions, newest first; only those of one message where `messageId` is given. */
export async function listSubmissions(
  db: Reader,
  scope: Scope,
  records: Records,
  messageId: string | undefined,
  { limit, offset }: PageRequest,
): Promise<{ readonly total: number; readonly shown: readonly ShownSubmission[] }> {
  const wanted = records.submissions
    .newestFirst()
    .filter(({ submission }) => messageId === undefined || submission.reference === messageId.toLowerCase());
  const references = new Set(wanted.map(({ submission }) => submission.reference));
  const visible = await visibleMessages(db, scope, [...references]);
  const submissions = wanted.filter(({ submission }) => visible.has(submission.reference));
  const reports = records.reports.newestFirst().reverse();
  const shown = submissions.slice(offset, offset + limit).map((submission) => ({
    submission,
    reports: reports.filter(({ report }) => submission.names.includes(report.names[0] ?? '')),
  }));
  return { total: submissions.length, shown };
}
