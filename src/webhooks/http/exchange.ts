// One request under way, as the library reports on it: it gathers the answer, and may be ended before.

/** The answer to a request, with its content as it came. */
export interface HttpDownload {
  readonly status: number;
  /** The header as it was sent; empty when there was none. */
  readonly contentType: string;
  /** Names are in small letters; values of a header that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most as much as is asked for. */
  readonly content: Buffer;
  /** Whether there was more than that. */
  readonly isCut: boolean;
}

/** The connection of a request, as the library gives it. */
interface Connection {
  abort(reason: Error): void;
}

type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Aborts a connection when the rest of its answer is not needed. */
const enough = new Error('The rest of the answer is not wanted');

/**
 * A request with its answer, or the reason why there is none. An object of a class, and no closures that hold each other: those of calls that were
 * over were seen to outlive two collections of the young generation, and to keep what came after them.
 */
export class Exchange {
  /** Whether there was a connection, so that the receiver may have the request. */
  wasSent = false;
  readonly #maxBytes: number;
  readonly #onEnd: (ending: HttpDownload | Error) => void;
  #connection: Connection | undefined;
  #hasEnded = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  /**
   * @param maxBytes how much is kept of the answer's content.
   * @param onEnd called once: with the answer, with the error that the library reports, or with the reason given to `end`.
   */
  constructor(maxBytes: number, onEnd: (ending: HttpDownload | Error) => void) {
    this.#maxBytes = maxBytes;
    this.#onEnd = onEnd;
  }

  /** Ends the request before its answer; one that has not begun is ended when it does. */
  end(reason: Error): void {
    this.#finish(reason);
    this.#connection?.abort(enough);
  }

  onRequestStart(connection: Connection): void {
    this.wasSent = true;
    this.#connection = connection;
    if (this.#hasEnded) connection.abort(enough);
  }

  onResponseStart(_connection: Connection, status: number, headers: ReceivedHeaders): void {
    this.#status = status;
    this.#headers = joinHeaders(headers);
  }

  onResponseData(_connection: Connection, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) return;
    this.#answer(true);
    this.#connection?.abort(enough);
  }

  onResponseEnd(): void {
    this.#answer(false);
  }

  onResponseError(_connection: Connection, error: Error): void {
    this.#finish(error);
  }

  #answer(isCut: boolean): void {
    const headers = this.#headers;
    const content = Buffer.concat(this.#chunks).subarray(0, this.#maxBytes);
    const contentType = headers['content-type'] ?? '';
    this.#finish({ status: this.#status, contentType, headers, content, isCut });
  }

  #finish(ending: HttpDownload | Error): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(ending);
  }
}

/** Returns headers as single texts. A content type that came twice counts as it came first. */
function joinHeaders(given: ReceivedHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in given) {
    const value = given[name] ?? '';
    if (typeof value === 'string') joined[name] = value;
    else joined[name] = name === 'content-type' ? (value[0] ?? '') : value.join(', ');
  }
  return joined;
}
