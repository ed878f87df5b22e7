// The log: one JSON line an event, with ids, never with secrets or message texts.
import pino from 'pino';

export interface Logger {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
  fatal(fields: object, sentence: string): void;
}

/** Field names whose values never reach the log, wherever they stand. */
const secretFields = [
  'auth_token',
  'authToken',
  'token',
  'password',
  'authorization',
  'secretKey',
  'databaseUrl',
];

/** A logger that writes to standard error, so that standard output is left to what is meant for a person. */
export function makeLogger(level: string): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '***' } },
    pino.destination({ dest: 2, sync: true }),
  );
}
