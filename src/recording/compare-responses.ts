// Compares a response of a recording with that of its replay: status, shape, and values but for ids and times. Pure.
import { forEachPair, type Kind, kindOf, kindsByPath, splitPath } from './json-paths.ts';
import type { RecordedBody } from './recorded-body.ts';

/** A difference: where, and on each side. */
export interface Divergence {
  /** `status`, or the path of a value in the body; empty for the body as a whole. */
  readonly path: string;
  readonly recorded: string;
  readonly replayed: string;
}

interface ComparedResponse {
  readonly status: number;
  readonly body: RecordedBody;
}

/** Returns the differences, those of the status first. Fields whose names are in `ignored` are passed over. */
export function compareResponses(
  recorded: ComparedResponse,
  replayed: ComparedResponse,
  ignored: ReadonlySet<string>,
): Divergence[] {
  const status =
    recorded.status === replayed.status
      ? []
      : [{ path: 'status', recorded: String(recorded.status), replayed: String(replayed.status) }];
  return [...status, ...compareBodies(recorded.body, replayed.body, ignored)];
}

function compareBodies(one: RecordedBody, other: RecordedBody, ignored: ReadonlySet<string>): Divergence[] {
  if ('omitted' in one || 'omitted' in other) return [];
  if ('json' in one && 'json' in other) {
    const isIgnored = (path: string) => path.split(/[.[]/).some((name) => ignored.has(name));
    return [...compareShapes(one.json, other.json), ...compareValues(one.json, other.json)].filter(
      ({ path }) => !isIgnored(path),
    );
  }
  const [kind, otherKind] = [kindOfBody(one), kindOfBody(other)];
  return kind === otherKind ? [] : [{ path: '', recorded: kind, replayed: otherKind }];
}

const kindOfBody = (body: RecordedBody): string => Object.keys(body)[0] ?? 'none';

const absent = 'absent';

/** Compares which fields there are, and of which kinds. What lies below a difference is not a further one. */
function compareShapes(one: unknown, other: unknown): Divergence[] {
  const [ours, theirs] = [kindsByPath(one), kindsByPath(other)];
  const differs = (path: string) => {
    const [kinds, others] = [ours.get(path), theirs.get(path)];
    if (kinds === undefined || others === undefined) return kinds !== others;
    return ![...others].every((kind) => kinds.has(kind));
  };
  /** Returns whether both sides have something at the place that holds a path: an empty list shows nothing about its elements. */
  const isComparable = (path: string): boolean => {
    if (path === '') return true;
    const { parent } = splitPath(path);
    const isElement = path.endsWith('[]');
    return (isElement ? ours.has(path) && theirs.has(path) : !differs(parent)) && isComparable(parent);
  };
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((path) => isComparable(path) && differs(path))
    .map((path) => ({ path, recorded: name(ours.get(path)), replayed: name(theirs.get(path)) }));
}

const name = (kinds: ReadonlySet<Kind> | undefined): string =>
  kinds === undefined ? absent : [...kinds].sort().join(' or ');

/** Compares values at the same places; those of lists only when the lists are equally long. */
function compareValues(one: unknown, other: unknown): Divergence[] {
  const found = compareLengths(one, other);
  const uneven = found.map(({ path }) => path);
  forEachPair(one, other, (path, recorded, replayed) => {
    if (kindOf(recorded) !== kindOf(replayed) || uneven.some((list) => path.startsWith(`${list}[`))) return;
    if (isOwnToEachServer(splitPath(path).name) || isMasked(recorded)) return;
    if (typical(recorded) === typical(replayed)) return;
    found.push({ path, recorded: JSON.stringify(recorded), replayed: JSON.stringify(replayed) });
  });
  return found;
}

function compareLengths(one: unknown, other: unknown, path = ''): Divergence[] {
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return [];
  if (kind === 'array') {
    const [items, others] = [one as readonly unknown[], other as readonly unknown[]];
    if (items.length !== others.length) {
      return [{ path, recorded: `${items.length} elements`, replayed: `${others.length} elements` }];
    }
    return items.flatMap((item, index) => compareLengths(item, others[index], `${path}[${index}]`));
  }
  if (kind !== 'object') return [];
  const others = other as Readonly<Record<string, unknown>>;
  return Object.entries(one as object).flatMap(([key, value]) =>
    compareLengths(value, others[key], path === '' ? key : `${path}.${key}`),
  );
}

/** Names of ids and times. */
const isOwnToEachServer = (field: string): boolean =>
  /(^|_)(id|uuid|uuids|time|date|timestamp)$|^(added_on|created_at|updated_at)$/.test(field);

/** Returns whether a recorded value stands for a secret, an address or a URL, and so says nothing about the replayed one. */
const isMasked = (value: unknown): boolean => typeof value === 'string' && /\bmasked-\d+/.test(value);

const replacements: readonly [what: RegExp, by: string][] = [
  [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '{id}'],
  [/\b[MS]A[A-Z0-9]{18}\b/g, '{account}'],
  [/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '{time}'],
  [/(?<![\w.])\+?\d{7,20}(?![\w.])/g, '{number}'],
];

/** Returns a value with a placeholder for each id, time and telephone number in it. */
function typical(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return replacements.reduce((text, [what, by]) => text.replace(what, by), value);
}
