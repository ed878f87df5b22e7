// Server-sent events, read with fetch: EventSource can send no Authorization header, and no token belongs in a URL.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { RucksackError, refusalOf } from './refusal.ts';

/** A notice that something has changed. */
export interface Change {
  /**
   * `opened`: from here on changes arrive. `change`: these topics have changed. `reset`: changes may have been missed, so anything
   * may have changed. `lost`: nothing arrives until the next `opened`.
   */
  readonly kind: 'opened' | 'change' | 'reset' | 'lost';
  /** Nouns of the API in the plural and lower case: `messages`, `webhooks`, `powerpacks`. */
  readonly topics: readonly string[];
}

export interface ChangesParts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly send: typeof fetch;
  readonly signal: AbortSignal;
}

const firstWaitMs = 1000;
const maxWaitMs = 30_000;
/** The server says something every 15 s: after so long a silence it, or the way to it, is gone. */
const patienceMs = 40_000;

/** @throws RucksackError when the server refuses for good; what it refuses for a while (429, 5xx) is tried again. */
export async function* readChanges({ url, headers, send, signal }: ChangesParts): AsyncGenerator<Change> {
  let lastId: string | undefined;
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    let retryAfterMs = 0;
    const patience = new Patience(signal);
    try {
      const resume = lastId === undefined ? {} : { 'last-event-id': lastId };
      const response = await send(url, {
        headers: { ...headers, ...resume },
        cache: 'no-store',
        credentials: 'omit',
        signal: patience.signal,
      });
      if (!response.ok || response.body === null) {
        retryAfterMs = 1000 * Number(response.headers.get('retry-after') ?? 0) || 0;
        const refusal = refusalOf(response.status, await response.json().catch(() => undefined));
        if (response.status !== 429 && response.status < 500) throw refusal;
      } else {
        for await (const { id, event, data } of eventsOf(response.body, patience)) {
          lastId = id ?? lastId;
          waitMs = firstWaitMs;
          yield changeOf(event, data);
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      // Whatever else ends a stream is a connection that broke: it is made again.
      if (error instanceof RucksackError) throw error;
    } finally {
      patience.end();
    }
    yield { kind: 'lost', topics: [] };
    await sleep(Math.max(waitMs, Math.min(retryAfterMs, maxWaitMs)), signal);
    waitMs = Math.min(waitMs * 2, maxWaitMs);
  }
}

/** Ends a connection on which nothing has come for too long, or that is not wanted any more. */
class Patience {
  readonly #ending = new AbortController();
  readonly #wanted: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #abort = () => this.#ending.abort();

  constructor(wanted: AbortSignal) {
    this.#wanted = wanted;
    wanted.addEventListener('abort', this.#abort);
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#abort, patienceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#wanted.removeEventListener('abort', this.#abort);
    this.#abort();
  }
}

/** Reads events from a response. Comments count as signs of life, too. */
function eventsOf(body: ReadableStream<Uint8Array>, patience: Patience) {
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, onwards) {
      patience.renew();
      onwards.enqueue(bytes);
    },
  });
  return body
    .pipeThrough(watched)
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
}

function changeOf(event: string | undefined, data: string): Change {
  if (event === 'hello') return { kind: 'opened', topics: [] };
  if (event === 'reset') return { kind: 'reset', topics: [] };
  const { topics = [] } = JSON.parse(data) as { topics?: string[] };
  return { kind: 'change', topics };
}

/** Waits, and ends early when `signal` is aborted. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
