// The audit log as a file for spreadsheets. Pure.
import type { components } from '../../../client/src/schema.ts';
import { csvText } from '../parts/csv.ts';

type Entry = components['schemas']['AuditEntry'];

const names = [
  'at',
  'who_kind',
  'who_id',
  'who_name',
  'address',
  'method',
  'path',
  'subaccount',
  'before',
  'after',
];

const json = (state: object | null): string => (state === null ? '' : JSON.stringify(state));

/** Returns entries as CSV, with a line of names; states are JSON. */
export const changesCsv = (entries: readonly Entry[]): string =>
  csvText(
    names,
    entries.map(({ who, ...entry }) => [
      entry.at,
      who.kind,
      who.id,
      who.name,
      entry.address,
      entry.method,
      entry.path,
      entry.subaccount,
      json(entry.before),
      json(entry.after),
    ]),
  );
