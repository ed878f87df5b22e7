// Times in parameters, as the wire writes them.
import { utcDay } from '../base/days.ts';
import { ApiError } from '../base/errors.ts';

const dayMs = 24 * 3600 * 1000;

// A plus that a client does not escape in a query arrives as a blank.
const timePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?:Z|([+ -])([01]\d|2[0-3]):?([0-5]\d))?$/;

/** The schema keywords of a parameter that is a time (`readTime`). */
export const timeRules = {
  pattern: timePattern.source,
  trim: true,
  expected: 'a time in UTC as YYYY-MM-DD[ HH:MM[:SS[.uuuuuu]]], or with its offset',
} as const;

/** A time as it was written. */
interface WrittenTime {
  /** Its beginning, in milliseconds with a fraction. */
  readonly startMs: number;
  /** How long it lasts: a second, or a day. */
  readonly lengthMs: number;
  /** Whether it is a date without a time of day. */
  readonly isDay: boolean;
}

/**
 * Reads a written time.
 * @throws ApiError invalid, naming the parameter.
 */
export function readTime(name: string, text: string): WrittenTime {
  const [, date = '', minutes, seconds, fraction, sign, offsetHours, offsetMinutes] =
    timePattern.exec(text) ?? [];
  const writtenMs = Date.parse(`${date}T${minutes ?? '00:00'}:${seconds ?? '00'}Z`);
  const year = Number(date.slice(0, 4));
  // JavaScript reads some dates such as 2026-02-30 as another day and refuses others: here all are refused.
  if (Number.isNaN(writtenMs) || utcDay(new Date(writtenMs)) !== date || year < 1970) {
    throw new ApiError('invalid', `${name} must be ${timeRules.expected}`);
  }
  const fractionMs = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  const lengthMs =
    minutes === undefined ? dayMs : seconds === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  const offsetMs =
    (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -60_000 : 60_000);
  return { startMs: writtenMs + fractionMs - offsetMs, lengthMs, isDay: minutes === undefined };
}
