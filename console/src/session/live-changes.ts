// The one stream of changes of a session, and who wants to hear of what.
import type { Change, RucksackClient } from '../../../client/src/client.ts';

/** Nouns of the API, as the server announces them. */
export type Topic =
  | 'messages'
  | 'webhooks'
  | 'powerpacks'
  | 'numbers'
  | 'applications'
  | 'subaccounts'
  | 'simulator'
  | 'account'
  | 'media';

type Listener = (change: Change) => void;

export class LiveChanges {
  readonly #client: RucksackClient;
  readonly #listeners = new Set<Listener>();
  #isOpen = false;

  constructor(client: RucksackClient) {
    this.#client = client;
  }

  /** Whether changes are told at the moment. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Reads the stream until the answer is called, for as long as somebody can see the page: browsers open six connections to a server,
   * and a tab in the background would keep one of them for nothing.
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

  /** Calls `listener` at each change, and when the stream is lost or there again; the answer ends it. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      for await (const change of this.#client.changes(signal)) this.#tell(change);
    } catch {
      // The server refuses for good: with 401 the session ends by itself, otherwise the pages' own calls say why.
      this.#tell({ kind: 'lost', topics: [], messageUuids: [] });
    }
  }

  #tell(change: Change): void {
    this.#isOpen = change.kind !== 'lost';
    for (const listener of this.#listeners) listener(change);
  }
}
