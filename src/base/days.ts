// UTC days, and times some days before and after others. Pure.

const dayMs = 24 * 3600 * 1000;

/** Returns the UTC day of a time, `YYYY-MM-DD`. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Returns the time `days` days before another. */
export function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * dayMs);
}

/** Returns the time `days` days after another. */
export function daysAfter(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * dayMs);
}
