// Traffic compared with that of as long a time before it. Pure.
import { lengthMs } from '../charts/over-time.ts';
import { count, percent } from '../parts/format.ts';
import { deliveryRate, type Outcomes } from './sentences.ts';
import type { TrafficWindow } from './windows.ts';

interface Counts extends Outcomes {
  readonly sent: number;
}

/** A figure of both times. */
interface Compared {
  readonly label: string;
  readonly figure: string;
  /** How it was before: `+12% on 2,310 before`. */
  readonly detail: string;
}

/** Messages are stored for so many days: what is older cannot be compared with. */
const storedMs = 90 * lengthMs.day;

/** Returns the window as long and as far into its last bucket before this one; `undefined` where its messages are no longer stored. */
export function windowBefore(
  { from, to }: { readonly from: string; readonly to: string },
  { by, buckets }: TrafficWindow,
): { readonly from: string; readonly to: string } | undefined {
  const length = buckets * lengthMs[by];
  const [start, end] = [new Date(Date.parse(from) - length), new Date(Date.parse(to) - length)];
  if (Date.parse(to) - start.getTime() > storedMs) return undefined;
  return { from: start.toISOString(), to: end.toISOString() };
}

/** Returns what was sent, what arrived and what did not, each beside the figure before; without details while `before` is not known. */
export function compare(now: readonly Counts[], before: readonly Counts[] | undefined): readonly Compared[] {
  const is = totalOf(now);
  const was = before && totalOf(before);
  const rate = deliveryRate(is);
  return [
    counted('Sent', is.sent, was?.sent),
    counted('Delivered', is.delivered, was?.delivered),
    counted('Did not arrive', is.undelivered + is.failed, was && was.undelivered + was.failed),
    {
      label: 'Delivery rate',
      figure: rate === null ? '–' : percent(rate),
      detail: was === undefined ? '' : rateBefore(deliveryRate(was)),
    },
  ];
}

const rateBefore = (rate: number | null): string =>
  rate === null ? 'none before' : `${percent(rate)} before`;

const totalOf = (buckets: readonly Counts[]): Counts =>
  buckets.reduce(
    (sum, one) => ({
      sent: sum.sent + one.sent,
      delivered: sum.delivered + one.delivered,
      undelivered: sum.undelivered + one.undelivered,
      failed: sum.failed + one.failed,
    }),
    { sent: 0, delivered: 0, undelivered: 0, failed: 0 },
  );

function counted(label: string, is: number, was: number | undefined): Compared {
  const figure = count(is);
  if (was === undefined) return { label, figure, detail: '' };
  return { label, figure, detail: was === 0 ? 'none before' : `${changeOf(is, was)} ${count(was)} before` };
}

function changeOf(is: number, was: number): string {
  if (is === was) return 'as';
  return `${is > was ? '+' : '−'}${percent(Math.abs(is - was) / was)} on`;
}
