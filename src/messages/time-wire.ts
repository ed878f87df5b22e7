// Moments as the wire writes them in parameters.
import { utcDay } from '../base/days.ts';
import { ApiError } from '../base/errors.ts';

const dayMs = 24 * 3600 * 1000;

const timePattern = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?/;

/** A time as it was written. */
export interface WrittenTime {
  /** Where it begins, in milliseconds with a fraction. */
  readonly startMs: number;
  /** How long what it names lasts. */
  readonly lengthMs: number;
  /** Whether it is a date without a time of day. */
  readonly isDay: boolean;
}

/**
 * Returns the time that a text names.
 * @throws ApiError invalid, naming the parameter.
 */
export function readTime(name: string, text: string): WrittenTime {
  const [, date = '', minutes, seconds, fraction] = timePattern.exec(text) ?? [];
  const startMs = Date.parse(`${date}T${minutes ?? '00:00'}:${seconds ?? '00'}Z`);
  const year = Number(date.slice(0, 4));
  // Dates such as 2026-02-30 are read as another day by some and refused by others: here they are refused.
  if (Number.isNaN(startMs) || utcDay(new Date(startMs)) !== date || year < 1970) {
    throw new ApiError('invalid', `${name} must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]`);
  }
  const fractionMs = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  const lengthMs =
    minutes === undefined ? dayMs : seconds === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { startMs: startMs + fractionMs, lengthMs, isDay: minutes === undefined };
}
