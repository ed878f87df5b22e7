// Days in a time zone, by the zone data of the runtime. Pure.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a moment's date in a zone of the IANA database, as `YYYY-MM-DD`. */
export function dateIn(zone: string, moment: Date): string {
  let format = formats.get(zone);
  if (format === undefined) {
    // Swedish dates are written as ISO 8601 has them.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(moment);
}

const quarterMs = 15 * 60 * 1000;

/** Returns the moment at which the date of a moment ends in a zone. Zones differ from UTC by whole quarters of an hour. */
export function endOfDateIn(zone: string, moment: Date): Date {
  const date = dateIn(zone, moment);
  let end = Math.floor(moment.getTime() / quarterMs) * quarterMs + quarterMs;
  while (dateIn(zone, new Date(end)) === date) end += quarterMs;
  return new Date(end);
}
