// The health of a number, hour by hour, as a chart. Pure.
import { type Chart, countScale } from '../charts/chart.ts';
import { count } from '../parts/format.ts';

interface HealthHour {
  readonly start: string;
  readonly finished: number;
  readonly delivered: number;
}

const hourMs = 3600_000;
const shownHours = 48;

const label = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** Returns the chart of the 48 hours up to `nowMs`: what arrived, and what did not on top of its own line. */
export function healthChart(hours: readonly HealthHour[], nowMs: number): Chart {
  const byStart = new Map(hours.map((hour) => [Date.parse(hour.start), hour]));
  const newest = Math.floor(nowMs / hourMs) * hourMs;
  const starts = Array.from({ length: shownHours }, (_, index) => newest - (shownHours - 1 - index) * hourMs);
  const found = starts.map((start) => byStart.get(start));
  return {
    along: 'local time',
    pointName: 'Hour',
    points: starts.map((start) => {
      const text = label.format(new Date(start));
      return { x: start / 1000, label: text, short: text };
    }),
    scale: countScale,
    format: count,
    series: [
      {
        label: 'Delivered',
        colour: 'good',
        shape: 'area',
        dash: [],
        values: found.map((hour) => hour?.delivered ?? 0),
      },
      {
        label: 'Not delivered',
        colour: 'bad',
        shape: 'line',
        dash: [4, 4],
        values: found.map((hour) => (hour === undefined ? 0 : hour.finished - hour.delivered)),
      },
    ],
  };
}
