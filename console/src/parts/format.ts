// Numbers, times and phone numbers as people read them.

const numbers = new Intl.NumberFormat('en-GB');
const percentages = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Returns a count with its thousands apart. */
export const count = (value: number): string => numbers.format(value);

/** Returns a share, 0 to 1, as a percentage. */
export const percent = (share: number): string => percentages.format(share);

/** Returns a count with its noun: `3 messages`, `1 message`. */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** Returns the server's words, which begin small and end without a full stop, as a sentence. */
export const sentence = (words: string): string =>
  words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** Returns date and time in the user's own time zone. */
export const moment = (time: string | Date): string => moments.format(new Date(time));

/** Returns a span of time in its largest two units: `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const units: readonly [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, size]) => whole >= size);
  let rest = whole;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount === 0 ? '' : `${amount} ${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

/** Returns the digits of a typed number, however many: people write numbers with spaces, brackets and hyphens. */
export const digitsIn = (typed: string): string => typed.replace(/\D/g, '');

/** Returns the digits of a typed number; at most as many as a number can have. */
export const digitsOf = (typed: string): string => digitsIn(typed).slice(0, 15);

/** Returns a number of the North American plan in its groups, +1 415 555 0123; others with their plus; short codes as they are. */
export function phoneNumber(digits: string): string {
  const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (american !== null) return `+1 ${american.slice(1).join(' ')}`;
  // Digits that are not stored are stars; what else there is is a short code or a name.
  return /^\d[\d*]{6,}$/.test(digits) ? `+${digits}` : digits;
}
