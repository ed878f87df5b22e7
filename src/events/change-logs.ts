// Who watches which account, and what has changed there lately, so that who was away for a moment can catch up.
import type { Timers } from '../base/timers.ts';
import {
  type AccountChange,
  type ChangeDigest,
  ChangeGatherer,
  changeTopics,
  maxMessageIds,
} from './account-change.ts';
import type { Notifier } from './notifier.ts';

/** Changes of one account that are remembered. */
const maxRemembered = 1000;
/** For how long changes are remembered once nobody watches. */
const lingerMs = 60_000;
/** Who watches is told at most four times a second. */
const quietMs = 250;
/** What changes together is told together. */
const gatherMs = 20;
/**
 * Those who may watch through this process: with the credentials of one account or subaccount, so that none takes the places of its
 * relatives; one main account with its subaccounts, however many it makes, so that it leaves places for others; and all accounts.
 */
const maxOfCaller = 20;
const maxOfFeed = 200;
const maxInAll = 1000;

/** What is watched: a main account with its subaccounts, or one subaccount alone. */
export interface Watched {
  readonly mainId: string;
  readonly subaccountId: string | undefined;
  /** The account whose credentials it is watched with. */
  readonly callerId: string;
}

/** Somebody who watches. What happens before `start` is told by it. */
export interface Watch {
  /** How far it has been told: a name for this moment in this process. */
  readonly cursor: string;
  /** False where it was told something before, and what came after that is not known any more. */
  readonly isCaughtUp: boolean;
  /** Calls `tell` with what has changed, at once where there is something already, and with the cursor that this leads to. */
  start(tell: (digest: ChangeDigest, cursor: string) => void): void;
  /**
   * Calls `doubt` whenever who may ask in this family of accounts may have changed: the main account or any subaccount, watched or
   * not. At once, and not gathered.
   */
  onDoubt(doubt: () => void): void;
  end(): void;
}

interface Remembered {
  readonly number: number;
  readonly change: AccountChange;
}

/** One main account that is watched, or was a minute ago. */
interface Feed {
  readonly watchers: Set<Watcher>;
  /** The newest last. */
  remembered: Remembered[];
  /** Every change with a higher number is remembered. */
  completeFrom: number;
  forget: () => void;
}

/** The changes of watched accounts. What nobody watches costs one look into a map. */
export class ChangeLogs {
  readonly #timers: Timers;
  /** Tells cursors of this process from those of others. */
  readonly #processId: string;
  readonly #feeds = new Map<string, Feed>();
  /** Number of the last change. */
  #last = 0;
  #watchers = 0;

  /** @param timers of the real time: who watches does so over a network. */
  constructor(notifier: Notifier, timers: Timers, processId: string) {
    this.#timers = timers;
    this.#processId = processId;
    notifier.onChange((change) => this.#note(change));
  }

  /** Notes that anything may have changed anywhere: other processes changed more than they can name, or were not heard. */
  noteEverywhere(): void {
    this.#last += 1;
    for (const feed of this.#feeds.values()) {
      // Nobody who comes back can be told what it missed.
      feed.remembered = [];
      feed.completeFrom = this.#last;
      for (const watcher of feed.watchers) {
        watcher.noteAnything();
        watcher.doubt();
      }
    }
  }

  /**
   * Begins to watch, from `since` on where that is a cursor of this process and what came after it is remembered.
   * `undefined` if there are too many who watch.
   */
  watch(watched: Watched, since: string | undefined): Watch | undefined {
    if (!this.#hasPlace(watched)) return undefined;
    const feed = this.#feedOf(watched.mainId);
    feed.forget();
    const sinceNumber = since === undefined ? undefined : this.#readCursor(since);
    const isKnown = sinceNumber !== undefined && sinceNumber >= feed.completeFrom;
    const from = isKnown ? sinceNumber : this.#last;
    const watcher = new Watcher(watched, this.#timers, () => this.#cursor(this.#last));
    for (const { number, change } of feed.remembered) if (number > from) watcher.note(change);
    feed.watchers.add(watcher);
    this.#watchers += 1;
    return {
      cursor: this.#cursor(from),
      isCaughtUp: since === undefined || isKnown,
      start: (tell) => watcher.start(tell),
      onDoubt: (doubt) => watcher.onDoubt(doubt),
      end: () => {
        watcher.end();
        if (!feed.watchers.delete(watcher)) return;
        this.#watchers -= 1;
        if (feed.watchers.size === 0) this.#forgetLater(watched.mainId, feed);
      },
    };
  }

  #note(change: AccountChange): void {
    const feed = this.#feeds.get(change.mainId);
    if (feed === undefined) return;
    this.#last += 1;
    const { messageIds } = change;
    const isLong = messageIds !== undefined && messageIds.length > maxMessageIds;
    feed.remembered.push({
      number: this.#last,
      change: isLong ? { ...change, messageIds: undefined } : change,
    });
    // Half of them at a time: taking one from the front of a list moves all others.
    if (feed.remembered.length >= 2 * maxRemembered) {
      feed.remembered = feed.remembered.slice(-maxRemembered);
      feed.completeFrom = (feed.remembered[0]?.number ?? this.#last) - 1;
    }
    for (const watcher of feed.watchers) watcher.note(change);
    if (!change.topics.some((topic) => topic === 'account' || topic === 'subaccounts')) return;
    for (const watcher of feed.watchers) watcher.doubt();
  }

  /** Asked before a feed is made: only one that is watched is ever forgotten. */
  #hasPlace({ mainId, callerId }: Watched): boolean {
    const watchers = [...(this.#feeds.get(mainId)?.watchers ?? [])];
    const ofCaller = watchers.filter((watcher) => watcher.callerId === callerId);
    return ofCaller.length < maxOfCaller && watchers.length < maxOfFeed && this.#watchers < maxInAll;
  }

  #feedOf(mainId: string): Feed {
    const known = this.#feeds.get(mainId);
    if (known !== undefined) return known;
    const feed = { watchers: new Set<Watcher>(), remembered: [], completeFrom: this.#last, forget: () => {} };
    this.#feeds.set(mainId, feed);
    return feed;
  }

  #forgetLater(mainId: string, feed: Feed): void {
    const when = new Date(this.#timers.now().getTime() + lingerMs);
    feed.forget = this.#timers.at(when, () => void this.#feeds.delete(mainId));
  }

  #cursor(number: number): string {
    return `${this.#processId}.${number}`;
  }

  #readCursor(text: string): number | undefined {
    const [processId, number = ''] = text.split('.');
    if (processId !== this.#processId || !/^\d{1,15}$/.test(number)) return undefined;
    return Number(number) <= this.#last ? Number(number) : undefined;
  }
}

/** Gathers what is to be told, and tells it no more than four times a second. */
class Watcher {
  readonly #watched: Watched;
  readonly #timers: Timers;
  readonly #cursor: () => string;
  readonly #gatherer = new ChangeGatherer();
  #tell: ((digest: ChangeDigest, cursor: string) => void) | undefined;
  #doubt = () => {};
  #toldAtMs = 0;
  #isWaiting = false;
  #cancel = () => {};

  constructor(watched: Watched, timers: Timers, cursor: () => string) {
    this.#watched = watched;
    this.#timers = timers;
    this.#cursor = cursor;
  }

  get callerId(): string {
    return this.#watched.callerId;
  }

  note(change: AccountChange): void {
    const { subaccountId } = this.#watched;
    if (subaccountId !== undefined && subaccountId !== change.subaccountId) return;
    this.#add(change);
  }

  noteAnything(): void {
    this.#add({ topics: changeTopics, messageIds: undefined });
  }

  start(tell: (digest: ChangeDigest, cursor: string) => void): void {
    this.#tell = tell;
    this.#tellNow();
  }

  onDoubt(doubt: () => void): void {
    this.#doubt = doubt;
  }

  doubt(): void {
    this.#doubt();
  }

  end(): void {
    this.#tell = undefined;
    this.#cancel();
  }

  #add(change: Pick<AccountChange, 'topics' | 'messageIds'>): void {
    this.#gatherer.add(change);
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#tell === undefined || this.#isWaiting) return;
    this.#isWaiting = true;
    const nowMs = this.#timers.now().getTime();
    const when = new Date(Math.max(nowMs + gatherMs, this.#toldAtMs + quietMs));
    this.#cancel = this.#timers.at(when, () => this.#tellNow());
  }

  #tellNow(): void {
    this.#isWaiting = false;
    const digest = this.#gatherer.take();
    if (digest === undefined) return;
    this.#toldAtMs = this.#timers.now().getTime();
    this.#tell?.(digest, this.#cursor());
  }
}
