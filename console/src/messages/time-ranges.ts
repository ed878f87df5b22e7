// Stretches of time that messages are looked at in, by the reader's own days. Pure.

export const ranges = ['hour', 'day', 'today', 'yesterday', 'week', 'quarter'] as const;
export type Range = (typeof ranges)[number];

export const rangeWords: Readonly<Record<Range, string>> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'Last 7 days',
  quarter: 'Last 90 days',
};

interface Bounds {
  readonly from: Date;
  /** Not included; open where it is undefined. */
  readonly until: Date | undefined;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Returns the bounds of a range at `nowMs`, its beginning at a full minute, so that the same question is asked again for a while. */
export function boundsOf(range: Range, nowMs: number): Bounds {
  const minute = Math.floor(nowMs / minuteMs) * minuteMs;
  const before = (ms: number): Bounds => ({ from: new Date(minute - ms), until: undefined });
  if (range === 'hour') return before(hourMs);
  if (range === 'day') return before(dayMs);
  if (range === 'week') return before(7 * dayMs);
  if (range === 'quarter') return before(90 * dayMs);
  const today = new Date(nowMs);
  today.setHours(0, 0, 0, 0);
  if (range === 'today') return { from: today, until: undefined };
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  return { from: yesterday, until: today };
}
