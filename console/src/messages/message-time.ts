// Times of messages: as the API writes and asks for them, and as a form has them.

/** Returns a time of a message, `2026-03-14 09:26:53.589000+00:00`, as ISO 8601; `undefined` while there is none. */
export function isoTime(time: string): string | undefined {
  return time === '' ? undefined : time.replace(' ', 'T');
}

/** Returns the value of an `<input type="datetime-local">`, which is in the user's time zone, as a filter in UTC: `2026-03-14 09:26:00`. */
export function utcOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 19).replace('T', ' ');
}

/** Returns a filter in UTC as the value of an input; empty for a text that is no time. */
export function localOf(utc: string): string {
  const moment = new Date(`${utc.replace(' ', 'T')}Z`);
  if (Number.isNaN(moment.getTime())) return '';
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
