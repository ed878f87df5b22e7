// Permits: how many segments of a campaign may go now, over all its numbers and all processes. Pure.
import { dateIn, endOfDateIn } from '../base/zoned-days.ts';
import { type CampaignLimits, dayZone } from './campaign.ts';

/** Segments that were permitted, by second since 1970, the oldest first. */
export type PermittedSeconds = readonly (readonly [second: number, segments: number])[];

/** The segments that were permitted so far. */
export interface Pace {
  readonly seconds: PermittedSeconds;
  /** The day of the brand's count, as `YYYY-MM-DD` in the zone of the limit; `undefined` before the first. */
  readonly day: string | undefined;
  /** Of all campaigns of the brand on that day. */
  readonly segmentsOfDay: number;
}

/** How long a permit is valid. */
export const permitMs = 1000;

/**
 * Seconds whose permits count together: what goes in any 60 seconds was permitted in these or in the one before, and seconds
 * are counted whole.
 */
const windowSeconds = 62;

/** The largest message, in segments: a limit is at least this, so that every message can go. */
export const leastLimit = 12;

/** The number of messages that may go, in order; the pace with them; and when to ask for the next one. */
export interface Permission {
  readonly messages: number;
  readonly segments: number;
  readonly pace: Pace;
  /** Milliseconds since 1970; `undefined` when all are permitted. */
  readonly askAgainAt: number | undefined;
}

/**
 * Returns a permission for as many messages, by their segments and in order, as the limits leave. Never more than the limit in any 60
 * seconds, nor on a day; the segments of a minute are spread over its seconds.
 */
export function permit(
  before: Pace,
  limits: CampaignLimits,
  sizes: readonly number[],
  nowMs: number,
): Permission {
  const second = Math.floor(nowMs / 1000);
  const { day, segments: segmentsBefore } = dayOf(before, new Date(nowMs));
  const kept = countedAt(before.seconds, second);
  const [windowBefore, secondBefore] = [sumOf(kept), sumOf(kept.filter(([at]) => at === second))];
  let messages = 0;
  let segments = 0;
  let askAgainAt: number | undefined;
  for (const size of sizes) {
    const used = {
      day: segmentsBefore + segments,
      window: windowBefore + segments,
      second: secondBefore + segments,
    };
    askAgainAt = whenPermitted(size, used, limits, kept, nowMs);
    if (askAgainAt !== undefined) break;
    messages += 1;
    segments += size;
  }
  const inSecond = secondBefore + segments;
  const seconds = [
    ...kept.filter(([at]) => at !== second),
    ...(inSecond > 0 ? [[second, inSecond] as const] : []),
  ].sort(([one], [other]) => one - other);
  return { messages, segments, pace: { seconds, day, segmentsOfDay: segmentsBefore + segments }, askAgainAt };
}

/** Returns when to ask again for a message of so many segments, in milliseconds since 1970; `undefined` when it may go now. */
function whenPermitted(
  size: number,
  used: { readonly day: number; readonly window: number; readonly second: number },
  { perDay, perMinute }: CampaignLimits,
  kept: PermittedSeconds,
  nowMs: number,
): number | undefined {
  if (perDay !== undefined && used.day + size > perDay)
    return endOfDateIn(dayZone, new Date(nowMs)).getTime();
  if (perMinute === undefined) return undefined;
  const second = Math.floor(nowMs / 1000);
  if (used.window + size > perMinute) return whenFree(kept, second, used.window + size - perMinute) * 1000;
  const perSecond = Math.ceil(perMinute / windowSeconds);
  return used.second > 0 && used.second + size > perSecond ? (second + 1) * 1000 : undefined;
}

/**
 * Returns the seconds that count together with this one. Clocks of processes differ a little, so those a little ahead do as well; a clock that was
 * turned back by more starts anew.
 */
const countedAt = (seconds: PermittedSeconds, second: number): PermittedSeconds =>
  seconds.filter(([at]) => Math.abs(at - second) < windowSeconds);

/** Returns the day that counts now, and its segments so far: the next one as soon as one process has begun it. */
function dayOf({ day, segmentsOfDay }: Pace, now: Date): { readonly day: string; readonly segments: number } {
  const today = dateIn(dayZone, now);
  const soon = dateIn(dayZone, new Date(now.getTime() + windowSeconds * 1000));
  return day === today || day === soon ? { day, segments: segmentsOfDay } : { day: today, segments: 0 };
}

const sumOf = (seconds: PermittedSeconds): number => seconds.reduce((sum, [, segments]) => sum + segments, 0);

/** Returns the second in which so many of the counted segments count no longer. */
function whenFree(seconds: PermittedSeconds, now: number, wanted: number): number {
  let freed = 0;
  for (const [at, segments] of seconds) {
    freed += segments;
    if (freed >= wanted) return at + windowSeconds;
  }
  return now + windowSeconds;
}

/** The use of the limits at a moment. */
interface Usage {
  readonly inMinute: number;
  readonly ofDay: number;
  /** When the day of the limit ends. */
  readonly dayEndsAt: Date;
}

/** Returns the use of the limits at a moment. */
export function usageOf(pace: Pace, now: Date): Usage {
  const second = Math.floor(now.getTime() / 1000);
  return {
    inMinute: sumOf(countedAt(pace.seconds, second)),
    ofDay: dayOf(pace, now).segments,
    dayEndsAt: endOfDateIn(dayZone, now),
  };
}
