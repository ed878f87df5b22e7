// The content of a chart, apart from how it is drawn. Pure.

/** Colours of the style sheet that charts are drawn with. */
export type Colour = 'accent' | 'good' | 'bad' | 'warn' | 'info' | 'text' | 'quiet' | 'line' | 'accent-soft';

/** Figures of one kind, one for each point of the chart; `null` where there is none. */
export interface Series {
  readonly label: string;
  readonly colour: Colour;
  /** An area is a line with its ground filled: for what the other lines are parts of. */
  readonly shape: 'line' | 'area' | 'column';
  /** Lengths of its dashes and of the gaps between them, in pixels: they distinguish lines without colours. None is solid. */
  readonly dash: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface Point {
  /** Seconds since 1970, or the place in a row. */
  readonly x: number;
  /** In full, for the table and for reading aloud. */
  readonly label: string;
  /** Below the chart, where it stands in a row. */
  readonly short: string;
}

/** The upright scale; it begins at 0. */
export interface Scale {
  /** Distances that its divisions may have, the shortest first. */
  readonly steps: readonly number[];
  /** Where it ends; by default a little above the highest figure. */
  readonly top?: number;
}

const tensOf = (powers: readonly number[]): number[] =>
  powers.flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));

/** Of things that are counted: no halves. */
export const countScale: Scale = { steps: tensOf([0, 1, 2, 3, 4, 5, 6, 7]) };

/** Of milliseconds: from a second on, as clocks divide them. */
export const durationScale: Scale = {
  steps: [
    ...tensOf([0, 1, 2]),
    ...[1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 864_000].map(
      (s) => s * 1000,
    ),
  ],
};

/** Of shares of a whole. */
export const shareScale: Scale = { steps: [0.1, 0.25, 0.5], top: 1 };

export interface Chart {
  /** The horizontal scale: moments, of which those at the scale's divisions are named, or things in a row. */
  readonly along: 'local time' | 'days of UTC' | 'row';
  /** The heading of the table's first column. */
  readonly pointName: string;
  readonly points: readonly Point[];
  readonly series: readonly Series[];
  readonly scale: Scale;
  readonly format: (value: number) => string;
  /** Returns the ways that lead on from the points between two, both included. Without it no points are chosen. */
  readonly between?: (first: number, last: number) => Ways;
}

/** Addresses of what a chosen stretch of a chart counts. */
interface Ways {
  readonly messages: string;
  /** The page with this stretch alone, in finer steps. */
  readonly closer?: string;
}

/** Returns the places of the points at two positions along a chart; `undefined` where it does not have both. */
export function placesOf(
  { points }: Chart,
  [from, to]: readonly [number, number],
): readonly [number, number] | undefined {
  const [first, last] = [from, to].map((x) => points.findIndex((point) => point.x === x));
  return first === undefined || last === undefined || first < 0 || last < 0 ? undefined : [first, last];
}

/** Returns all figures of one point in words: `14:05: accepted 12, delivered 10`. Empty for a point that is not there. */
export function describePoint({ points, series, format }: Chart, index: number): string {
  const point = points[index];
  if (point === undefined) return '';
  const figures = series.flatMap(({ label, values }) => {
    const value = values[index];
    return value == null ? [] : [`${label.toLowerCase()} ${format(value)}`];
  });
  return `${point.label}: ${figures.length === 0 ? 'nothing' : figures.join(', ')}`;
}

/** Returns whether there is anything to draw. */
export const hasFigures = ({ series }: Chart): boolean =>
  series.some(({ values }) => values.some((value) => value !== null && value !== 0));
