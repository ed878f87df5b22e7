// Compares an account with its copy on another server: what has to be made, what is there, what differs. Pure.
import type { Fields, Resource } from './resource.ts';

/** A field that is not the same on both sides, as people read it. */
interface Difference {
  readonly field: string;
  readonly there: string;
  readonly here: string;
}

export interface Step {
  readonly resource: Resource;
  readonly standing: 'missing' | 'equal' | 'different';
  /** Of `different`. */
  readonly differences: readonly Difference[];
}

/** Fields that a server fills in by itself where it is given none. */
const onlyIfGiven = new Set(['region', 'carrier', 'number_type', 'number_priority', 'auth_token']);
/** Fields that tell when a resource was made: of one that was made here by hand they differ. */
const notCompared = new Set(['added_on', 'created_on']);
/** Fields whose values are not shown. */
const secret = new Set(['auth_token']);

/** Returns a step for each resource of the source, in the source's order. */
export function compareResources(source: readonly Resource[], target: readonly Resource[]): Step[] {
  const key = ({ kind, id }: Resource) => `${kind} ${id.toLowerCase()}`;
  const present = new Map(target.map((resource) => [key(resource), resource]));
  return source.map((resource) => {
    const same = present.get(key(resource));
    if (same === undefined) return { resource, standing: 'missing', differences: [] };
    const differences = [...differencesOf(resource.fields, same.fields), ...ownersOf(resource, same)];
    return { resource, standing: differences.length === 0 ? 'equal' : 'different', differences };
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

function ownersOf(there: Resource, here: Resource): Difference[] {
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
 * Returns resources without the applications that are not among them, and a note for each: the vendor lists no PHLOs, and this server
 * cannot make an application of which it knows nothing.
 */
export function dropUnknownApplications(resources: readonly Resource[]): {
  resources: Resource[];
  notes: string[];
} {
  const known = new Set(resources.filter(({ kind }) => kind === 'application').map(({ id }) => id));
  const notes: string[] = [];
  const kept = resources.map((resource) => {
    const { application_id: byPowerpack, application_type: _, app_id: byNumber, ...rest } = resource.fields;
    const appId =
      resource.kind === 'number' ? byNumber : resource.kind === 'powerpack' ? byPowerpack : undefined;
    if (appId === undefined || known.has(String(appId))) return resource;
    notes.push(
      `${resource.kind} ${resource.label}: its application ${appId} is not listed; a PHLO stays with the vendor`,
    );
    return { ...resource, fields: rest };
  });
  return { resources: kept, notes };
}
