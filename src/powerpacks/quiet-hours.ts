// Quiet hours: the hours of the recipient's day in which a powerpack sends nothing. Pure.
import { offsetMs, timeZonesOf } from '../telecom/time-zones.ts';

/** The hours from `start` to `end`, in minutes of the local day; past midnight where `end` is the smaller one. */
export interface QuietHours {
  readonly start: number;
  readonly end: number;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const dayMs = dayMinutes * minuteMs;
/** The most minutes of a day that may be quiet. */
const maxQuietMinutes = 16 * 60;
/** Where no moment within two days is open, none ever is. */
const neverMs = 2 * dayMs;

const written = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads quiet hours as they are written, `21:00-08:00`; `undefined` for anything else, and for more than 16 hours. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const numbers = written.exec(text)?.slice(1).map(Number);
  if (numbers === undefined) return undefined;
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = numbers;
  const [start, end] = [startHour * 60 + startMinute, endHour * 60 + endMinute];
  const minutes = (end - start + dayMinutes) % dayMinutes;
  return minutes === 0 || minutes > maxQuietMinutes ? undefined : { start, end };
}

const timeInWords = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Returns quiet hours as they are written. */
export const writeQuietHours = ({ start, end }: QuietHours): string =>
  `${timeInWords(start)}-${timeInWords(end)}`;

/** Returns the local time of a zone, as milliseconds of a clock that shows it in UTC. */
const localMs = (zone: string, at: Date): number => at.getTime() + offsetMs(zone, at);

const intoDayMs = (local: number): number => ((local % dayMs) + dayMs) % dayMs;

function isQuietIn(zone: string, { start, end }: QuietHours, at: Date): boolean {
  const time = intoDayMs(localMs(zone, at)) / minuteMs;
  return start < end ? time >= start && time < end : time >= start || time < end;
}

/** Returns whether it is quiet where a recipient may be: in any of the zones, so that the strictest counts. */
export const isQuiet = (hours: QuietHours, zones: readonly string[], at: Date): boolean =>
  zones.some((zone) => isQuietIn(zone, hours, at));

/**
 * Returns the next moment after `at` at which clocks of a zone show a time of day. Where clocks are put on or back in between there may be two
 * candidates, or none that the clocks show: the first for which `holds` is true, else the last.
 */
function nextLocal(zone: string, minutes: number, at: Date, holds: (moment: Date) => boolean): Date {
  const local = localMs(zone, at);
  const shown = local - intoDayMs(local) + minutes * minuteMs;
  const next = shown > local ? shown : shown + dayMs;
  const early = next - offsetMs(zone, at);
  const late = next - offsetMs(zone, new Date(early));
  const candidates = [...new Set([early, late])].toSorted((a, b) => a - b).map((ms) => new Date(ms));
  const fitting = candidates.find((moment) => moment > at && holds(moment));
  return fitting ?? candidates.at(-1) ?? new Date(next);
}

/**
 * Returns when quiet hours are over in which `at` falls: not quiet in any of the zones. `undefined` if it is not quiet then; `never` where
 * the zones leave no moment of the day.
 */
export function quietUntil(
  hours: QuietHours,
  zones: readonly string[],
  at: Date,
): Date | 'never' | undefined {
  if (!isQuiet(hours, zones, at)) return undefined;
  let until = at;
  while (until.getTime() - at.getTime() <= neverMs) {
    const quiet = zones.filter((zone) => isQuietIn(zone, hours, until));
    if (quiet.length === 0) return until;
    const from = until;
    const ends = quiet.map((zone) =>
      nextLocal(zone, hours.end, from, (moment) => !isQuietIn(zone, hours, moment)),
    );
    until = new Date(Math.max(...ends.map((end) => end.getTime())));
  }
  return 'never';
}

/** Returns when it is quiet next, in any of the zones, after a moment at which it is not. */
export function quietFrom(hours: QuietHours, zones: readonly string[], at: Date): Date {
  const starts = zones.map((zone) =>
    nextLocal(zone, hours.start, at, (moment) => isQuietIn(zone, hours, moment)),
  );
  return new Date(Math.min(...starts.map((start) => start.getTime())));
}

/** Returns quiet hours of a recipient in words. */
export function quietInWords(hours: QuietHours, number: string): string {
  const zones = timeZonesOf(number);
  const strictest = zones.length === 1 ? '' : ', of which the strictest counts';
  return `quiet hours ${writeQuietHours(hours)} in ${zones.join(' and ')}${strictest}`;
}
