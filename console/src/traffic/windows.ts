// The stretches of time that traffic can be looked at: named ones up to now, and any that the address says. Pure.
import { type By, lengthMs, timesBetween, utcText } from '../charts/over-time.ts';
import { addressAt } from '../parts/address.ts';

export interface TrafficWindow {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  /** In a sentence: `12 messages in the last hour`. */
  readonly phrase: string;
  readonly by: By;
  /** Its length; of a named one so many up to now, the one that has just begun included. */
  readonly buckets: number;
  /** Of one that is not named: its bounds, as the API reads them. */
  readonly bounds?: Bounds;
}

interface Bounds {
  readonly from: string;
  /** Not included. */
  readonly to: string;
}

const lastHour: TrafficWindow = {
  id: 'hour',
  label: 'Hour, by minute',
  phrase: 'in the last hour',
  by: 'minute',
  buckets: 60,
};

export const windows: readonly TrafficWindow[] = [
  lastHour,
  { id: 'day', label: 'Day, by hour', phrase: 'in the last 24 hours', by: 'hour', buckets: 24 },
  { id: 'week', label: 'Week, by hour', phrase: 'in the last 7 days', by: 'hour', buckets: 7 * 24 },
  { id: 'week-days', label: 'Week, by day', phrase: 'in the last 7 days', by: 'day', buckets: 7 },
  { id: 'quarter', label: '90 days, by day', phrase: 'in the last 90 days', by: 'day', buckets: 90 },
];

/** The window as an address says it. */
interface WindowQuery {
  readonly window?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Returns the window of an address; the last hour when it says none, or one that is unknown. */
export function windowOf({ window: id, from, to }: WindowQuery): TrafficWindow {
  return stretchOf(from, to) ?? windows.find((window) => window.id === id) ?? lastHour;
}

/** Returns the address of a powerpack's traffic in some buckets alone, the first and the last included. */
export const stretchAddress = (powerpack: string, first: string, last: string, by: By): string =>
  addressAt(`/console/powerpacks/${powerpack}/traffic`, timesBetween(first, last, by));

/** The longest time that is shown in each kind of bucket: the server returns at most 400. */
const longestMs = { minute: 6 * lengthMs.hour, hour: 14 * lengthMs.day } as const;

const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function stretchOf(from: string | undefined, to: string | undefined): TrafficWindow | undefined {
  const [start, end] = [momentOf(from), momentOf(to)];
  if (from === undefined || to === undefined || start === undefined || end === undefined || start >= end)
    return undefined;
  const length = end - start;
  const by = length <= longestMs.minute ? 'minute' : length <= longestMs.hour ? 'hour' : 'day';
  const words = `${moments.format(start)} to ${moments.format(end)}`;
  return {
    id: `${from} to ${to}`,
    label: words,
    phrase: `from ${words}`,
    by,
    buckets: Math.ceil(length / lengthMs[by]),
    bounds: { from, to },
  };
}

/** Returns a time of an address, in UTC, milliseconds since 1970; `undefined` for a text that is none. */
function momentOf(text: string | undefined): number | undefined {
  const ms = Date.parse(`${(text ?? '').replace(' ', 'T')}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Returns the address of a powerpack's messages in a window that begins at `from`, with these filters. */
export const messagesIn = (
  powerpackUuid: string,
  { bounds }: Pick<TrafficWindow, 'bounds'>,
  from: string,
  filters: Readonly<Record<string, string>>,
): string =>
  addressAt('/console/messages', {
    powerpack_id: powerpackUuid,
    ...filters,
    message_time__gte: utcText(Date.parse(from)),
    message_time__lt: bounds?.to,
  });
