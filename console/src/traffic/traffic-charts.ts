// From the server's figures to charts. Pure.
import {
  type Chart,
  countScale,
  durationScale,
  type Point,
  type Series,
  shareScale,
} from '../charts/chart.ts';
import { addressAt } from '../parts/address.ts';
import { count, duration, percent, phoneNumber } from '../parts/format.ts';
import { deliveryRate, type SenderOutcomes } from './sentences.ts';

export type By = 'minute' | 'hour' | 'day';

interface Bucket {
  readonly start: string;
  readonly accepted: number;
  readonly received: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
  readonly wait_ms_p50: number | null;
  readonly wait_ms_p95: number | null;
  readonly delivery_ms_p50: number | null;
  readonly delivery_ms_p95: number | null;
}

const line = (
  label: string,
  colour: Series['colour'],
  dash: readonly number[],
  values: readonly (number | null)[],
): Series => ({ label, colour, shape: 'line', dash, values });

const column = (label: string, colour: Series['colour'], values: readonly number[]): Series => ({
  label,
  colour,
  shape: 'column',
  dash: solid,
  values,
});

const solid: readonly number[] = [];
const longDashes = [10, 4];
const shortDashes = [4, 4];
const dots = [2, 3];
const dashesAndDots = [10, 3, 2, 3];

/** Returns the address of the messages of some buckets of a powerpack. */
const messagesBetween =
  (buckets: readonly Bucket[], by: By, powerpack: string | undefined): NonNullable<Chart['between']> =>
  (first, last) =>
    addressAt('/console/messages', {
      powerpack_id: powerpack,
      message_direction: 'outbound',
      message_time__gte: utcText(Date.parse(buckets[first]?.start ?? '')),
      message_time__lt: utcText(Date.parse(buckets[last]?.start ?? '') + lengthMs[by]),
    });

const lengthMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Returns a time as filters of messages have it. */
const utcText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export const trafficChart = (buckets: readonly Bucket[], by: By, powerpack?: string): Chart => ({
  ...overTime(buckets, by),
  between: messagesBetween(buckets, by, powerpack),
  scale: countScale,
  format: count,
  series: [
    {
      ...line(
        'Accepted',
        'accent',
        solid,
        buckets.map(({ accepted }) => accepted),
      ),
      shape: 'area',
    },
    line(
      'Delivered',
      'good',
      longDashes,
      buckets.map(({ delivered }) => delivered),
    ),
    line(
      'Received',
      'info',
      dashesAndDots,
      buckets.map(({ received }) => received),
    ),
  ],
});

/** Returns the chart of messages that did not arrive, on a scale of their own. */
export const failuresChart = (buckets: readonly Bucket[], by: By, powerpack: string): Chart => ({
  ...overTime(buckets, by),
  between: messagesBetween(buckets, by, powerpack),
  scale: countScale,
  format: count,
  series: [
    line(
      'Undelivered',
      'warn',
      solid,
      buckets.map(({ undelivered }) => undelivered),
    ),
    line(
      'Failed',
      'bad',
      dots,
      buckets.map(({ failed }) => failed),
    ),
  ],
});

/** Returns the chart of the share of finished messages that were delivered. */
export const rateChart = (buckets: readonly Bucket[], by: By, powerpack: string): Chart => ({
  ...overTime(buckets, by),
  between: messagesBetween(buckets, by, powerpack),
  scale: shareScale,
  format: percent,
  series: [line('Delivered', 'good', solid, buckets.map(deliveryRate))],
});

const timesChart = (
  buckets: readonly Bucket[],
  by: By,
  half: readonly (number | null)[],
  most: readonly (number | null)[],
): Chart => ({
  ...overTime(buckets, by),
  scale: durationScale,
  format: (milliseconds) => duration(milliseconds / 1000),
  series: [line('Half within', 'accent', solid, half), line('95% within', 'warn', shortDashes, most)],
});

/** Returns the chart of the time from accepted to handed to a carrier. */
export const waitChart = (buckets: readonly Bucket[], by: By): Chart =>
  timesChart(
    buckets,
    by,
    buckets.map(({ wait_ms_p50 }) => wait_ms_p50),
    buckets.map(({ wait_ms_p95 }) => wait_ms_p95),
  );

/** Returns the chart of the time from handed to a carrier to its delivery report. */
export const deliveryTimeChart = (buckets: readonly Bucket[], by: By): Chart =>
  timesChart(
    buckets,
    by,
    buckets.map(({ delivery_ms_p50 }) => delivery_ms_p50),
    buckets.map(({ delivery_ms_p95 }) => delivery_ms_p95),
  );

const noun = { minute: 'Minute', hour: 'Hour', day: 'Day' } as const;

function overTime(buckets: readonly Bucket[], by: By): Pick<Chart, 'along' | 'pointName' | 'points'> {
  const points = buckets.map(({ start }): Point => {
    const label = labelOf(start, by);
    return { x: Date.parse(start) / 1000, label, short: label };
  });
  return { along: by === 'day' ? 'days of UTC' : 'local time', pointName: noun[by], points };
}

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
export const labelOf = (start: string, by: By): string => formats[by].format(new Date(start));

export interface MemberMessages {
  readonly number: string;
  readonly messages: number;
}

/** Returns the chart of messages by member, the busiest first, beside an even share. */
export function sharesChart(members: readonly MemberMessages[]): Chart {
  const sorted = members.toSorted((one, other) => other.messages - one.messages);
  const total = sorted.reduce((sum, one) => sum + one.messages, 0);
  const average = total / Math.max(1, sorted.length);
  return {
    ...inRow,
    points: sorted.map(memberPoint),
    scale: countScale,
    format: (value) => count(Math.round(value * 10) / 10),
    series: [
      {
        ...column(
          'Messages',
          'accent',
          sorted.map(({ messages }) => messages),
        ),
        // So many columns would be a wall: their outline says more.
        shape: sorted.length > manyMembers ? 'area' : 'column',
      },
      line(
        'Average',
        'text',
        shortDashes,
        sorted.map(() => average),
      ),
    ],
  };
}

/** From more members than these on, each is no longer a column. */
export const manyMembers = 40;

/** Returns the chart of delivery rates of the members with finished messages, the lowest first, 40 at most. */
export function deliveryRatesChart(senders: readonly SenderOutcomes[]): Chart {
  const sorted = senders
    .flatMap((sender) => {
      const rate = deliveryRate(sender);
      return rate === null ? [] : [{ ...sender, rate }];
    })
    .toSorted((one, other) => one.rate - other.rate)
    .slice(0, manyMembers);
  return {
    ...inRow,
    points: sorted.map(memberPoint),
    scale: shareScale,
    format: percent,
    series: [
      column(
        'Delivered',
        'good',
        sorted.map(({ rate }) => rate),
      ),
    ],
  };
}

const inRow = { along: 'row', pointName: 'Number' } as const;

const memberPoint = ({ number }: { readonly number: string }, place: number): Point => ({
  x: place,
  label: phoneNumber(number),
  short: shortNumber(number),
});

/** Returns the end of a number: a North American one by its area code, which says more than the country's. */
function shortNumber(number: string): string {
  if (number.length <= 6) return number;
  return `${/^1\d{10}$/.test(number) ? number.slice(1, 4) : ''}…${number.slice(-4)}`;
}
