// The log: one line an event, with ids, never with secrets or message texts; JSON, or plain text on a terminal.
import pino from 'pino';
import { terminalLine } from './terminal-log.ts';

export interface Logger {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
  fatal(fields: object, sentence: string): void;
}

/** Fields whose values are never logged, at any depth. */
const secretFields = [
  'auth_token',
  'authToken',
  'token',
  'password',
  'authorization',
  'secretKey',
  'databaseUrl',
];

/** Makes a logger that writes to standard error; standard output is for what the operator asked for. */
export function makeLogger(level: string): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '***' } },
    process.stderr.isTTY
      ? { write: (line: string) => void process.stderr.write(terminalLine(line)) }
      : pino.destination({ dest: 2, sync: true }),
  );
}
