// Charts over time: their buckets in words, and the times of those that were chosen. Pure.
import type { Chart, Point } from './chart.ts';

export type By = 'minute' | 'hour' | 'day';

/** Length of each kind of bucket, milliseconds. They begin at full minutes, hours and days of UTC. */
export const lengthMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const noun = { minute: 'Minute', hour: 'Hour', day: 'Day' } as const;

const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const hours = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const formats = { minute: minutes, hour: hours, day: days } as const;

/** Returns a bucket in words: minutes and hours in the user's time zone, days in UTC, as the server counts them. */
export const labelOf = (start: string | number, by: By): string => formats[by].format(new Date(start));

/** Returns the points of a chart over buckets that begin at these times, one after the other. */
export function overTime(
  starts: readonly (string | number)[],
  by: By,
): Pick<Chart, 'along' | 'pointName' | 'points'> {
  const points = starts.map((start): Point => {
    const label = labelOf(start, by);
    return { x: new Date(start).getTime() / 1000, label, short: label };
  });
  return { along: by === 'day' ? 'days of UTC' : 'local time', pointName: noun[by], points };
}

/** Returns the beginning and the end, not included, of some buckets, the first and the last included: texts as the API reads them. */
export const timesBetween = (first: string | number, last: string | number, by: By) => ({
  from: utcText(new Date(first).getTime()),
  to: utcText(new Date(last).getTime() + lengthMs[by]),
});

/** Returns the filters of a list of messages that leave those of some buckets, the first and the last included. */
export function filtersBetween(first: string | number, last: string | number, by: By) {
  const { from, to } = timesBetween(first, last, by);
  return { message_time__gte: from, message_time__lt: to };
}

/** Returns a time as the API reads it, in UTC; empty for one that is none. */
export const utcText = (ms: number): string =>
  Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
