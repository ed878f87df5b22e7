// From the server's figures to charts. Pure.
import {
  type Chart,
  countScale,
  durationScale,
  type Point,
  type Series,
  shareScale,
} from '../charts/chart.ts';
import { type By, filtersBetween, overTime } from '../charts/over-time.ts';
import { addressAt } from '../parts/address.ts';
import { count, duration, percent, phoneNumber } from '../parts/format.ts';
import { deliveryRate, type SenderOutcomes } from './sentences.ts';
import { stretchAddress } from './windows.ts';

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

const startsOf = (buckets: readonly Bucket[]): string[] => buckets.map(({ start }) => start);

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

/** Returns the ways on from some buckets of a powerpack: to their messages, and to the traffic of these buckets alone. */
const waysFrom =
  (buckets: readonly Bucket[], by: By, powerpack: string | undefined): NonNullable<Chart['between']> =>
  (first, last) => {
    const [start, end] = [buckets[first]?.start ?? '', buckets[last]?.start ?? ''];
    const messages = addressAt('/console/messages', {
      powerpack_id: powerpack,
      message_direction: 'outbound',
      ...filtersBetween(start, end, by),
    });
    return {
      messages,
      ...(powerpack !== undefined && { closer: stretchAddress(powerpack, start, end, by) }),
    };
  };

export const trafficChart = (buckets: readonly Bucket[], by: By, powerpack?: string): Chart => ({
  ...overTime(startsOf(buckets), by),
  between: waysFrom(buckets, by, powerpack),
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
  ...overTime(startsOf(buckets), by),
  between: waysFrom(buckets, by, powerpack),
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
  ...overTime(startsOf(buckets), by),
  between: waysFrom(buckets, by, powerpack),
  scale: shareScale,
  format: percent,
  series: [line('Delivered', 'good', solid, buckets.map(deliveryRate))],
});

const timesChart = (
  buckets: readonly Bucket[],
  by: By,
  powerpack: string,
  half: readonly (number | null)[],
  most: readonly (number | null)[],
): Chart => ({
  ...overTime(startsOf(buckets), by),
  between: waysFrom(buckets, by, powerpack),
  scale: durationScale,
  format: (milliseconds) => duration(milliseconds / 1000),
  series: [line('Half within', 'accent', solid, half), line('95% within', 'warn', shortDashes, most)],
});

/** Returns the chart of the time from accepted to handed to a carrier. */
export const waitChart = (buckets: readonly Bucket[], by: By, powerpack: string): Chart =>
  timesChart(
    buckets,
    by,
    powerpack,
    buckets.map(({ wait_ms_p50 }) => wait_ms_p50),
    buckets.map(({ wait_ms_p95 }) => wait_ms_p95),
  );

/** Returns the chart of the time from handed to a carrier to its delivery report. */
export const deliveryTimeChart = (buckets: readonly Bucket[], by: By, powerpack: string): Chart =>
  timesChart(
    buckets,
    by,
    powerpack,
    buckets.map(({ delivery_ms_p50 }) => delivery_ms_p50),
    buckets.map(({ delivery_ms_p95 }) => delivery_ms_p95),
  );

interface MemberMessages {
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
