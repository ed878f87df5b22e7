// The imports between files below a folder of sources, and their violations of a plan of rooms.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

export interface Arrow {
  readonly from: string;
  /** A file, relative to the folder (`../` where it lies outside), or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  /** Only types are imported, of which nothing is left when the program runs. */
  readonly isType: boolean;
}

/** Lines from the roof to the ground. A room imports rooms on lower lines only, never its own line. */
export type Plan = readonly (readonly string[])[];

export interface ImportGraph {
  /** Every source but the tests, relative to the folder. */
  readonly files: readonly string[];
  readonly arrows: readonly Arrow[];
  readonly textOf: (file: string) => string;
  /** Returns the first line: the sentence that says what is kept in the file. */
  readonly firstLineOf: (file: string) => string;
}

/** Reads the TypeScript sources below `folder`. */
export function readImportGraph(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
  const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const firstLineOf = (file: string): string => {
    const [first = '', second = ''] = textOf(file).split('\n');
    return first.startsWith('#!') ? second : first;
  };
  return { files, arrows: files.flatMap((file) => arrowsOf(file, textOf(file))), textOf, firstLineOf };
}

function arrowsOf(file: string, text: string): Arrow[] {
  const imports = text.matchAll(/(?:(import type) [^;']*?from|from|import)\s*\(?\s*'([^'\s]+)'/g);
  return [...imports].map(([, typeOnly, target = '']) => {
    const ours = target.startsWith('.');
    const path = normalize(join(dirname(file), target))
      .split(sep)
      .join('/');
    return { from: file, to: ours ? path : target, ours, isType: typeOnly !== undefined };
  });
}

const roomOf = (file: string): string => file.split('/')[0] ?? file;

/** Returns the line that a file's room stands on, counted from the roof; -1 for a room without one. */
export const lineOf = (plan: Plan, file: string): number =>
  plan.findIndex((rooms) => rooms.includes(roomOf(file)));

/** Returns the arrows between rooms that do not run down, as text. Arrows that leave the folder are not looked at. */
export const climbingIn = ({ arrows }: ImportGraph, plan: Plan): string[] =>
  arrows
    .filter(({ to, ours }) => ours && !to.startsWith('..'))
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && lineOf(plan, to) <= lineOf(plan, from))
    .map(({ from, to }) => `${from} → ${to}`);

/** Returns a circle of files that import each other, as text; `undefined` when there is none. */
export function circleIn({ files, arrows }: ImportGraph): string | undefined {
  const targets = new Map(
    files.map((file) => [file, arrows.filter(({ from, ours }) => ours && from === file).map(({ to }) => to)]),
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path, file].join(' → ');
    if (done.has(file)) return undefined;
    for (const next of targets.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Returns where a file stands in its room: its sub-room, or its own name where it lies at the top. */
const placeOf = (file: string): string => file.split('/')[1] ?? '';

const isAtTop = (file: string): boolean => file.split('/').length === 2;

/**
 * Returns the line that a file stands on in the plan of its room, counted from the roof; -1 for a sub-room without one. Files at the
 * top that the plan does not name stand together on the line of `*`.
 */
export function subLineOf(plan: Plan, file: string): number {
  const named = plan.findIndex((places) => places.includes(placeOf(file)));
  return named === -1 && isAtTop(file) ? plan.findIndex((places) => places.includes('*')) : named;
}

/** Returns the arrows inside `room` that do not run down its plan, as text. Files at its top that share a line may lean on each other. */
export const climbingWithin = ({ arrows }: ImportGraph, room: string, plan: Plan): string[] =>
  arrows
    .filter(({ from, to, ours }) => ours && roomOf(from) === room && roomOf(to) === room)
    .filter(({ from, to }) => placeOf(from) !== placeOf(to))
    .filter(({ from, to }) => {
      const drop = subLineOf(plan, to) - subLineOf(plan, from);
      return drop < 0 || (drop === 0 && !(isAtTop(from) && isAtTop(to)));
    })
    .map(({ from, to }) => `${from} → ${to}`);
