// Hints that there is work, so that nobody has to wait for the next regular look, and that something has changed in an account.
import type { AccountChange } from './account-change.ts';

/** What there may be work for. */
const topics = ['queues', 'webhooks', 'reports'] as const;
export type Topic = (typeof topics)[number];

/** Whether a text that another process sent names a topic. */
export const isTopic = (text: string): text is Topic => topics.some((topic) => topic === text);

/** `where` narrows a hint down, to the names of sender queues; without it there may be work anywhere. */
export type Listener = (where: readonly string[] | undefined) => void;

/** What passes hints on to the other processes. */
export interface OtherProcesses {
  readonly tell: (topic: Topic) => void;
  readonly tellChange: (change: AccountChange) => void;
}

/** Hints reach who listens at once, while `emit` runs; a listener must be quick and must not throw. They are never kept. */
export class Notifier {
  readonly #listeners = new Map<Topic, Set<Listener>>();
  readonly #changeListeners = new Set<(change: AccountChange) => void>();
  readonly #others: OtherProcesses | undefined;

  /** The other processes are told topics without `where`. */
  constructor(others?: OtherProcesses) {
    this.#others = others;
  }

  /** Tells all who listen, here and in other processes. A hint that is lost costs a second, never a message. */
  emit(topic: Topic, where?: readonly string[]): void {
    this.hear(topic, where);
    this.#others?.tell(topic);
  }

  /** Tells all who listen in this process. */
  hear(topic: Topic, where?: readonly string[]): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(where);
  }

  /** Calls `listener` at each hint; the answer ends it. */
  on(topic: Topic, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set<Listener>();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Tells all who watch an account, here and through other processes, of what is durable by now. */
  announce(change: AccountChange): void {
    this.hearChange(change);
    this.#others?.tellChange(change);
  }

  /** Tells all who watch an account through this process. */
  hearChange(change: AccountChange): void {
    for (const listener of this.#changeListeners) listener(change);
  }

  /** Calls `listener` at each change. */
  onChange(listener: (change: AccountChange) => void): void {
    this.#changeListeners.add(listener);
  }
}
