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

  /** Reads the stream until the answer is called. */
  follow(): () => void {
    const ending = new AbortController();
    void this.#read(ending.signal);
    return () => ending.abort();
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
      // The server refuses for good, such as after the token was rotated elsewhere: the next call of a page says so.
      this.#tell({ kind: 'lost', topics: [], messageUuids: [] });
    }
  }

  #tell(change: Change): void {
    this.#isOpen = change.kind !== 'lost';
    for (const listener of this.#listeners) listener(change);
  }
}
