// The one stream of changes of a session, and its listeners.
import type { Change, RucksackClient } from '../../../client/src/client.ts';

/** Nouns of the API, as the server announces them. */
export type Topic =
  | 'messages'
  | 'opt_outs'
  | 'campaigns'
  | 'webhooks'
  | 'powerpacks'
  | 'numbers'
  | 'applications'
  | 'subaccounts'
  | 'simulator'
  | 'carriers'
  | 'account'
  | 'media';

type Listener = (change: Change) => void;

export class LiveChanges {
  readonly #client: RucksackClient;
  readonly #listeners = new Set<Listener>();
  readonly #stateListeners = new Set<() => void>();
  #isStreaming = false;
  /** Requests that have had no answer for long. */
  #silent = 0;
  /** Whether the last request was answered. */
  #isAnswered = true;

  constructor(client: RucksackClient) {
    this.#client = client;
  }

  /** Whether the stream is open, and the server answers. */
  get isOpen(): boolean {
    return this.#isStreaming && this.#silent === 0 && this.#isAnswered;
  }

  /** Takes note of a request that has had no answer for long, until the returned function is called. */
  noteSilence(): () => void {
    this.#silent += 1;
    this.#notifyState();
    return () => {
      this.#silent -= 1;
      this.#notifyState();
    };
  }

  /** Takes note of whether a request was answered, or given up. */
  noteAnswer(isAnswered: boolean): void {
    if (isAnswered === this.#isAnswered) return;
    this.#isAnswered = isAnswered;
    this.#notifyState();
  }

  /** Calls `listener` when `isOpen` may have changed, until the returned function is called. */
  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /**
   * Reads the stream while the page is visible, until the returned function is called: browsers open six connections to a server,
   * and a tab in the background would use one of them for nothing.
   */
  follow(): () => void {
    let reading: AbortController | undefined;
    const readWhenSeen = () => {
      reading?.abort();
      reading = document.hidden ? undefined : new AbortController();
      if (reading !== undefined) void this.#read(reading.signal);
    };
    readWhenSeen();
    document.addEventListener('visibilitychange', readWhenSeen);
    addEventListener('online', readWhenSeen);
    return () => {
      reading?.abort();
      document.removeEventListener('visibilitychange', readWhenSeen);
      removeEventListener('online', readWhenSeen);
    };
  }

  /** Calls `listener` at each change, and when the stream is lost or there again, until the returned function is called. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      for await (const change of this.#client.changes(signal)) this.#notify(change);
    } catch {
      // The server refuses for good: with 401 the session ends by itself, otherwise the pages' own calls say why.
      this.#notify({ kind: 'lost', topics: [] });
    }
  }

  #notify(change: Change): void {
    this.#isStreaming = change.kind !== 'lost';
    this.#notifyState();
    for (const listener of this.#listeners) listener(change);
  }

  #notifyState(): void {
    for (const listener of this.#stateListeners) listener();
  }
}
