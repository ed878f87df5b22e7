// Audit: lists the entries of the audit log. An extension.
import { defineEndpoint } from '../http/endpoint.ts';
import { listEntries } from './audit-store.ts';
import { AuditListBody, auditEntryToWire, ListAuditInput } from './audit-wire.ts';
import { logFiltersFromWire, pageOf, pageSizeOf } from './log-wire.ts';

export const listAuditEndpoint = defineEndpoint({
  summary: 'List changes',
  description:
    'Who changed what, from where, with the state before and after: every change by the API, the console and the command line, the newest first. Messages, uploads and callbacks have lists of their own. Filters look through the newest 100,000 of the time, of a subaccount through its own. Kept for `RUCKSACK_AUDIT_DAYS`.',
  extension: true,
  role: 'operator',
  input: ListAuditInput,
  mayLag: true,
  answers: { 200: AuditListBody },
  async handle({ db, scope, input }) {
    const more = pageSizeOf(input) + 1;
    const entries = await listEntries(db, scope, logFiltersFromWire(input), input.before, more);
    const list = `/v1/Account/${scope.accountId}/Audit/`;
    return { status: 200, body: pageOf(list, input, entries, auditEntryToWire) };
  },
});
