// Entries of the audit log in words. Pure.
import type { components } from '../../../client/src/schema.ts';

type Entry = components['schemas']['AuditEntry'];

/** Returns who made a change. */
export function whoInWords({ who, subaccount }: Pick<Entry, 'who' | 'subaccount'>): string {
  if (who.kind === 'api_key') return `API key ${who.name ?? who.id}`;
  if (who.kind === 'command_line') return `${who.id}, on the server`;
  if (subaccount === who.id) return 'Auth token of the subaccount';
  return who.kind === 'operator' ? 'Auth token of the operator' : 'Auth token';
}

const verbs: Readonly<Record<string, string>> = { POST: 'Changed', DELETE: 'Deleted', COMMAND: 'Command' };

/** Returns what was done to what: `Changed Powerpack/…/`. A change without a state before, at the path of a list, has made something. */
export function changeInWords({ method, path, before }: Entry): string {
  const isNew = method === 'POST' && before === null && /^\w+\/$/.test(path);
  return `${isNew ? 'Created' : (verbs[method] ?? method)} ${path === '' ? 'the account' : path}`;
}

interface Difference {
  readonly name: string;
  /** As JSON; undefined where there was none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Returns the members that differ between the states of an entry, by name. */
export function differencesOf({ before, after }: Pick<Entry, 'before' | 'after'>): Difference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names
    .map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }))
    .filter((row) => row.before !== row.after);
}

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
