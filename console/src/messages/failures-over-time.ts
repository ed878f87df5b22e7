// The reasons of messages that did not arrive, over time: a chart, and what it says in a sentence. Pure.
import { type Chart, type Colour, countScale, type Series } from '../charts/chart.ts';
import { filtersBetween, labelOf, lengthMs, overTime } from '../charts/over-time.ts';
import { addressAt } from '../parts/address.ts';
import { count, counted } from '../parts/format.ts';
import { codeInWords } from './error-words.ts';
import type { Filters } from './message-filters.ts';

/** Failures among the messages of one hour or day, as the server counts them. */
interface FailureBucket {
  readonly start: string;
  readonly codes: readonly { readonly error_code: string; readonly messages: number }[];
}

/** The hours or days that a chart shows. */
interface Buckets {
  readonly by: 'hour' | 'day';
  /** Their beginnings, milliseconds since 1970. */
  readonly starts: readonly number[];
}

/** Up to so many hours are shown as hours, longer times as days. */
const mostHours = 72;
/** Messages are stored for so many days. */
const mostDays = 90;

/** Returns the buckets for the times of filters: as the list of messages, the last 24 hours where there are none. */
export function bucketsFor(filters: Filters, nowMs: number): Buckets {
  const { message_time__gte: gte, message_time__lt: lt } = filters;
  const until = timeOf(lt) ?? nowMs;
  const since = timeOf(gte) ?? (lt === undefined ? until - lengthMs.day : until - mostDays * lengthMs.day);
  const by = until - since <= mostHours * lengthMs.hour ? 'hour' : 'day';
  const length = lengthMs[by];
  const last = Math.ceil(until / length) - 1;
  const first = Math.max(Math.floor(since / length), last - mostDays);
  const places = Math.max(0, last - first + 1);
  return { by, starts: Array.from({ length: places }, (_, place) => (first + place) * length) };
}

/** Returns the time that a filter names, in UTC where it does not say otherwise; `undefined` for anything else. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const iso = text.trim().replace(' ', 'T');
  const ms = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

const looks: readonly [colour: Colour, dash: readonly number[]][] = [
  ['bad', []],
  ['warn', [10, 4]],
  ['info', [4, 4]],
  ['accent', [2, 3]],
];

interface Counted {
  /** The most frequent first. */
  readonly codes: readonly { readonly error_code: string }[];
  readonly buckets: readonly FailureBucket[];
}

/** Returns the chart of the four most frequent reasons, a line for each, and one for all others. */
export function failuresOverTime(
  { codes, buckets }: Counted,
  { by, starts }: Buckets,
  filters: Filters,
): Chart {
  const byStart = new Map(buckets.map(({ start, codes: found }) => [Date.parse(start), found]));
  const named = codes.slice(0, looks.length).map(({ error_code: code }) => code);
  const valuesOf = (isMeant: (code: string) => boolean): number[] =>
    starts.map((start) => sumOf((byStart.get(start) ?? []).filter(({ error_code: code }) => isMeant(code))));
  const lines = looks.flatMap(([colour, dash], place): Series[] => {
    const code = named[place];
    if (code === undefined) return [];
    return [
      { label: codeInWords(code), colour, dash, shape: 'line', values: valuesOf((other) => other === code) },
    ];
  });
  const others: Series = {
    label: 'Other reasons',
    colour: 'quiet',
    dash: [10, 3, 2, 3],
    shape: 'line',
    values: valuesOf((code) => !named.includes(code)),
  };
  return {
    ...overTime(starts, by),
    between: (first, last) => ({
      messages: addressAt('/console/messages', {
        ...filters,
        ...filtersBetween(starts[first] ?? '', starts[last] ?? '', by),
      }),
    }),
    scale: countScale,
    format: count,
    series: codes.length > looks.length ? [...lines, others] : lines,
  };
}

const sumOf = (codes: FailureBucket['codes']): number =>
  codes.reduce((sum, { messages }) => sum + messages, 0);

/** Returns when the most messages did not arrive, and why: "Most at 3 Mar, 10:00: 310 messages, 290 of them 30 Spam detected." */
export function describeOverTime(buckets: readonly FailureBucket[], by: Buckets['by']): string {
  const [worst] = buckets.toSorted((one, other) => sumOf(other.codes) - sumOf(one.codes));
  const [reason] = worst?.codes.toSorted((one, other) => other.messages - one.messages) ?? [];
  if (worst === undefined || reason === undefined) return 'Every message arrived.';
  const when =
    by === 'day' ? `on ${labelOf(worst.start, by)}` : `in the hour from ${labelOf(worst.start, by)}`;
  const all = sumOf(worst.codes);
  const why = `${all === reason.messages ? 'all' : count(reason.messages)} of them ${codeInWords(reason.error_code)}`;
  return `The most ${when}: ${counted(all, 'message')}, ${why}.`;
}
