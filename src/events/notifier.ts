// Wake-ups for workers, so that work need not wait for their next regular look, and notices of changes in accounts.
import type { AccountChange } from './account-change.ts';

/**
 * Kinds of work: messages in sender queues, messages that were taken out of them, messages that wait for their moment, webhooks, pauses of their URLs, delivery
 * reports without a message, parts of inbound messages, carriers and routes that have changed.
 */
const topics = [
  'queues',
  'cancellations',
  'schedule',
  'webhooks',
  'pauses',
  'reports',
  'parts',
  'routing',
] as const;
type Topic = (typeof topics)[number];

/** Returns whether a text from another process names a topic. */
export const isTopic = (text: string): text is Topic => topics.some((topic) => topic === text);

/** `queues` are the names of the sender queues with new work; `undefined` when there may be work anywhere. */
type Listener = (queues: readonly string[] | undefined) => void;

/** Passes wake-ups and changes on to the other processes. */
interface OtherProcesses {
  readonly emit: (topic: Topic) => void;
  readonly announce: (change: AccountChange) => void;
}

/** How often work is looked for without a wake-up, where other processes leave some or their wake-ups may be lost. */
const amongOthersMs = 1000;
/** The same where this process is the only one: what is left is what one before it had leased. */
const aloneMs = 5000;

/** Calls listeners at once, while `emit` runs; a listener must be quick and must not throw. Wake-ups are never stored. */
export class Notifier {
  readonly #listeners = new Map<Topic, Set<Listener>>();
  readonly #changeListeners = new Set<(change: AccountChange) => void>();
  readonly #others: OtherProcesses | undefined;
  /** How often loops look for work without a wake-up, in milliseconds. */
  readonly lookEveryMs: number;

  /** @param others get topics without the names of queues. */
  constructor(others?: OtherProcesses, isAlone = false) {
    this.#others = others;
    this.lookEveryMs = isAlone ? aloneMs : amongOthersMs;
  }

  /** Calls the listeners of a topic, here and in other processes. A wake-up that is lost delays work until the next regular look. */
  emit(topic: Topic, queues?: readonly string[]): void {
    this.emitHere(topic, queues);
    this.#others?.emit(topic);
  }

  /** Calls the listeners of a topic in this process. */
  emitHere(topic: Topic, queues?: readonly string[]): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(queues);
  }

  /** Calls `listener` at each wake-up, until the returned function is called. */
  on(topic: Topic, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set<Listener>();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Calls the listeners for changes, here and in other processes. The change must be durable. */
  announce(change: AccountChange): void {
    this.announceHere(change);
    this.#others?.announce(change);
  }

  /** Calls the listeners for changes in this process. */
  announceHere(change: AccountChange): void {
    for (const listener of this.#changeListeners) listener(change);
  }

  /** Calls `listener` at each change. */
  onChange(listener: (change: AccountChange) => void): void {
    this.#changeListeners.add(listener);
  }
}
