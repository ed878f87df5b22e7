// Hints that there is work, so that nobody has to wait for the next regular look.

/** What there may be work for. */
export type Topic = 'lanes' | 'webhooks' | 'reports';

export class Signals {
  readonly #listeners = new Map<Topic, Set<() => void>>();

  /** Tells all who listen in this process. A hint that is lost costs a second, never a message. */
  emit(topic: Topic): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener();
  }

  /** Calls `listener` at each hint; the answer ends it. */
  on(topic: Topic, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }
}
