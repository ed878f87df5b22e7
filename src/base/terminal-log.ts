// The log as a person at a terminal reads it: one line an event, the moment and the level first.

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info ',
  40: 'WARN ',
  50: 'ERROR',
  60: 'FATAL',
};

interface Entry {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly err?: { readonly message: string; readonly stack?: string };
  readonly [field: string]: unknown;
}

/** Returns a line of the log, which is JSON, as text: `19:06:33 info  POST /v1/Account/{auth_id}/Message/ 400 "dst is missing" 3 ms`. */
export function terminalLine(json: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(json) as Entry;
  const start = `${time.slice(11, 19)} ${levels[level] ?? level}`;
  if (msg === 'request') return `${start} ${requestText(fields)}\n`;
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${valueText(value)}`);
  // A fault of the program needs its stack; what is merely wrong, its sentence.
  const cause = err === undefined ? '' : `: ${level >= 50 ? (err.stack ?? err.message) : err.message}`;
  return `${start} ${msg}${cause}${details.join('')}\n`;
}

/** Returns method, path, status, the error's sentence if there is one, and how long it took. */
function requestText({ method, route, path, status, error, ms }: Readonly<Record<string, unknown>>): string {
  const sentence = error === undefined ? '' : ` ${JSON.stringify(error)}`;
  const duration = ms === undefined ? '' : ` ${ms} ms`;
  return `${method} ${route ?? path ?? ''} ${status}${sentence}${duration}`;
}

const valueText = (value: unknown): string =>
  typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
