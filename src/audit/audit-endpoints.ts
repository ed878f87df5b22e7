// Audit: lists the entries of the audit log. An extension.
import { defineEndpoint } from '../http/endpoint.ts';
import { listEntries } from './audit-store.ts';
import {
  AuditListBody,
  auditEntryToWire,
  auditFiltersFromWire,
  ListAuditInput,
  nextAuditPage,
  pageSizeOf,
} from './audit-wire.ts';

export const listAuditEndpoint = defineEndpoint({
  summary: 'List changes',
  description:
    'Who changed what, from where, with the state before and after: every change by the API, the console and the command line, the newest first. Messages, uploads and callbacks have lists of their own. Kept for `RUCKSACK_AUDIT_DAYS`.',
  extension: true,
  role: 'operator',
  input: ListAuditInput,
  mayLag: true,
  answers: { 200: AuditListBody },
  async handle({ db, scope, input }) {
    const limit = pageSizeOf(input);
    const entries = await listEntries(db, scope, auditFiltersFromWire(input), input.before, limit + 1);
    const shown = entries.slice(0, limit);
    const last = shown.at(-1);
    const next =
      last !== undefined && entries.length > limit ? nextAuditPage(scope.accountId, input, last) : null;
    return { status: 200, body: { meta: { limit, next }, objects: shown.map(auditEntryToWire) } };
  },
});
