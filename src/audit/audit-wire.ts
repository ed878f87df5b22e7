// The names that the API gives to the audit log: extensions, in the vendor's style.
import { Type } from 'typebox';
import { isoMicroseconds } from '../http/schemas.ts';
import type { ListedEntry } from './audit-entry.ts';
import { LogMeta, logInput, nullable, Who, whoToWire } from './log-wire.ts';

export const ListAuditInput = Type.Object(logInput('changes'));

const state = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { description }));

export const AuditEntryBody = Type.Object({
  address: nullable(Type.String({ description: 'Address of the client; null for the command line.' })),
  after: state(
    'What the path showed after the change, or the answer where it shows nothing; secrets are masked.',
  ),
  at: Type.String(),
  before: state('What the path showed before the change.'),
  entry_id: Type.String({ description: 'Of a request, the `api_id` of its answer.' }),
  method: Type.String({ description: 'HTTP method, or `COMMAND`.' }),
  path: Type.String({ description: 'Below the account; empty for the account itself.' }),
  subaccount: nullable(Type.String({ description: 'The subaccount, where the change was made in one.' })),
  who: Who,
});

export const AuditListBody = Type.Object({ meta: LogMeta, objects: Type.Array(AuditEntryBody) });

export function auditEntryToWire(entry: ListedEntry) {
  return {
    address: entry.address ?? null,
    after: entry.after ?? null,
    at: isoMicroseconds(entry.at),
    before: entry.before ?? null,
    entry_id: entry.id,
    method: entry.method,
    path: entry.path,
    subaccount: entry.subaccountId ?? null,
    who: whoToWire(entry.caller, entry.callerName),
  };
}
