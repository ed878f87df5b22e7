// Server-sent events, read with fetch: EventSource can send no Authorization header, and no token belongs in a URL.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { refusalOf } from './refusal.ts';

/** A hint that something is different from now on. */
export interface Change {
  /**
   * `opened`: from here on changes are told. `change`: of these topics. `reset`: some may have been missed, so everything. `lost`:
   * nothing is told until the next `opened`.
   */
  readonly kind: 'opened' | 'change' | 'reset' | 'lost';
  /** Nouns of the API in the plural and lower case: `messages`, `webhooks`, `powerpacks`. */
  readonly topics: readonly string[];
  /** Messages that changed, where the server knows which. */
  readonly messageUuids: readonly string[];
}

export interface ChangesParts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly send: typeof fetch;
  readonly signal: AbortSignal;
}

const firstWaitMs = 1000;
const maxWaitMs = 30_000;

/** @throws RucksackError when the server refuses for good; what it refuses for a while (429, 5xx) is tried again. */
export async function* readChanges({ url, headers, send, signal }: ChangesParts): AsyncGenerator<Change> {
  let lastId: string | undefined;
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    try {
      const resume = lastId === undefined ? {} : { 'last-event-id': lastId };
      const response = await send(url, {
        headers: { ...headers, ...resume },
        cache: 'no-store',
        credentials: 'omit',
        signal,
      });
      if (!response.ok || response.body === null) {
        const refusal = refusalOf(response.status, await response.json().catch(() => undefined));
        if (response.status !== 429 && response.status < 500) throw refusal;
      } else {
        for await (const { id, event, data } of eventsOf(response.body)) {
          lastId = id ?? lastId;
          waitMs = firstWaitMs;
          yield changeOf(event, data);
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
    }
    yield { kind: 'lost', topics: [], messageUuids: [] };
    await pause(waitMs, signal);
    waitMs = Math.min(waitMs * 2, maxWaitMs);
  }
}

function eventsOf(body: ReadableStream<Uint8Array>) {
  return body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
}

function changeOf(event: string | undefined, data: string): Change {
  if (event === 'hello') return { kind: 'opened', topics: [], messageUuids: [] };
  if (event === 'reset') return { kind: 'reset', topics: [], messageUuids: [] };
  const { topics = [], message_uuids: messageUuids = [] } = JSON.parse(data) as {
    topics?: string[];
    message_uuids?: string[];
  };
  return { kind: 'change', topics, messageUuids };
}

/** Ends early when `signal` is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
