// The values inside a JSON value by their paths. Pure.

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** Returns the kind of a JSON value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as Kind;
}

/** Calls back for each pair of values, neither of them an object or an array, at the same place of two JSON values. */
export function forEachPair(
  one: unknown,
  other: unknown,
  visit: (path: string, one: unknown, other: unknown) => void,
  path = '',
): void {
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return;
  if (kind === 'array') {
    const others = other as readonly unknown[];
    (one as readonly unknown[]).slice(0, others.length).forEach((item, index) => {
      forEachPair(item, others[index], visit, `${path}[${index}]`);
    });
  } else if (kind === 'object') {
    const others = other as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(one as object)) {
      if (Object.hasOwn(others, name)) forEachPair(value, others[name], visit, join(path, name));
    }
  } else visit(path, one, other);
}

/** Returns the kinds of values at each path; the elements of an array share one, `objects[]`. */
export function kindsByPath(value: unknown): Map<string, Set<Kind>> {
  const kinds = new Map<string, Set<Kind>>();
  const visit = (path: string, one: unknown): void => {
    const kind = kindOf(one);
    const there = kinds.get(path) ?? new Set();
    kinds.set(path, there.add(kind));
    if (kind === 'array') for (const item of one as readonly unknown[]) visit(`${path}[]`, item);
    if (kind === 'object')
      for (const [name, item] of Object.entries(one as object)) visit(join(path, name), item);
  };
  visit('', value);
  return kinds;
}

/** Returns the path of what holds a path, and its last name. */
export function splitPath(path: string): { readonly parent: string; readonly name: string } {
  if (path.endsWith(']')) return { parent: path.slice(0, path.lastIndexOf('[')), name: '' };
  const dot = path.lastIndexOf('.');
  return { parent: path.slice(0, Math.max(dot, 0)), name: path.slice(dot + 1) };
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
