// Times of messages: as the API writes and asks for them, and as a form has them.

/** A time of a message, `2026-03-14 09:26:53.589000+00:00`, as ISO 8601; `undefined` while there is none. */
export function isoTime(time: string): string | undefined {
  return time === '' ? undefined : time.replace(' ', 'T');
}

/** What an `<input type="datetime-local">` holds, in the reader's time zone, as a filter in UTC: `2026-03-14 09:26:00`. */
export function utcOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 19).replace('T', ' ');
}

/** The other way round: a filter in UTC as an input shows it; empty for what is no time. */
export function localOf(utc: string): string {
  const moment = new Date(`${utc.replace(' ', 'T')}Z`);
  if (Number.isNaN(moment.getTime())) return '';
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
