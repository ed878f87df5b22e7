// How a chart is drawn by uPlot.
import uPlot from 'uplot';
import { type Chart, countScale, type Scale, type Series } from './chart.ts';
import type { Colours } from './colours.ts';

const font = '12px system-ui, sans-serif';
const daySeconds = 86_400;

interface Drawing {
  readonly colours: Colours;
  readonly width: number;
  readonly height: number;
  /** The chart as it is at the time of drawing: its figures change while it is shown. */
  readonly chart: () => Chart;
  /** Called with the index of the point under the cursor, `undefined` when there is none. */
  readonly onPoint: (index: number | undefined) => void;
  /** Called with the first and the last point that were dragged over. */
  readonly onSelect: (points: readonly [first: number, last: number]) => void;
}

export function plotOptions({ colours, width, height, chart, onPoint, onSelect }: Drawing): uPlot.Options {
  const { along, series, scale, between } = chart();
  const axis = { stroke: colours.quiet, font, ticks: { show: false }, border: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 24, 0, 0],
    cursor: { y: false, drag: { setScale: false, x: between !== undefined }, points: { size: 7 } },
    ...(along === 'days of UTC' && {
      tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    }),
    scales: {
      x: along === 'row' ? { time: false, range: rowRange } : { time: true },
      y: { range: (_, _min, max) => [0, topOf(scale, max)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 30,
        gap: 8,
        space: along === 'row' ? 72 : 60,
        values: nameAlong(chart),
        ...(along === 'row' && { incrs: [...countScale.steps] }),
      },
      {
        ...axis,
        grid: { stroke: colours.line, width: 1 },
        space: 36,
        incrs: [...scale.steps],
        values: (_, splits) => splits.map((value) => chart().format(value)),
        size: (_, values) => 16 + 7 * Math.max(3, ...(values ?? []).map((text) => text.length)),
      },
    ],
    series: [{}, ...series.map((one) => seriesOptions(one, colours))],
    hooks: {
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width: dragged } = plot.select;
          if (dragged > 0) onSelect([plot.posToIdx(left), plot.posToIdx(left + dragged)]);
        },
      ],
    },
  };
}

function seriesOptions({ label, colour, shape, dash, values }: Series, colours: Colours): uPlot.Series {
  const stroke = colours[colour];
  const { bars } = uPlot.paths;
  if (shape === 'column' && bars !== undefined) {
    return {
      label,
      stroke,
      fill: stroke,
      width: 0,
      paths: bars({ size: [0.7, 40] }),
      points: { show: false },
    };
  }
  // A figure between two gaps has no line that would show it.
  const points = values.includes(null) ? { show: true, size: 4, fill: stroke } : { show: false };
  const fill = shape === 'area' && { fill: colours['accent-soft'] };
  return { label, stroke, width: 2, dash: [...dash], points, ...fill };
}

const rowRange = (_: uPlot, min: number | null, max: number | null): uPlot.Range.MinMax => [
  (min ?? 0) - 0.5,
  (max ?? 0) + 0.5,
];

/** Returns the end of a scale: where there is nothing to show, it still has two divisions. */
function topOf({ steps, top }: Scale, max: number | null): number {
  return top ?? Math.max((max ?? 0) * 1.1, 2 * (steps[0] ?? 1));
}

const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const daysOfUtc = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Names what lies along the chart at the divisions of its scale. */
const nameAlong =
  (chart: () => Chart): uPlot.Axis.DynamicValues =>
  (_, splits, _axis, _space, step) => {
    const { along, points } = chart();
    if (along === 'row') return splits.map((place) => points[place]?.short ?? '');
    if (along === 'days of UTC') return splits.map((seconds) => daysOfUtc.format(seconds * 1000));
    return splits.map((seconds) => nameTime(new Date(seconds * 1000), step >= daySeconds));
  };

/** Names a moment; midnight is named by the day that begins. */
function nameTime(time: Date, isByDay: boolean): string {
  const isMidnight = time.getHours() === 0 && time.getMinutes() === 0;
  return isByDay || isMidnight ? days.format(time) : times.format(time);
}
