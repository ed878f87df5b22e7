// Moments and durations as SMPP writes them (version 3.4, section 7.1.1). Pure.

const minuteMs = 60_000;

/** A message is worth keeping for so long at least, or the SMSC may refuse it as expired already. */
const leastMs = minuteMs;
const mostMs = 48 * 60 * minuteMs;

/** Returns how long a message is valid, in whole minutes rounded up, from one minute to 48 hours: `YYMMDDhhmmss000R`. */
export function relativeValidity(expiresAt: Date, now: Date): string {
  const minutes = Math.ceil(validMs(expiresAt, now) / minuteMs);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  return `0000${two(days)}${two(hours)}${two(minutes % 60)}00000R`;
}

/** Returns until when a message is valid, from one minute to 48 hours from now, in UTC: `YYMMDDhhmmss000+`. */
export function absoluteValidity(expiresAt: Date, now: Date): string {
  const end = new Date(now.getTime() + validMs(expiresAt, now));
  return `${end.toISOString().slice(2, 19).replace(/\D/g, '')}000+`;
}

function validMs(expiresAt: Date, now: Date): number {
  return Math.min(Math.max(expiresAt.getTime() - now.getTime(), leastMs), mostMs);
}

const two = (value: number): string => String(value).padStart(2, '0');
