// The imports between files below a folder of sources, and their violations of a plan of layers.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** An import. */
export interface Arrow {
  readonly from: string;
  /** A file, relative to the folder (`../` where it lies outside), or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  /** Only types are imported, of which nothing is left when the program runs. */
  readonly isType: boolean;
}

/** Layers of modules, from the top down. A module imports modules of lower layers only, never of its own. */
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

/** Returns the names that a source imports from other files, or passes on from them. */
export const importedNamesOf = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from/gm)].flatMap(([, names = '']) =>
    names.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, ''),
    ),
  );

const moduleOf = (file: string): string => file.split('/')[0] ?? file;

/** Returns the layer of a file's module, counted from the top; -1 for a module without one. */
export const layerOf = (plan: Plan, file: string): number =>
  plan.findIndex((modules) => modules.includes(moduleOf(file)));

/** Returns the imports between modules that do not go to a lower layer, as text. Those that leave the folder are not looked at. */
export const climbingIn = ({ arrows }: ImportGraph, plan: Plan): string[] =>
  arrows
    .filter(({ to, ours }) => ours && !to.startsWith('..'))
    .filter(({ from, to }) => moduleOf(from) !== moduleOf(to) && layerOf(plan, to) <= layerOf(plan, from))
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

/** Returns the folder of a file in its module, or its own name where it lies at the top. */
const innerNameOf = (file: string): string => file.split('/')[1] ?? '';

const isAtTop = (file: string): boolean => file.split('/').length === 2;

/**
 * Returns the layer of a file in the plan of its module, counted from the top; -1 for a folder without one. Files at the top of the module
 * that the plan does not name are together in the layer of `*`.
 */
export function innerLayerOf(plan: Plan, file: string): number {
  const named = plan.findIndex((names) => names.includes(innerNameOf(file)));
  return named === -1 && isAtTop(file) ? plan.findIndex((names) => names.includes('*')) : named;
}

/** Returns the imports inside a module that do not go to a lower layer of its plan, as text. Files at its top in one layer may import each other. */
export const climbingWithin = ({ arrows }: ImportGraph, module: string, plan: Plan): string[] =>
  arrows
    .filter(({ from, to, ours }) => ours && moduleOf(from) === module && moduleOf(to) === module)
    .filter(({ from, to }) => innerNameOf(from) !== innerNameOf(to))
    .filter(({ from, to }) => {
      const drop = innerLayerOf(plan, to) - innerLayerOf(plan, from);
      return drop < 0 || (drop === 0 && !(isAtTop(from) && isAtTop(to)));
    })
    .map(({ from, to }) => `${from} → ${to}`);
