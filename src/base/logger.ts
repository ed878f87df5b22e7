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

/**
 * Fields of an error that are logged besides its sentence and its stack. A database's error has more: the row in question, with its texts, and the
 * connection with all that was prepared on it.
 */
const errorFields = ['code', 'syscall', 'address', 'port', 'path', 'table', 'column', 'constraint'];

/** Makes a logger that writes to standard error; standard output is for what the operator asked for. */
export function makeLogger(level: string): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '***' },
      serializers: { err: loggedError },
    },
    process.stderr.isTTY
      ? { write: (line: string) => void process.stderr.write(terminalLine(line)) }
      : pino.destination({ dest: 2, sync: true }),
  );
}

/** Returns of an error what is logged; what is not an error stands as it is. */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, stack, ...others } = pino.stdSerializers.err(error);
  const message = sentenceOf(error);
  const known = errorFields
    .filter((field) => others[field] !== undefined)
    .map((field) => [field, others[field]]);
  const fields = Object.fromEntries(known);
  if (message !== '' || !(error instanceof AggregateError)) return { type, message, stack, ...fields };
  // A connection to `localhost` fails with an error for each of its addresses, and with no sentence of its own.
  const { errors } = error;
  return {
    type,
    message: errors.map((each) => each.message).join('; '),
    stack: errors.map((each) => each.stack).join('\n'),
    ...fields,
  };
}

/** Returns the sentences of an error and of its causes, each once: an error that wraps another often has the same. */
function sentenceOf(error: Error): string {
  const seen = new Set<Error>();
  let next: unknown = error;
  while (next instanceof Error && !seen.has(next)) {
    seen.add(next);
    next = next.cause;
  }
  const sentences = [...seen].map(({ message }) => message).filter((message) => message !== '');
  return [...new Set(sentences)].join(': ');
}
