// One conversation over a bare socket: bytes go out as they are given, answers are read until the server hangs up.
import { connect, type Socket } from 'node:net';

export interface WireAnswer {
  readonly status: number;
  /** By lower-case name; of one that came twice the last counts. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Exchange {
  /** Every answer, in order, without the interim ones (100 Continue). */
  readonly answers: readonly WireAnswer[];
  /** The bytes that are no answer; empty when all is well. */
  readonly rest: string;
  /** Code of the socket's error, such as ECONNRESET. */
  readonly failure: string | undefined;
}

export interface ExchangeOptions {
  /** Methods of the requests in the bytes, in order, so that the answers to HEAD are read without a body. */
  readonly methods?: readonly string[];
  /**
   * Close our half of the connection when nothing has come for so long, because the bytes may be no whole request; 0
   * closes it right behind them. Left open by default, until the server hangs up.
   */
  readonly hangUpAfterMs?: number;
  /** Until when the server must have hung up. */
  readonly limitMs?: number;
}

const defaultLimitMs = 5_000;

/** Sends `bytes` and reads until the server hangs up. Rejects when it has not done so in time. */
export async function exchange(
  origin: string,
  bytes: Uint8Array | string,
  options: ExchangeOptions = {},
): Promise<Exchange> {
  const { methods = [], hangUpAfterMs, limitMs = defaultLimitMs } = options;
  const socket = openSocket(origin);
  const ended = readToEnd(socket, limitMs);
  socket.write(bytes);
  if (hangUpAfterMs === 0) socket.end();
  else if (hangUpAfterMs !== undefined) socket.setTimeout(hangUpAfterMs, () => socket.end());
  const { received, failure } = await ended;
  return { ...readAnswers(received, methods), failure };
}

/** Opens a connection to the server at `origin`, which must be plain HTTP. */
export function openSocket(origin: string): Socket {
  const { hostname, port } = new URL(origin);
  return connect({ host: hostname.replace(/[[\]]/g, ''), port: Number(port) });
}

export interface Ending {
  readonly received: Buffer;
  readonly failure: string | undefined;
}

/** Reads from a socket until it is closed. Rejects, and destroys it, when that takes longer than `limitMs`. */
export function readToEnd(socket: Socket, limitMs: number): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let failure: string | undefined;
    const guard = setTimeout(() => {
      socket.destroy();
      const received = Buffer.concat(chunks).toString('latin1').slice(0, 500);
      reject(new Error(`the server did not hang up within ${limitMs} ms; it had sent "${received}"`));
    }, limitMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code ?? error.message;
    });
    socket.on('close', () => {
      clearTimeout(guard);
      resolve({ received: Buffer.concat(chunks), failure });
    });
  });
}

/** Reads HTTP/1.1 answers, one behind the other. */
export function readAnswers(
  received: Buffer,
  methods: readonly string[] = [],
): { answers: WireAnswer[]; rest: string } {
  const answers: WireAnswer[] = [];
  let at = 0;
  for (;;) {
    const headEnd = received.indexOf(headEndMark, at);
    if (headEnd === -1) break;
    const [statusLine = '', ...lines] = received.toString('latin1', at, headEnd).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    if (Number.isNaN(status)) break;
    const headers = Object.fromEntries(lines.map(readHeader));
    const hasBody = status >= 200 && status !== 204 && methods[answers.length] !== 'HEAD';
    const body = readBody(received.subarray(headEnd + headEndMark.length), hasBody, headers);
    if (body === undefined) break;
    at = headEnd + headEndMark.length + body.length;
    if (status >= 200) answers.push({ status, headers, text: body.text });
  }
  return { answers, rest: received.toString('latin1', at) };
}

const headEndMark = '\r\n\r\n';

function readHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** Reads the body at the beginning of `bytes`, and its length; undefined when it is not complete. */
function readBody(
  bytes: Buffer,
  hasBody: boolean,
  headers: WireAnswer['headers'],
): { text: string; length: number } | undefined {
  if (!hasBody) return { text: '', length: 0 };
  if (headers['transfer-encoding'] === 'chunked') return readChunks(bytes);
  const length = Number(headers['content-length'] ?? 0);
  return length > bytes.length ? undefined : { text: bytes.toString('utf8', 0, length), length };
}

function readChunks(bytes: Buffer): { text: string; length: number } | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (Number.isNaN(size) || end + 2 > bytes.length) return undefined;
    chunks.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
    if (size === 0) return { text: Buffer.concat(chunks).toString('utf8'), length: at };
  }
}
