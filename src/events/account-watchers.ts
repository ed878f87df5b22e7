// The watchers of accounts in this process: notifies them of changes, at most four times a second.
import type { Timers } from '../base/timers.ts';
import { type AccountChange, type ChangeTopic, inOrder } from './account-change.ts';
import type { Notifier } from './notifier.ts';

/** The shortest time between two notifications of one watcher. */
const quietMs = 250;
/** Changes within this time make one notification. */
const gatherMs = 20;
/**
 * Limits on watchers in this process: with the credentials of one account or subaccount, so that it leaves room for the others of its
 * main account; of one main account with its subaccounts, so that it leaves room for others; and in all.
 */
const maxOfCaller = 20;
const maxOfMain = 200;
const maxInAll = 1000;

/** A main account with its subaccounts, or one subaccount alone. */
export interface Watched {
  readonly mainId: string;
  readonly subaccountId: string | undefined;
  /** The account whose credentials are used. */
  readonly callerId: string;
}

/** The topics that changed; `'anything'` after changes that are not known. */
export type Changed = readonly ChangeTopic[] | 'anything';

/** One watcher. Changes before `start` are notified at `start`. */
export interface Watch {
  /** Calls `notify` after changes. */
  start(notify: (changed: Changed) => void): void;
  /** Calls `revalidate` at once when the main account or any of its subaccounts changes: credentials may have ended. */
  onRevalidate(revalidate: () => void): void;
  end(): void;
}

/** The watchers by main account. A change without watchers costs one look into a map. */
export class AccountWatchers {
  readonly #timers: Timers;
  readonly #readLagMs: number;
  readonly #byMainId = new Map<string, Set<Watcher>>();
  #count = 0;

  /**
   * @param timers of the real time, because watchers are on a network.
   * @param readLagMs how old the answers to reads may be: watchers are notified once more of what has not changed again for so long.
   */
  constructor(notifier: Notifier, timers: Timers, readLagMs = 0) {
    this.#timers = timers;
    this.#readLagMs = readLagMs;
    notifier.onChange((change) => this.#notify(change));
  }

  /** Records for all watchers that anything may have changed: changes of other processes were missed, or too many to name. */
  recordAnything(): void {
    for (const watchers of this.#byMainId.values()) {
      for (const watcher of watchers) {
        watcher.addAnything();
        watcher.revalidate();
      }
    }
  }

  /** Adds a watcher, until its `end`; returns `undefined` when there are too many. */
  watch(watched: Watched): Watch | undefined {
    const watchers = this.#byMainId.get(watched.mainId) ?? new Set<Watcher>();
    const ofCaller = [...watchers].filter(({ callerId }) => callerId === watched.callerId);
    if (ofCaller.length >= maxOfCaller || watchers.size >= maxOfMain || this.#count >= maxInAll)
      return undefined;
    const onEnd = () => this.#remove(watched.mainId, watcher);
    const watcher = new Watcher(watched, this.#timers, this.#readLagMs, onEnd);
    this.#byMainId.set(watched.mainId, watchers.add(watcher));
    this.#count += 1;
    return watcher;
  }

  #remove(mainId: string, watcher: Watcher): void {
    const watchers = this.#byMainId.get(mainId);
    if (watchers?.delete(watcher) !== true) return;
    this.#count -= 1;
    if (watchers.size === 0) this.#byMainId.delete(mainId);
  }

  #notify(change: AccountChange): void {
    const mayEndCredentials = change.topics.some((topic) => topic === 'account' || topic === 'subaccounts');
    for (const watcher of this.#byMainId.get(change.mainId) ?? []) {
      watcher.add(change);
      if (mayEndCredentials) watcher.revalidate();
    }
  }
}

/** Gathers changes, and notifies of them no more than four times a second. */
class Watcher implements Watch {
  readonly #watched: Watched;
  readonly #timers: Timers;
  readonly #onEnd: () => void;
  readonly #topics = new Set<ChangeTopic>();
  #isAnything = false;
  #notify: ((changed: Changed) => void) | undefined;
  #notifiedAtMs = 0;
  #isWaiting = false;
  #cancel = () => {};
  readonly #readLagMs: number;
  /** When each topic is to be notified once more, in milliseconds. */
  readonly #again = new Map<ChangeTopic | 'anything', number>();
  #cancelAgain = () => {};
  revalidate = () => {};

  constructor(watched: Watched, timers: Timers, readLagMs: number, onEnd: () => void) {
    this.#watched = watched;
    this.#timers = timers;
    this.#readLagMs = readLagMs;
    this.#onEnd = onEnd;
  }

  get callerId(): string {
    return this.#watched.callerId;
  }

  add({ subaccountId, topics }: AccountChange): void {
    const own = this.#watched.subaccountId;
    if (own !== undefined && own !== subaccountId) return;
    for (const topic of topics) this.#topics.add(topic);
    this.#notifySoon();
  }

  addAnything(): void {
    this.#isAnything = true;
    this.#notifySoon();
  }

  start(notify: (changed: Changed) => void): void {
    this.#notify = notify;
    this.#notifyNow();
  }

  onRevalidate(revalidate: () => void): void {
    this.revalidate = revalidate;
  }

  end(): void {
    this.#notify = undefined;
    this.#cancel();
    this.#cancelAgain();
    this.#onEnd();
  }

  #notifySoon(): void {
    if (this.#notify === undefined || this.#isWaiting) return;
    this.#isWaiting = true;
    const nowMs = this.#timers.now().getTime();
    const when = new Date(Math.max(nowMs + gatherMs, this.#notifiedAtMs + quietMs));
    this.#cancel = this.#timers.at(when, () => this.#notifyNow());
  }

  #notifyNow(): void {
    this.#isWaiting = false;
    const changed = this.#isAnything ? 'anything' : inOrder(this.#topics);
    if (changed.length === 0) return;
    this.#isAnything = false;
    this.#topics.clear();
    this.#notifiedAtMs = this.#timers.now().getTime();
    this.#notify?.(changed);
    if (this.#readLagMs === 0 || this.#notify === undefined) return;
    const dueMs = this.#notifiedAtMs + this.#readLagMs;
    if (changed === 'anything') this.#again.set(changed, dueMs);
    else for (const topic of changed) this.#again.set(topic, dueMs);
    this.#waitToNotifyAgain();
  }

  #waitToNotifyAgain(): void {
    this.#cancelAgain();
    if (this.#again.size === 0) return;
    const when = new Date(Math.min(...this.#again.values()));
    this.#cancelAgain = this.#timers.at(when, () => this.#notifyAgain());
  }

  /** Sends once more what changed so long ago that every read shows it. */
  #notifyAgain(): void {
    const nowMs = this.#timers.now().getTime();
    const due = [...this.#again].flatMap(([topic, dueMs]) => (dueMs <= nowMs ? [topic] : []));
    for (const topic of due) this.#again.delete(topic);
    const topics = due.filter((topic) => topic !== 'anything');
    if (due.length > 0) this.#notify?.(topics.length < due.length ? 'anything' : inOrder(new Set(topics)));
    this.#waitToNotifyAgain();
  }
}
