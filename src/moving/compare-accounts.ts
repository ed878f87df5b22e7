// Compares an account with its copy on another server: what has to be made, what is there, what differs. Pure.
import type { Fields, Thing } from './thing.ts';

/** A field that is not the same on both sides, as people read it. */
export interface Difference {
  readonly field: string;
  readonly there: string;
  readonly here: string;
}

export interface Step {
  readonly thing: Thing;
  readonly standing: 'missing' | 'equal' | 'different';
  /** Of `different`. */
  readonly differences: readonly Difference[];
}

/** Fields that a server fills in by itself where it is given none. */
const onlyIfGiven = new Set(['region', 'carrier', 'number_type', 'number_priority', 'auth_token']);
/** Fields that tell when a thing was made: of one that was made here by hand they differ. */
const notCompared = new Set(['added_on', 'created_on']);
/** Fields whose values are not shown. */
const secret = new Set(['auth_token']);

/** Returns a step for each thing of the source, in the source's order. */
export function compareThings(source: readonly Thing[], target: readonly Thing[]): Step[] {
  const key = ({ kind, id }: Thing) => `${kind} ${id.toLowerCase()}`;
  const present = new Map(target.map((thing) => [key(thing), thing]));
  return source.map((thing) => {
    const same = present.get(key(thing));
    if (same === undefined) return { thing, standing: 'missing', differences: [] };
    const differences = [...differencesOf(thing.fields, same.fields), ...ownersOf(thing, same)];
    return { thing, standing: differences.length === 0 ? 'equal' : 'different', differences };
  });
}

function differencesOf(there: Fields, here: Fields): Difference[] {
  const fields = [...new Set([...Object.keys(there), ...Object.keys(here)])].sort();
  return fields.flatMap((field) => {
    if (notCompared.has(field) || (onlyIfGiven.has(field) && there[field] === undefined)) return [];
    const [a, b] = [valueText(there[field]), valueText(here[field])];
    if (a === b) return [];
    return [secret.has(field) ? { field, there: 'another', here: 'another' } : { field, there: a, here: b }];
  });
}

function ownersOf(there: Thing, here: Thing): Difference[] {
  if (there.owner === here.owner) return [];
  return [{ field: 'owner', there: there.owner ?? 'main account', here: here.owner ?? 'main account' }];
}

/** Returns a value as text, the same for equal values whatever the order of their fields. */
function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.map(valueText).sort().join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}: ${valueText(field)}`).join(', ')}}`;
}

/**
 * Returns things without the applications that are not among them, and a note for each: the vendor lists no PHLOs, and this server
 * cannot make an application of which it knows nothing.
 */
export function dropUnknownApplications(things: readonly Thing[]): { things: Thing[]; notes: string[] } {
  const known = new Set(things.filter(({ kind }) => kind === 'application').map(({ id }) => id));
  const notes: string[] = [];
  const kept = things.map((thing) => {
    const { application_id: byPowerpack, application_type: _, app_id: byNumber, ...rest } = thing.fields;
    const appId = thing.kind === 'number' ? byNumber : thing.kind === 'powerpack' ? byPowerpack : undefined;
    if (appId === undefined || known.has(String(appId))) return thing;
    notes.push(
      `${thing.kind} ${thing.label}: its application ${appId} is not listed; a PHLO stays with the vendor`,
    );
    return { ...thing, fields: rest };
  });
  return { things: kept, notes };
}
